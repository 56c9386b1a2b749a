import type { Connection } from './connection.ts'
import type { Cell } from './protocol.ts'
import { quoted, type Counter, type Table } from './table.ts'

/** Columns of a counter table; no field has such a name. */
const COMBINATION = quoted('#combination')
const TOTAL = quoted('#total')

interface Change {
  readonly counter: Counter
  readonly combination: readonly Cell[]
  readonly delta: number
}

/**
 * The changes of the counted combinations inside one transaction: collected while documents change, written once
 * before the commit. `mark` and `backTo` undo those of an operation that failed.
 */
export class CounterChanges {
  #changes: Change[] = []

  add(table: Table, header: readonly Cell[], delta: number): void {
    if (table.counter === null) return
    this.#changes.push({ counter: table.counter, combination: combinationOf(table.counter, header), delta })
  }

  /** One document went from one header to another. */
  move(table: Table, from: readonly Cell[], to: readonly Cell[]): void {
    if (table.counter === null || table.counter.columns.every((column) => from[column] === to[column])) return
    this.add(table, from, -1)
    this.add(table, to, 1)
  }

  mark(): number {
    return this.#changes.length
  }

  backTo(mark: number): void {
    this.#changes.length = mark
  }

  write(connection: Connection): void {
    for (const [counter, sums] of sumsOf(this.#changes)) {
      for (const [key, { combination, delta }] of sums) {
        if (delta !== 0) writeCount(connection, counter, key, combination, delta)
      }
    }
    this.#changes = []
  }
}

export function createCounterSql(counter: Counter): string {
  const columns = counterColumns(counter).map((column) => `, ${column}`)
  return `create table if not exists ${quoted(counter.name)}(${COMBINATION} text primary key${columns.join('')}, ${TOTAL} integer not null) without rowid`
}

/** The number of documents over all combinations a condition leaves. */
export const SUM_OF_TOTALS = `coalesce(sum(${TOTAL}), 0)`

/** Counts all documents anew. */
export function rebuildCounter(connection: Connection, table: Table, counter: Counter): void {
  connection.exec(`delete from ${quoted(counter.name)}`)
  const cells = [
    ...counter.values.map((field) => quoted(field)),
    ...counter.presence.map((field) => `${quoted(field)} is not null`),
  ]
  const grouping = cells.length === 0 ? '' : ` group by ${cells.map((_cell, number) => number + 1).join(', ')}`
  const counts = connection.rows(`select ${[...cells, 'count(*)'].join(', ')} from ${quoted(table.name)}${grouping}`)
  for (const row of counts) {
    const combination = row.slice(0, -1)
    const count = Number(row.at(-1))
    if (count > 0) writeCount(connection, counter, JSON.stringify(combination), combination, count)
  }
}

/** The counter table's column for a field that is only counted as present. */
export function presenceColumn(field: string): string {
  return quoted(`#has_${field}`)
}

function counterColumns(counter: Counter): string[] {
  return [...counter.values.map((field) => quoted(field)), ...counter.presence.map(presenceColumn)]
}

function combinationOf(counter: Counter, header: readonly Cell[]): Cell[] {
  return counter.columns.map((column, place) => {
    const cell = header[column] ?? null
    return place < counter.values.length ? cell : Number(cell !== null)
  })
}

function sumsOf(
  changes: readonly Change[],
): Map<Counter, Map<string, { combination: readonly Cell[]; delta: number }>> {
  const counters = new Map<Counter, Map<string, { combination: readonly Cell[]; delta: number }>>()
  for (const { counter, combination, delta } of changes) {
    const sums = counters.get(counter) ?? new Map<string, { combination: readonly Cell[]; delta: number }>()
    counters.set(counter, sums)
    const key = JSON.stringify(combination)
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { combination, delta })
    else sum.delta += delta
  }
  return counters
}

function writeCount(
  connection: Connection,
  counter: Counter,
  key: string,
  combination: readonly Cell[],
  delta: number,
): void {
  const name = quoted(counter.name)
  if (connection.run(`update ${name} set ${TOTAL} = ${TOTAL} + ? where ${COMBINATION} = ?`, delta, key) === 0) {
    const holes = ['?', ...combination.map(() => '?'), '?'].join(', ')
    const columns = [COMBINATION, ...counterColumns(counter), TOTAL].join(', ')
    connection.run(`insert into ${name}(${columns}) values (${holes})`, key, ...combination, delta)
  }
  if (delta < 0) connection.run(`delete from ${name} where ${COMBINATION} = ? and ${TOTAL} <= 0`, key)
}
