import type { YamlNode } from '@st2/yaml'
import { entriesOfNode, resolved } from './node-values.ts'
import type { Entry, InputEntry } from './workflow-model.ts'

/** An entry and where in its list it stands. */
export interface ListedEntry<T> {
  entry: T
  index: number
}

/** A list of mappings with one key each. What is no such entry is not among them. */
export function listedEntries(node: YamlNode | null): ListedEntry<Entry>[] {
  const list = resolved(node)
  if (list?.kind !== 'seq') return []
  return list.items.flatMap(({ value }, index) => {
    const mapping = resolved(value)
    const [first] = mapping?.kind === 'map' ? entriesOfNode(mapping) : []
    return first === undefined ? [] : [{ entry: first, index }]
  })
}

/** Names alone, or with a default. */
export function listedInput(node: YamlNode | null): ListedEntry<InputEntry>[] {
  const list = resolved(node)
  if (list?.kind !== 'seq') return []
  return list.items.flatMap(({ value }, index): ListedEntry<InputEntry>[] => {
    const item = resolved(value)
    if (item?.kind === 'scalar' && item.text !== '') {
      return [{ entry: { name: item.text, hasDefault: false, default: null }, index }]
    }
    const [first] = item?.kind === 'map' ? entriesOfNode(item) : []
    return first === undefined ? [] : [{ entry: { name: first.name, hasDefault: true, default: first.value }, index }]
  })
}

/** How many entries of a list are none. */
export function countUnread(node: YamlNode | null, read: readonly unknown[]): number {
  const list = resolved(node)
  return list?.kind === 'seq' ? list.items.length - read.length : 0
}
