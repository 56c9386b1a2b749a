import type { Order, Query } from '../../ports/store.ts'
import { fits, type PathCondition, type ScannedCondition, type TextCondition } from '../documents/scanned-conditions.ts'
import { sortedConditions, whereOf, whereSql, type HeaderCondition } from './conditions.ts'
import type { Connection } from './connection.ts'
import { docColumns, joinedDoc, PART } from './constant-parts.ts'
import { invalid } from './failure.ts'
import { chooseIndex, type IndexChoice } from './index-choice.ts'
import type { Cell } from './protocol.ts'
import { quoted, valueAt, type Table } from './table.ts'

/**
 * A bound limit that the planner does not look at. NOTE: with a bare `?` SQLite plans with the value that was bound, and
 * prepares the statement anew for every other one, which costs several times what the query does.
 */
export const BOUND = '?+0'

/** The row's number beside header columns; no field has such a name. */
const ROW = quoted('#row')

export interface SelectLimits {
  /** Documents that a condition on a free path looks at, at most, newest first. */
  readonly maxScannedRows: number
}

/** The rows a query names, in its order: the asked columns of each. */
export function selectRows(
  connection: Connection,
  table: Table,
  query: Query,
  columns: readonly string[],
  limits: SelectLimits,
): Cell[][] {
  const { header, scanned } = sortedConditions(table, query.filter ?? [])
  const order = checkedOrder(table, query.order ?? [])
  const { limit, offset } = checkedPage(query)
  if (limit === 0) return []
  if (scanned.length > 0) {
    return connection.snapshot(() => {
      const found = scan(connection, table, header, scanned, order, limits)
      const page = pageOf(found, order, limit, offset)
      return rowsById(connection, table, page, columns)
    })
  }
  const choice = chooseIndex(connection, table, header, order)
  if (choice.kind === 'merge') {
    return connection.snapshot(() => {
      const page = mergedWalks(connection, table, header, order, choice, limit, offset)
      return rowsById(connection, table, page, columns)
    })
  }
  const where = whereOf(header)
  const sql = `select ${columns.join(', ')} from ${quoted(table.name)}${hintSql(choice)}${whereSql(where)}${orderSql(order)} limit ${BOUND} offset ?`
  return connection.rows(sql, ...where.params, limit ?? -1, offset)
}

/** How many documents match a filter with conditions on free paths, among those a scan may look at. */
export function countScanned(connection: Connection, table: Table, query: Query, limits: SelectLimits): number {
  const { header, scanned } = sortedConditions(table, query.filter ?? [])
  let count = 0
  for (const _row of scan(connection, table, header, scanned, [], limits)) count++
  return count
}

/** Any rows that match, in no order, at most `limit`. */
export function selectAny(
  connection: Connection,
  table: Table,
  query: Pick<Query, 'filter'>,
  columns: readonly string[],
  limit: number,
  limits: SelectLimits,
): Cell[][] {
  const { header, scanned } = sortedConditions(table, query.filter ?? [])
  if (scanned.length > 0) return selectRows(connection, table, { filter: query.filter ?? [], limit }, columns, limits)
  const where = whereOf(header)
  const sql = `select ${columns.join(', ')} from ${quoted(table.name)}${whereSql(where)} limit ${BOUND}`
  return connection.rows(sql, ...where.params, limit)
}

function checkedOrder(table: Table, order: readonly Order[]): readonly Order[] {
  for (const { field } of order) {
    if (field !== 'id' && !table.columnNumbers.has(field))
      throw invalid(`"${field}" is not a field that ${table.name} can be ordered by`)
  }
  if (order.some(({ field }) => field === 'id')) return order
  return [...order, { field: 'id', direction: order.at(-1)?.direction ?? 'asc' }]
}

