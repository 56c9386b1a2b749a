import {
  flowPairText,
  flowText,
  itemText,
  pairText,
  type YamlLayout,
  type YamlMapping,
  type YamlNode,
  type YamlPair,
  type YamlSequence,
} from '@st2/yaml'
import { alignLists } from './align-lists.ts'
import { columnAt } from './block-lines.ts'
import { isJson } from './detect-layout.ts'
import { insertPart } from './insert-parts.ts'
import { removeParts } from './remove-parts.ts'
import { type NodePlace, replaceNode } from './replace-node.ts'
import { entriesOf, isSameValue } from './same-value.ts'
import { EditRefusal, type TreeDraft } from './tree-draft.ts'

/**
 * Makes a node say another value with the smallest changes: what is equal stays as it is written, with its comments, its style and its
 * anchors. What an alias stands for is written out where it changes.
 */
export function updateNode(draft: TreeDraft, node: YamlNode, value: unknown, place: NodePlace): void {
  if (isSameValue(node.value, value)) return
  const entries = entriesOf(value)
  if (node.kind === 'map' && entries !== null && canUpdateMapping(draft, node, entries)) {
    updateMapping(draft, node, entries)
  } else if (
    node.kind === 'seq' &&
    Array.isArray(value) &&
    node.tag === null &&
    node.items.length > 0 &&
    value.length > 0
  ) {
    updateSequence(draft, node, value)
  } else replaceNode(draft, node, value, place)
}

/** Braces are needed for more than one pair, and something must stay to hold on to. */
function canUpdateMapping({ text }: TreeDraft, node: YamlMapping, entries: ReadonlyMap<string, unknown>): boolean {
  const isBraced = !node.isFlow || text[node.contentStart] === '{'
  const hasComplexKey = node.pairs.some(({ key, name }) => key.kind !== 'scalar' && name !== null)
  const stays = node.pairs.some(({ name }) => name === null || entries.has(name))
  return isBraced && !hasComplexKey && stays && node.tag === null
}

function updateMapping(draft: TreeDraft, node: YamlMapping, entries: ReadonlyMap<string, unknown>): void {
  requireOwn(node, entries)
  const own = ownPairs(node)
  const isGone = (index: number): boolean => {
    const name = node.pairs[index]?.name
    return name !== null && name !== undefined && !entries.has(name)
  }
  removeParts(draft, { isFlow: node.isFlow, parts: node.pairs }, isGone)
  let after: number | null = null
  for (const [name, inner] of entries) {
    const index = own.get(name)
    const pair = index === undefined ? undefined : node.pairs[index]
    if (index !== undefined && pair !== undefined) {
      updateNode(draft, pair.value, inner, placeOfPair(draft, node, pair))
      after = Math.max(after ?? 0, index)
    } else if (!isMergedAs(node, name, inner)) insertEntry(draft, node, after ?? mergeBefore(node), name, inner)
  }
}

/** The last of pairs with one name is the one that counts. */
function ownPairs({ pairs }: YamlMapping): Map<string, number> {
  return new Map(pairs.flatMap(({ name }, index): [string, number][] => (name === null ? [] : [[name, index]])))
}

function requireOwn(node: YamlMapping, entries: ReadonlyMap<string, unknown>): void {
  const own = ownPairs(node)
  const merged = [...(entriesOf(node.value) ?? [])].map(([name]) => name).filter((name) => !own.has(name))
  const missing = merged.find((name) => !entries.has(name))
  if (missing !== undefined) {
    throw new EditRefusal(`"${missing}" comes from what is merged here with "<<", and can only be taken away there.`)
  }
}

function isMergedAs(node: YamlMapping, name: string, value: unknown): boolean {
  const known = entriesOf(node.value)
  return known !== null && known.has(name) && isSameValue(known.get(name), value)
}

/** What is new comes behind a merge at the top. */
function mergeBefore({ pairs }: YamlMapping): number | null {
  return pairs[0]?.name === null ? 0 : null
}

function insertEntry(draft: TreeDraft, node: YamlMapping, after: number | null, name: string, value: unknown): void {
  const isQuoted = isJson(node)
  const write = (column: number, layout: YamlLayout): string =>
    node.isFlow ? flowPairText(name, value, { ...layout, isJson: isQuoted }) : pairText(name, value, column, layout)
  insertPart(draft, { isFlow: node.isFlow, parts: node.pairs }, after, { value, write })
}

export function placeOfPair(draft: TreeDraft, parent: YamlMapping, pair: YamlPair): NodePlace {
  const column = columnAt(draft.lines, pair.start)
  if (pair.colon !== null) return { column, parent: 'mapping', isInFlow: parent.isFlow, behindSign: pair.colon + 1 }
  throw new EditRefusal(`"${pair.name}" is written without a colon: give it one in the text first.`)
}

function updateSequence(draft: TreeDraft, node: YamlSequence, list: readonly unknown[]): void {
  const values = node.items.map(({ value }) => value.value)
  const aligned = alignLists(values, list, isSameValue)
  updateEntries(
    draft,
    node,
    list.map((value, index) => ({ from: aligned[index] ?? null, value })),
  )
}

/** An entry of a list as it is to be. */
export interface PlannedEntry {
  /** Index of the one that it is now; null for a new one. Those that stay keep their order. */
  from: number | null
  value: unknown
}

/** Makes a list the planned one; at least one entry stays. */
export function updateEntries(draft: TreeDraft, node: YamlSequence, plan: readonly PlannedEntry[]): void {
  const staying = new Set(plan.map(({ from }) => from))
  removeParts(draft, { isFlow: node.isFlow, parts: node.items }, (index) => !staying.has(index))
  let after: number | null = null
  for (const { from, value } of plan) {
    const item = from === null ? undefined : node.items[from]
    if (from !== null && item !== undefined) {
      updateNode(draft, item.value, value, placeOfItem(draft, node, item.start))
      after = from
    } else insertEntryOfList(draft, node, after, value)
  }
}

function insertEntryOfList(draft: TreeDraft, node: YamlSequence, after: number | null, value: unknown): void {
  const { root } = draft.tree
  const isQuoted = isJson(node) || (root !== null && isJson(root))
  const write = (column: number, layout: YamlLayout): string =>
    node.isFlow ? flowText(value, { ...layout, isJson: isQuoted }) : itemText(value, column, layout)
  insertPart(draft, { isFlow: node.isFlow, parts: node.items }, after, { value, write })
}

export function placeOfItem(draft: TreeDraft, parent: YamlSequence, start: number): NodePlace {
  const behindSign = parent.isFlow ? start : start + 1
  return { column: columnAt(draft.lines, start), parent: 'list', isInFlow: parent.isFlow, behindSign }
}
