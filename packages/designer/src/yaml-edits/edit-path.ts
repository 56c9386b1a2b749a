import { pairText, type YamlMapping, type YamlNode, type YamlPair } from '@st2/yaml'
import type { NodePlace } from './replace-node.ts'
import { entriesOf } from './same-value.ts'
import { EditRefusal, type TreeDraft } from './tree-draft.ts'
import { placeOfItem, placeOfPair, updateNode } from './update-node.ts'

export type YamlPath = readonly (string | number)[]

/** The last pair of a name, which is the one that counts. */
export function pairOf(node: YamlMapping, name: string): YamlPair | null {
  return node.pairs.findLast((pair) => pair.name === name) ?? null
}

/** The node at a path, looking through aliases; merged keys have none. */
export function nodeAt(root: YamlNode | null, path: YamlPath): YamlNode | null {
  let node = root
  for (const step of path) {
    if (node?.kind === 'alias') node = node.target
    if (node?.kind === 'map') node = pairOf(node, String(step))?.value ?? null
    else if (node?.kind === 'seq' && typeof step === 'number') node = node.items[step]?.value ?? null
    else return null
  }
  return node
}

/** A value with another one at a path in it; undefined takes away what is there. */
export function withValueAt(value: unknown, path: YamlPath, inner: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return inner
  if (Array.isArray(value) && typeof step === 'number') {
    const old: unknown = value[step]
    return value.toSpliced(step, step < value.length ? 1 : 0, ...kept(withValueAt(old, rest, inner)))
  }
  const entries = entriesOf(value) ?? new Map<string, unknown>()
  const next = withValueAt(entries.get(String(step)), rest, inner)
  if (next === undefined) entries.delete(String(step))
  else entries.set(String(step), next)
  return entries
}

function kept(value: unknown): unknown[] {
  return value === undefined ? [] : [value]
}

/**
 * Sets the value at a path, or with undefined takes it away; what is missing on the way is made.
 *
 * @param order of keys, for a new one: it comes behind those before it in the order
 */
export function setAt(draft: TreeDraft, path: YamlPath, value: unknown, order: readonly string[] = []): void {
  const { root } = draft.tree
  if (root === null) return writeDocument(draft, path, value)
  if (root.kind !== 'map') throw new EditRefusal('The text is no mapping.')
  setIn(draft, root, { path, value, order, place: ROOT_PLACE })
}

interface Setting {
  path: YamlPath
  value: unknown
  order: readonly string[]
  /** Of the node that the path begins in. */
  place: NodePlace
}

/** What is in a mapping of its own is changed there, everything else as a new value of what holds it. */
function setIn(draft: TreeDraft, node: YamlMapping, { path, value, order, place }: Setting): void {
  const [step, ...rest] = path
  const pair = pairOf(node, String(step))
  if (pair === null || rest.length === 0) {
    return updateNode(draft, node, ordered(node, withValueAt(node.value, path, value), order), place)
  }
  const [inner, innerPlace] = [pair.value, placeOfPair(draft, node, pair)]
  if (canSetIn(inner, rest, value)) return setIn(draft, inner, { path: rest, value, order, place: innerPlace })
  const [index, ...beyond] = rest
  const item = inner.kind === 'seq' && typeof index === 'number' ? inner.items[index] : undefined
  if (inner.kind === 'seq' && item !== undefined && canSetIn(item.value, beyond, value)) {
    return setIn(draft, item.value, { path: beyond, value, order, place: placeOfItem(draft, inner, item.start) })
  }
  updateNode(draft, inner, withValueAt(inner.value, rest, value), innerPlace)
}

/** A mapping that has no pairs, or loses its last one, is written anew. */
function canSetIn(node: YamlNode, path: YamlPath, value: unknown): node is YamlMapping {
  if (node.kind !== 'map' || path.length === 0) return false
  return node.pairs.some(({ name }) => value !== undefined || path.length > 1 || name !== String(path[0]))
}

/** What replaces the root as a whole stands on one line. */
const ROOT_PLACE: NodePlace = { column: 0, parent: 'mapping', isInFlow: true, behindSign: 0 }

/** New names stand where the order has them, all others stay where they are. */
function ordered(node: YamlMapping, value: unknown, order: readonly string[]): unknown {
  const entries = entriesOf(value)
  if (entries === null) return value
  const names = node.pairs.flatMap(({ name }) => (name !== null && entries.has(name) ? [name] : []))
  const result = [...new Set(names)]
  for (const name of entries.keys()) {
    if (result.includes(name)) continue
    const rank = order.indexOf(name)
    const before = result.findLastIndex((known) => rank === -1 || order.indexOf(known) < rank)
    result.splice(before + 1, 0, name)
  }
  return new Map(result.map((name) => [name, entries.get(name)]))
}

/** A text without a document gets one. */
function writeDocument(draft: TreeDraft, path: YamlPath, value: unknown): void {
  const entries = entriesOf(withValueAt(new Map(), path, value)) ?? new Map<string, unknown>()
  const { lineBreak } = draft.layout
  const isOnOwnLine = draft.text === '' || /[\r\n]$/.test(draft.text)
  const lines = [...entries].map(([name, inner]) => pairText(name, inner, 0, draft.layout))
  draft.insert(draft.text.length, (isOnOwnLine ? '' : lineBreak) + lines.join(lineBreak) + lineBreak)
}
