import { parseYamlTree, YamlError, type YamlMapping, type YamlTree } from '@st2/yaml'
import { TextLines } from '../text/text-lines.ts'

/** Most nodes of a text, aliases written out: as many as a workflow may have. */
const MAX_NODES = 200_000

/** A text that was read, with the places of everything in it. */
export interface SourceText {
  text: string
  tree: YamlTree
  lines: TextLines
  /** null for a text without a document. */
  root: YamlMapping | null
}

/** @throws YamlError, also for a text that is no mapping */
export function readSource(text: string): SourceText {
  const tree = parseYamlTree(text, { maxNodes: MAX_NODES })
  const lines = new TextLines(text)
  const { root } = tree
  if (root !== null && root.kind !== 'map' && !(root.kind === 'scalar' && root.style === 'empty')) {
    throw new YamlError('a mapping was expected', { ...lines.place(root.start), source: null })
  }
  return { text, tree, lines, root: root?.kind === 'map' ? root : null }
}
