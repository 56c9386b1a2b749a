import { invalid } from './failure.ts'
import { presenceColumn } from './counters.ts'
import type { Condition, Filter, HeaderValue } from '../../ports/store.ts'
import { isScanned, type ScannedCondition } from '../documents/scanned-conditions.ts'
import { quoted, type Counter, type Table } from './table.ts'

export type HeaderCondition = Extract<Condition, { field: string }>

export interface Where {
  /** AND-ed terms; empty: everything. */
  readonly terms: readonly string[]
  readonly params: readonly (string | number)[]
}

/** Most values of an `in` or `nin`. */
const MAX_IN_VALUES = 1_000

const COMPARISONS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

/** The two kinds of conditions apart, each checked against the declared fields. */
export function sortedConditions(
  table: Table,
  filter: Filter,
): { header: HeaderCondition[]; scanned: ScannedCondition[] } {
  const header: HeaderCondition[] = []
  const scanned: ScannedCondition[] = []
  for (const condition of filter) {
    if (isScanned(condition)) scanned.push(condition)
    else header.push(checkedCondition(table, condition))
  }
  return { header, scanned }
}

export function whereOf(conditions: readonly HeaderCondition[], column: (field: string) => string = quoted): Where {
  const terms: string[] = []
  const params: (string | number)[] = []
  for (const condition of conditions) {
    const term = termOf(column(condition.field), condition)
    terms.push(term.sql)
    params.push(...term.params)
  }
  return { terms, params }
}

export function whereSql(where: Where): string {
  return where.terms.length === 0 ? '' : ` where ${where.terms.join(' and ')}`
}

/** The same conditions over the counter table; null when a condition needs more than is counted. */
export function counterWhere(counter: Counter, conditions: readonly HeaderCondition[]): Where | null {
  const terms: string[] = []
  const params: (string | number)[] = []
  for (const condition of conditions) {
    const term = counterTerm(counter, condition)
    if (term === null) return null
    terms.push(term.sql)
    params.push(...term.params)
  }
  return { terms, params }
}

/** Whether documents without the field can not match: what a sparse index needs to be usable. */
export function impliesPresence(condition: HeaderCondition): boolean {
  switch (condition.op) {
    case 'eq':
      return condition.value !== null
    case 'ne':
      return condition.value === null
    case 'in':
      return !condition.value.includes(null)
    case 'nin':
      return condition.value.includes(null)
    default:
      return true
  }
}

interface Term {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

function counterTerm(counter: Counter, condition: HeaderCondition): Term | null {
  if (counter.values.includes(condition.field)) return termOf(quoted(condition.field), condition)
  if (!counter.presence.includes(condition.field)) return null
  if ((condition.op !== 'eq' && condition.op !== 'ne') || condition.value !== null) return null
  return { sql: `${presenceColumn(condition.field)} = ${condition.op === 'ne' ? 1 : 0}`, params: [] }
}

function checkedCondition(table: Table, condition: HeaderCondition): HeaderCondition {
  const number = table.columnNumbers.get(condition.field)
  const column = number === undefined ? undefined : table.columns[number]
  if (column === undefined && condition.field !== 'id')
    throw invalid(`"${condition.field}" is not a field that ${table.name} can be filtered by`)
  const type = column?.type ?? 'text'
  const values = condition.op === 'in' || condition.op === 'nin' ? condition.value : [condition.value]
  if (values.length > MAX_IN_VALUES)
    throw invalid(
      `the filter on "${condition.field}" has ${values.length} values; at most ${MAX_IN_VALUES} are allowed`,
    )
  for (const value of values) {
    if (value !== null && typeof value !== (type === 'text' ? 'string' : 'number'))
      throw invalid(`the filter on "${condition.field}" of ${table.name} takes ${type}, not ${JSON.stringify(value)}`)
  }
  return condition
}

function termOf(column: string, condition: HeaderCondition): Term {
  switch (condition.op) {
    case 'eq':
      return condition.value === null
        ? { sql: `${column} is null`, params: [] }
        : { sql: `${column} = ?`, params: [condition.value] }
    case 'ne':
      return condition.value === null
        ? { sql: `${column} is not null`, params: [] }
        : { sql: `${column} is not ?`, params: [condition.value] }
    case 'in':
      return membership(column, condition.value)
    case 'nin':
      return exclusion(column, condition.value)
    case 'prefix':
      return prefixTerm(column, condition.value)
    default:
      return condition.value === null
        ? { sql: '0', params: [] }
        : { sql: `${column} ${COMPARISONS[condition.op]} ?`, params: [condition.value] }
  }
}

function membership(column: string, values: readonly HeaderValue[]): Term {
  const present = presentValues(values)
  const sql = present.length === 0 ? '0' : `${column} in (${holes(present.length)})`
  return { sql: values.includes(null) ? `(${sql} or ${column} is null)` : sql, params: filled(present) }
}

function exclusion(column: string, values: readonly HeaderValue[]): Term {
  const present = presentValues(values)
  const sql = present.length === 0 ? '1' : `${column} not in (${holes(present.length)})`
  if (values.includes(null)) return { sql: `(${column} is not null and ${sql})`, params: filled(present) }
  return { sql: `(${column} is null or ${sql})`, params: filled(present) }
}

/** Text with a prefix is a range, which an index answers. */
function prefixTerm(column: string, prefix: string): Term {
  const end = prefixEnd(prefix)
  if (prefix === '') return { sql: `${column} is not null`, params: [] }
  if (end === null) return { sql: `${column} >= ?`, params: [prefix] }
  return { sql: `(${column} >= ? and ${column} < ?)`, params: [prefix, end] }
}

/** The first text after all that begin with the prefix, by code points; null when there is none. */
function prefixEnd(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0)
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last < 0x10ffff) return String.fromCodePoint(...points, last + 1 === 0xd800 ? 0xe000 : last + 1)
  }
  return null
}

function presentValues(values: readonly HeaderValue[]): (string | number)[] {
  return values.filter((value) => value !== null)
}

/** Lists are filled up to the next power of two, so that few statements serve all lengths. */
function filled(values: readonly (string | number)[]): (string | number)[] {
  const last = values.at(-1)
  if (last === undefined) return []
  return [...values, ...Array.from({ length: statementLength(values.length) - values.length }, () => last)]
}

function holes(length: number): string {
  return Array.from({ length: statementLength(length) }, () => '?').join(', ')
}

function statementLength(length: number): number {
  return 2 ** Math.ceil(Math.log2(length))
}
