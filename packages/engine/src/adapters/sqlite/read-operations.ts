import type { Filter, Query } from '../../ports/store.ts'
import { blobHashes, blobSize, readChunk } from './blob-tables.ts'
import { docColumns, joinedDoc } from './constant-parts.ts'
import { counterWhere, sortedConditions, whereOf, whereSql } from './conditions.ts'
import type { Connection } from './connection.ts'
import { SUM_OF_TOTALS } from './counters.ts'
import { failureOf, invalid } from './failure.ts'
import type { Cell, ReadOperation, Result } from './protocol.ts'
import { BOUND, countScanned, selectRows, type SelectLimits } from './select.ts'
import { quoted, type Table } from './table.ts'
import { tallyGroups } from './tally.ts'

/** Answers what reads ask. Each operation sees one state of the store, the newest there is. */
export class Reader {
  readonly #connection: Connection
  readonly #tables: readonly Table[]
  readonly #limits: SelectLimits

  constructor(connection: Connection, tables: readonly Table[], limits: SelectLimits) {
    this.#connection = connection
    this.#tables = tables
    this.#limits = limits
  }

  run(operation: ReadOperation): Result {
    try {
      return this.#run(operation)
    } catch (error) {
      return failureOf(error)
    }
  }

  #run(operation: ReadOperation): Result {
    switch (operation[0]) {
      case 'get':
        return this.get(this.#table(operation[1]), operation[2])
      case 'find':
        return this.find(this.#table(operation[1]), JSON.parse(operation[2]))
      case 'count':
        return this.count(this.#table(operation[1]), JSON.parse(operation[2]))
      case 'distinct':
        return this.distinct(this.#table(operation[1]), operation[2], operation[3])
      case 'tally':
        return JSON.stringify(tallyGroups(this.#connection, this.#table(operation[1]), JSON.parse(operation[2])))
      case 'blob-size':
        return blobSize(this.#connection, operation[1])
      case 'blob-hashes':
        return blobHashes(this.#connection, operation[1], operation[2])
      case 'blob-read':
        return readChunk(this.#connection, operation[1], operation[2])
    }
  }

  get(table: Table, id: string): string | null {
    const sql = `select ${docColumns(table).join(', ')} from ${quoted(table.name)} where id = ?`
    const row = this.#connection.row(sql, id)
    return row === undefined ? null : joinedDoc(row[0], row[1])
  }

  find(table: Table, query: Query): string[] {
    const rows = selectRows(this.#connection, table, query, docColumns(table), this.#limits)
    return rows.map(([doc, part]) => joinedDoc(doc, part))
  }

  count(table: Table, filter: Filter): number {
    const { header, scanned } = sortedConditions(table, filter)
    if (scanned.length > 0) return countScanned(this.#connection, table, { filter }, this.#limits)
    const counted = table.counter === null ? null : counterWhere(table.counter, header)
    if (table.counter !== null && counted !== null) {
      const sql = `select ${SUM_OF_TOTALS} from ${quoted(table.counter.name)}${whereSql(counted)}`
      return Number(this.#connection.value(sql, ...counted.params))
    }
    const where = whereOf(header)
    const sql = `select count(*) from ${quoted(table.name)}${whereSql(where)}`
    return Number(this.#connection.value(sql, ...where.params))
  }

  distinct(table: Table, field: string, limit: number): Cell[] {
    if (field !== 'id' && !table.columnNumbers.has(field))
      throw invalid(`"${field}" is not a field of ${table.name} whose values can be listed`)
    return this.#connection.rows(distinctSql(table, field), limit).map(([value]) => value ?? null)
  }

  #table(number: number): Table {
    const table = this.#tables[number]
    if (table === undefined) throw invalid(`there is no collection number ${number}`)
    return table
  }
}

function distinctSql(table: Table, field: string): string {
  const column = quoted(field)
  if (table.counter?.values.includes(field) === true)
    return `select distinct ${column} from ${quoted(table.counter.name)} where ${column} is not null order by ${column} limit ${BOUND}`
  const leads = table.indexes.some(
    (index) => index.fields[0] === field && (index.sparse === null || index.sparse === field),
  )
  if (!leads)
    return `select distinct ${column} from ${quoted(table.name)} where ${column} is not null order by ${column} limit ${BOUND}`
  // NOTE: jumps from value to value along the index instead of reading all its entries.
  const from = `from ${quoted(table.name)} where ${column}`
  return `with recursive jump(value) as (
      select min(${column}) ${from} is not null
      union all select (select min(${column}) ${from} > jump.value) from jump where jump.value is not null
    ) select value from jump where value is not null limit ${BOUND}`
}
