import {
  flowText,
  isCollection,
  literalSource,
  scalarSource,
  valueText,
  type YamlNode,
  type YamlScalar,
} from '@st2/yaml'
import { keepsEmptyLines } from './block-lines.ts'
import { isJson } from './detect-layout.ts'
import { entriesOf } from './same-value.ts'
import type { TreeDraft } from './tree-draft.ts'

/** Where a node stands in its parent. */
export interface NodePlace {
  /** Of the key or the dash it belongs to. */
  column: number
  parent: 'mapping' | 'list'
  isInFlow: boolean
  /** Behind the colon or the dash; of a list in brackets where the node begins. */
  behindSign: number
}

/** Writes another value in place of a node; its anchor stays, and so do comments between it and its key. */
export function replaceNode(draft: TreeDraft, node: YamlNode, value: unknown, place: NodePlace): void {
  const inPlace = node.tag === null ? scalarInPlace(draft, node, value, place) : null
  if (inPlace !== null) draft.replace(node.contentStart, node.end, inPlace)
  else if (place.isInFlow) replaceInFlow(draft, node, value, place)
  else replaceInBlock(draft, node, value, place)
}

/** Another scalar in the style of the one that is there; null where the value is written anew. */
function scalarInPlace(draft: TreeDraft, node: YamlNode, value: unknown, { isInFlow }: NodePlace): string | null {
  if (isCollection(value) || node.kind !== 'scalar' || node.style === 'empty') return null
  const { style } = node
  if (style === 'literal' || style === 'folded') return blockInPlace(draft, node, value)
  if (typeof value !== 'string') return scalarSource(value, { isFlow: isInFlow })
  // lines are better read as a block
  return value.includes('\n') && !isInFlow ? null : scalarSource(value, { isFlow: isInFlow, style })
}

/** Indented as the lines that are there. */
function blockInPlace(draft: TreeDraft, node: YamlScalar, value: unknown): string | null {
  const { text, layout } = draft
  const written = /[\r\n]([ ]*)[^ \r\n]/.exec(text.slice(node.contentStart, node.end))?.[1]
  if (typeof value !== 'string' || written === undefined) return null
  if (value.endsWith('\n\n') && !keepsEmptyLines(text, node)) return null
  const ownBlanks = node.text.search(/[^\n ]/) - Math.max(0, node.text.search(/[^\n]/))
  return literalSource(value, written.length - ownBlanks, layout.lineBreak)
}

function replaceInFlow(draft: TreeDraft, node: YamlNode, value: unknown, { behindSign }: NodePlace): void {
  const { text, tree, layout } = draft
  const isQuoted = isJson(node) || (tree.root !== null && isJson(tree.root))
  const source = anchorOf(node) + flowText(value, { ...layout, isJson: isQuoted })
  const isGlued = node.start === behindSign && text[behindSign - 1] === ':'
  draft.replace(node.start, node.end, isGlued ? ` ${source}` : source)
}

/** The first line goes behind the key or the dash, the others below it: comments in between stay where they are. */
function replaceInBlock(
  draft: TreeDraft,
  node: YamlNode,
  value: unknown,
  { column, parent, behindSign }: NodePlace,
): void {
  const { text, lines, layout } = draft
  const comments = draft.tree.comments.filter(({ start }) => start >= behindSign && start < node.start)
  const isCommentedBelow = comments.some(({ start }) => lines.lineAt(start) > lines.lineAt(behindSign))
  // lines of a comment would become lines of a text
  const isOneLine = typeof value === 'string' && isCommentedBelow
  const plain = isOneLine
    ? ` ${scalarSource(value, { isFlow: false })}`
    : valueText(value, column, parent, draft.layoutBehind(node.end))
  // behind a dash the anchor of a mapping would be that of its first key
  const isAnchored = node.anchor !== null && parent === 'list' && isFilled(value)
  const written = isAnchored ? layout.lineBreak + ' '.repeat(column + '- '.length) + plain.trimStart() : plain
  const split = written.indexOf(layout.lineBreak)
  const [head, below] = split === -1 ? [written, ''] : [written.slice(0, split), written.slice(split)]
  draft.insert(behindSign, ` ${anchorOf(node)}${head.trimStart()}`.trimEnd())
  const kept = comments.at(-1)?.end ?? behindSign
  const lineEnd = lines.end(lines.lineAt(node.end))
  const rest = text.slice(node.end, lineEnd)
  const behind = below === '' ? node.end : node.end + rest.length - rest.trimStart().length
  draft.remove(kept, Math.max(kept, behind))
  // a tab may not stand where a key could begin
  if (below !== '' && rest.trim() !== '') draft.insert(behind, ' ')
  if (below !== '') draft.insertLines(Math.max(kept, lineEnd), below, value)
}

function anchorOf({ anchor }: YamlNode): string {
  return anchor === null ? '' : `&${anchor} `
}

function isFilled(value: unknown): boolean {
  if (!isCollection(value)) return false
  return Array.isArray(value) ? value.length > 0 : (entriesOf(value)?.size ?? 0) > 0
}
