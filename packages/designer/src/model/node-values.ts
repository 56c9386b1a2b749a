import type { YamlMapping, YamlNode, YamlPair } from '@st2/yaml'
import { pairOf } from '../yaml-edits/edit-path.ts'
import type { Entry } from './workflow-model.ts'

/** What an alias stands for. */
export function resolved(node: YamlNode | null | undefined): YamlNode | null {
  return node?.kind === 'alias' ? resolved(node.target) : (node ?? null)
}

/** The node of a key; of a merged one the node where it is merged from. */
export function fieldOf(mapping: YamlMapping, name: string): YamlNode | null {
  const own = pairOf(mapping, name)
  return own === null ? mergedField(mapping, name) : own.value
}

function mergedField(mapping: YamlMapping, name: string): YamlNode | null {
  const merges = mapping.pairs.filter((pair) => pair.name === null).toReversed()
  for (const source of merges.flatMap(mergeSources)) {
    const found = fieldOf(source, name)
    if (found !== null) return found
  }
  return null
}

/** Of several the first one that has a name counts. */
function mergeSources({ value }: YamlPair): YamlMapping[] {
  const node = resolved(value)
  if (node?.kind === 'map') return [node]
  if (node?.kind !== 'seq') return []
  return node.items.flatMap((item) => {
    const inner = resolved(item.value)
    return inner?.kind === 'map' ? [inner] : []
  })
}

/** Own keys in the order of the file; merged ones come first, as they do in the value. */
export function entriesOfNode(node: YamlMapping): Entry[] {
  const isOwn = node.pairs.every(({ name }) => name !== null)
  if (!isOwn) return Object.entries(Object(node.value)).map(([name, value]) => ({ name, value }))
  const last = new Map(node.pairs.map((pair) => [pair.name ?? '', pair.value.value]))
  return [...last].map(([name, value]) => ({ name, value }))
}

/** A text; null where there is none. Numbers and the like are shown as they are written. */
export function textOf(node: YamlNode | null): string | null {
  const scalar = resolved(node)
  if (scalar?.kind !== 'scalar' || scalar.value === null) return null
  return scalar.text
}

export function valueOf(node: YamlNode | null): unknown {
  return node?.value ?? null
}