function checkedPage(query: Query): { limit: number | null; offset: number } {
  const limit = query.limit ?? null
  const offset = query.offset ?? 0
  for (const [name, value] of [
    ['limit', limit ?? 0],
    ['offset', offset],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw invalid(`the ${name} of a query is a whole number, not ${value}`)
  }
  return { limit, offset }
}

export function hintSql(choice: IndexChoice): string {
  return choice.kind === 'planner' ? '' : ` indexed by ${quoted(choice.index.name)}`
}

function orderSql(order: readonly Order[]): string {
  return ` order by ${order.map(({ field, direction }) => `${quoted(field)} ${direction}`).join(', ')}`
}

/** The row numbers of a page, from one walk per value, each in order and no longer than the page reaches. */
function mergedWalks(
  connection: Connection,
  table: Table,
  header: readonly HeaderCondition[],
  order: readonly Order[],
  choice: IndexChoice & { kind: 'merge' },
  limit: number | null,
  offset: number,
): number[] {
  const reach = limit === null ? -1 : limit + offset
  const others = header.filter((condition) => condition !== choice.condition)
  const orderColumns = order.map(({ field }) => `, ${quoted(field)}`).join('')
  const params: (string | number)[] = []
  const walks = [...new Set(choice.condition.value)].map((value) => {
    const where = whereOf([{ field: choice.condition.field, op: 'eq', value }, ...others])
    params.push(...where.params, reach)
    return `select * from (select rowid as ${ROW}${orderColumns} from ${quoted(table.name)}${hintSql(choice)}${whereSql(where)}${orderSql(order)} limit ${BOUND})`
  })
  if (walks.length === 0) return []
  const sql = `select ${ROW} from (${walks.join(' union all ')})${orderSql(order)} limit ${BOUND} offset ?`
  return connection.rows(sql, ...params, limit ?? -1, offset).map((row) => Number(row[0]))
}

/** The row numbers of documents that match, newest first: where the order ascends, the scan goes the other way. */
function* scan(
  connection: Connection,
  table: Table,
  header: readonly HeaderCondition[],
  scanned: readonly ScannedCondition[],
  order: readonly Order[],
  limits: SelectLimits,
): Generator<number> {
  const newestFirst: readonly Order[] = order.length === 0 ? [{ field: 'id', direction: 'desc' }] : descending(order)
  const choice = chooseIndex(connection, table, header, newestFirst)
  const where = whereOf(header)
  const hint = choice.kind === 'walk' ? hintSql(choice) : ''
  const columns = docColumns(table)
  const inner = `select rowid as ${ROW}, ${columns.join(', ')} from ${quoted(table.name)}${hint}${whereSql(where)}${orderSql(newestFirst)} limit ${BOUND}`
  const texts = columns.length === 1 ? ['doc'] : ['doc', PART]
  const tests = scanned.map((condition) => {
    const operator = 'path' in condition ? 'glob' : 'like'
    return `(${texts.map((text) => `${text} ${operator} ?`).join(' or ')})`
  })
  const patterns = scanned.flatMap((condition) => {
    const pattern = 'path' in condition ? patternOf(condition) : likePatternOf(condition)
    return texts.map(() => pattern)
  })
  const sql = `select ${[ROW, ...texts].join(', ')} from (${inner}) where ${tests.join(' and ')}`
  for (const [number, doc, part] of connection.iterate(sql, ...where.params, limits.maxScannedRows, ...patterns)) {
    if (matches(joinedDoc(doc, part), scanned)) yield Number(number)
  }
}

function pageOf(found: Iterable<number>, order: readonly Order[], limit: number | null, offset: number): number[] {
  if (order[0]?.direction === 'asc') {
    const all = [...found].reverse()
    return all.slice(offset, limit === null ? undefined : offset + limit)
  }
  const page: number[] = []
  let skipped = 0
  for (const number of found) {
    if (skipped < offset) skipped++
    else page.push(number)
    if (page.length === limit) break
  }
  return page
}

function rowsById(
  connection: Connection,
  table: Table,
  numbers: readonly number[],
  columns: readonly string[],
): Cell[][] {
  const sql = `select ${columns.join(', ')} from ${quoted(table.name)} where rowid = ?`
  return numbers.map((number) => connection.row(sql, number)).filter((row) => row !== undefined)
}

function descending(order: readonly Order[]): readonly Order[] {
  if (order[0]?.direction === 'desc') return order
  return order.map(({ field, direction }) => ({ field, direction: direction === 'asc' ? 'desc' : 'asc' }))
}

/** Characters of a value that the scan compares; the rest is compared in the documents that pass. */
const MAX_COMPARED = 1_000

/**
 * A pattern that a document with this value matches: it spares parsing the others. NOTE: `glob` reads through a
 * document in a third of the time that `instr` takes, most of all when it need not stop at every quote.
 */
function patternOf({ path, value }: PathCondition): string {
  const last = path.split('.').at(-1) ?? path
  const isPlace = /^\d+$/.test(last)
  const text = isPlace ? JSON.stringify(value) : `${JSON.stringify(last)}:${JSON.stringify(value)}`
  const fragment = text.startsWith('"') ? text.slice(1) : text
  const compared = Array.from(fragment.slice(0, MAX_COMPARED + 1))
    .slice(0, -1)
    .join('')
  return `*${(fragment.length > MAX_COMPARED ? compared : fragment).replaceAll(/[*?[]/g, '[$&]')}*`
}

/**
 * The same for a text that may stand anywhere. Only ASCII letters are the same in both cases to SQLite, and some characters are escaped in
 * a document: the pattern is the longest part of the text without such.
 */
function likePatternOf({ value }: TextCondition): string {
  const plain = value.slice(0, MAX_COMPARED).match(/[ !#-[\]-~]+/g) ?? []
  const [longest = ''] = plain.toSorted((a, b) => b.length - a.length)
  // NOTE: without an escape character, which would keep SQLite from its quick way; a document that fits too well is parsed, no more.
  return `%${longest}%`
}

function matches(doc: string, scanned: readonly ScannedCondition[]): boolean {
  const document: unknown = JSON.parse(doc)
  if (typeof document !== 'object' || document === null) return false
  return scanned.every((condition) => fits(document, condition, valueAtPath))
}

function valueAtPath(document: object, path: string): unknown {
  return valueAt(document, path.split('.'))
}
