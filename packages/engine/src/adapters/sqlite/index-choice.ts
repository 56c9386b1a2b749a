import type { Order } from '../../ports/store.ts'
import { counterWhere, impliesPresence, whereSql, type HeaderCondition } from './conditions.ts'
import type { Connection } from './connection.ts'
import { SUM_OF_TOTALS } from './counters.ts'
import { quoted, type Table, type TableIndex } from './table.ts'

export type MembershipCondition = Extract<HeaderCondition, { value: readonly unknown[] }>

/** How a query is answered: through an index that gives its order, or as SQLite's planner thinks. */
export type IndexChoice =
  | { readonly kind: 'walk'; readonly index: TableIndex }
  /** One walk per value of an `in`, merged: each walk is in order, which one walk over all values is not. */
  | { readonly kind: 'merge'; readonly index: TableIndex; readonly condition: MembershipCondition }
  | { readonly kind: 'planner' }

/** Walks that are merged at most; a longer `in` is left to the planner. */
const MAX_MERGED_WALKS = 16

/** What an equality is taken to leave over when its field is not counted. */
const ROWS_OF_UNCOUNTED_EQUALITY = 10

interface Candidate {
  readonly index: TableIndex
  /** The leading fields bound to one value each. */
  readonly bound: readonly HeaderCondition[]
  /** The `in` right after them, when the order needs one walk per value. */
  readonly split: MembershipCondition | null
}

export function chooseIndex(
  connection: Connection,
  table: Table,
  conditions: readonly HeaderCondition[],
  order: readonly Order[],
): IndexChoice {
  if (conditions.some((condition) => condition.field === 'id' && (condition.op === 'eq' || condition.op === 'in')))
    return { kind: 'planner' }
  const candidates = table.indexes
    .filter((index) => isUsable(index, conditions))
    .map((index) => candidateOf(index, conditions, order))
    .filter((candidate) => candidate !== null)
  const best = bestOf(connection, table, candidates, conditions)
  if (best === null) return { kind: 'planner' }
  return best.split === null
    ? { kind: 'walk', index: best.index }
    : { kind: 'merge', index: best.index, condition: best.split }
}

function isUsable(index: TableIndex, conditions: readonly HeaderCondition[]): boolean {
  return (
    index.sparse === null ||
    conditions.some((condition) => condition.field === index.sparse && impliesPresence(condition))
  )
}

/** An index helps when its leading fields are bound and the query's order comes next. */
function candidateOf(
  index: TableIndex,
  conditions: readonly HeaderCondition[],
  order: readonly Order[],
): Candidate | null {
  const bound: HeaderCondition[] = []
  let place = 0
  for (; place < index.fields.length; place++) {
    const condition = conditions.find(({ field, op }) => field === index.fields[place] && op === 'eq')
    if (condition === undefined) break
    bound.push(condition)
  }
  if (givesOrder(index, place, order)) return { index, bound, split: null }
  const split = conditions.filter(isSplit).find(({ field }) => field === index.fields[place])
  if (split !== undefined && givesOrder(index, place + 1, order)) return { index, bound, split }
  return null
}

function isSplit(condition: HeaderCondition): condition is MembershipCondition {
  return condition.op === 'in' && !condition.value.includes(null) && new Set(condition.value).size <= MAX_MERGED_WALKS
}

/** Only the first field of the order has to come from the index: the rest orders ties, few at a time. */
function givesOrder(index: TableIndex, place: number, order: readonly Order[]): boolean {
  return index.fields[place] === (order[0]?.field ?? 'id')
}

function bestOf(
  connection: Connection,
  table: Table,
  candidates: readonly Candidate[],
  conditions: readonly HeaderCondition[],
): Candidate | null {
  const selective = candidates.filter(({ bound, split }) => bound.length > 0 || split !== null)
  if (selective.length === 1) return selective[0] ?? null
  if (selective.length > 1) {
    const rated = selective.map((candidate) => ({ candidate, rows: rowsOf(connection, table, candidate) }))
    rated.sort((a, b) => a.rows - b.rows || b.candidate.bound.length - a.candidate.bound.length)
    return rated[0]?.candidate ?? null
  }
  const another = table.indexes.some(
    (index) => isUsable(index, conditions) && conditions.some((condition) => isLookUp(index, condition)),
  )
  return another ? null : (mostInOrder(candidates) ?? null)
}

/** An index that finds few documents but not in order beats walking all of them in order. */
function isLookUp(index: TableIndex, condition: HeaderCondition): boolean {
  return (
    condition.field === index.fields[0] &&
    ((condition.op === 'eq' && condition.value !== null) || condition.op === 'in' || condition.op === 'prefix')
  )
}

function mostInOrder(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((a, b) => a.index.fields.length - b.index.fields.length)[0]
}

function rowsOf(connection: Connection, table: Table, { bound, split }: Candidate): number {
  if (table.counter === null) return ROWS_OF_UNCOUNTED_EQUALITY
  const conditions = split === null ? bound : [...bound, split]
  const where = counterWhere(table.counter, conditions)
  if (where === null) return ROWS_OF_UNCOUNTED_EQUALITY
  const sql = `select ${SUM_OF_TOTALS} from ${quoted(table.counter.name)}${whereSql(where)}`
  return Number(connection.value(sql, ...where.params))
}
