import type { Claim } from '../../ports/store.ts'
import { removeBlob, storeBlob, storeChunk, finishBlob } from './blob-tables.ts'
import type { Connection } from './connection.ts'
import { joinedDoc, partStored, readPart, removePart, storePart } from './constant-parts.ts'
import { CounterChanges } from './counters.ts'
import { concernsOneOperation, failureOf, invalid, isDiskFull, isUniqueViolation, RefusedOperation } from './failure.ts'
import { copyLog } from './log-keeper.ts'
import { applyPatch, type WirePatch } from '../documents/patch.ts'
import { type Cell, HEADER_AT, type Result, type Row, type WriteOperation } from './protocol.ts'
import { selectAny, selectRows, type SelectLimits } from './select.ts'
import { headerOf, quoted, type Table, type TableIndex } from './table.ts'

/** A claim as it travels. */
export type WireClaim = Omit<Claim, 'patch'> & { readonly patch: WirePatch }

/**
 * The one writer. A group of operations is one transaction with one sync; an operation that fails takes nothing of
 * the others with it, and what it had changed is undone. When the transaction itself fails (a full disk), all is
 * rolled back and each operation is tried again alone, so that the one at fault fails alone. After a full disk the
 * space of the log is given back first, so that what becomes free is not used up by the log.
 */
export class Writer {
  readonly #connection: Connection
  readonly #tables: readonly Table[]
  readonly #limits: SelectLimits
  readonly #counters = new CounterChanges()
  /** The disk was full at the last attempt. */
  #isStarved = false

  constructor(connection: Connection, tables: readonly Table[], limits: SelectLimits) {
    this.#connection = connection
    this.#tables = tables
    this.#limits = limits
  }

  runGroup(operations: readonly WriteOperation[]): Result[] {
    if (this.#isStarved) this.#isStarved = copyLog(this.#connection, 'truncate') !== null
    try {
      return this.#transact(operations)
    } catch (error) {
      this.#rollBack()
      return this.#runAgain(operations, error)
    }
  }

  #transact(operations: readonly WriteOperation[]): Result[] {
    this.#connection.control('begin immediate')
    const results = operations.map((operation) => this.#runAlone(operation))
    this.#counters.write(this.#connection)
    this.#connection.control('commit')
    return results
  }

  #runAgain(operations: readonly WriteOperation[], cause: unknown): Result[] {
    if (isDiskFull(cause)) this.#isStarved = true
    return operations.length > 1 ? operations.flatMap((operation) => this.runGroup([operation])) : [failureOf(cause)]
  }

  #rollBack(): void {
    this.#counters.backTo(0)
    // NOTE: SQLite has rolled back by itself after some errors, a full disk among them.
    if (this.#connection.isTransaction) this.#connection.control('rollback')
  }

  #runAlone(operation: WriteOperation): Result {
    const mark = this.#counters.mark()
    try {
      return this.#run(operation)
    } catch (error) {
      if (!concernsOneOperation(error) || !this.#connection.isTransaction) throw error
      this.#counters.backTo(mark)
      return failureOf(error)
    }
  }

  /** A statement that fails undoes itself; what takes several needs a savepoint. */
  #allOrNone(rows: number, write: () => void): void {
    if (rows < 2) return write()
    this.#connection.control('savepoint operation')
    try {
      write()
    } catch (error) {
      // NOTE: after some errors SQLite has rolled back the whole transaction.
      if (this.#connection.isTransaction) {
        this.#connection.control('rollback to operation')
        this.#connection.control('release operation')
      }
      throw error
    }
    this.#connection.control('release operation')
  }

  #run(operation: WriteOperation): Result {
    switch (operation[0]) {
      case 'insert':
        return this.#each(operation[2], (row) => this.#insert(this.#table(operation[1]), row))
      case 'put':
        return this.#each(operation[2], (row) => this.#put(this.#table(operation[1]), row))
      case 'replace':
        return this.#replace(this.#table(operation[1]), operation[2], operation[3], operation[4])
      case 'claim':
        return this.#claim(this.#table(operation[1]), operation[2])
      case 'remove':
        return this.#remove(this.#table(operation[1]), operation[2], operation[3])
      case 'blob-put':
        return storeBlob(this.#connection, operation[1], operation[2], operation[3])
      case 'blob-chunk':
        return storeChunk(this.#connection, operation[1], operation[2], operation[3])
      case 'blob-finish':
        return finishBlob(this.#connection, operation[1], operation[2])
      case 'blob-remove':
        return removeBlob(this.#connection, operation[1])
    }
  }

  #each(rows: readonly Row[], write: (row: Row) => void): null {
    const parts = rows.filter((row) => partOf(row) !== null).length
    this.#allOrNone(rows.length + parts, () => {
      for (const row of rows) write(row)
    })
    return null
  }

  #insert(table: Table, row: Row): void {
    const columns = ['id', 'rev', 'doc', ...headerNames(table)]
    const holes = columns.map(() => '?').join(', ')
    const sql = `insert into ${quoted(table.name)}(${columns.join(', ')}) values (${holes})`
    const [id = null, rev = null, doc = null] = row
    const header = row.slice(HEADER_AT)
    this.#writeUnique(table, row, 'new', () => this.#connection.run(sql, id, rev, doc, ...header))
    this.#counters.add(table, header, 1)
    const part = partOf(row)
    if (part !== null) storePart(this.#connection, table, String(id), part)
  }

  #put(table: Table, row: Row): void {
    const stored = this.#stored(table, String(row[0]))
    if (stored === undefined) return this.#insert(table, row)
    this.#update(table, stored, row)
    const part = partOf(row)
    if (part === null) removePart(this.#connection, table, String(row[0]))
    else storePart(this.#connection, table, String(row[0]), part)
  }

  #replace(table: Table, row: Row, expectedRev: number, isParted: boolean): number {
    const id = String(row[0])
    const stored = this.#stored(table, id)
    if (stored === undefined || stored.rev !== expectedRev) return 0
    this.#allOrNone(isParted ? 2 : 1, () => {
      if (isParted) partStored(this.#connection, table, id)
      this.#update(table, stored, row)
    })
    return 1
  }

  #claim(table: Table, text: string): string[] {
    const claim: WireClaim = JSON.parse(text)
    const columns = ['rowid', 'rev', 'doc', ...headerNames(table)]
    const claimed = selectRows(this.#connection, table, claim, columns, this.#limits).map((row) =>
      patched(table, row, claim),
    )
    this.#allOrNone(claimed.length, () => {
      for (const { stored, row } of claimed) this.#update(table, stored, row)
    })
    return claimed.map(({ row }) => joinedDoc(row[2], readPart(this.#connection, table, String(row[0]))))
  }

  #remove(table: Table, filter: string, limit: number): number {
    const columns = ['rowid', 'id', ...headerNames(table)]
    const rows = selectAny(this.#connection, table, { filter: JSON.parse(filter) }, columns, limit, this.#limits)
    const sql = `delete from ${quoted(table.name)} where rowid = ?`
    for (const [number, id, ...header] of rows) {
      this.#connection.run(sql, Number(number))
      removePart(this.#connection, table, String(id))
      this.#counters.add(table, header, -1)
    }
    return rows.length
  }

  /** Writes only the columns that change: an index over none of them is left alone. */
  #update(table: Table, stored: Stored, row: Row): void {
    const header = row.slice(HEADER_AT)
    const changed = table.columns.flatMap((column, number) =>
      stored.header[number] === header[number] ? [] : [{ name: quoted(column.name), cell: header[number] ?? null }],
    )
    const sets = ['rev = ?', 'doc = ?', ...changed.map(({ name }) => `${name} = ?`)]
    const sql = `update ${quoted(table.name)} set ${sets.join(', ')} where rowid = ?`
    const params = [row[1] ?? null, row[2] ?? null, ...changed.map(({ cell }) => cell), stored.number]
    this.#writeUnique(table, row, 'stored', () => this.#connection.run(sql, ...params))
    this.#counters.move(table, stored.header, header)
  }

  #stored(table: Table, id: string): Stored | undefined {
    const sql = `select ${['rowid', 'rev', ...headerNames(table)].join(', ')} from ${quoted(table.name)} where id = ?`
    const row = this.#connection.row(sql, id)
    if (row === undefined) return undefined
    const [number, rev, ...header] = row
    return { number: Number(number), rev: rev === null ? null : Number(rev), header }
  }

  #writeUnique(table: Table, row: Row, document: 'new' | 'stored', write: () => void): void {
    try {
      write()
    } catch (error) {
      throw isUniqueViolation(error) ? this.#conflict(table, row, uniqueKeys(table, document)) : error
    }
  }

  /** Who holds which unique key that the row wants. */
  #conflict(table: Table, row: Row, keys: readonly TableIndex[]): RefusedOperation {
    const id = row[0] ?? null
    for (const { declared } of keys) {
      const cells = declared.map((field) =>
        field === 'id' ? id : (row[HEADER_AT + (table.columnNumbers.get(field) ?? 0)] ?? null),
      )
      const where = declared.map((field) => `${quoted(field)} = ?`).join(' and ')
      const sql = `select id from ${quoted(table.name)} where ${where} limit 2`
      const holders = this.#connection.rows(sql, ...cells).map(([held]) => held ?? null)
      const holder = declared[0] === 'id' ? holders[0] : holders.find((held) => held !== id)
      if (holder === undefined) continue
      const wanted = declared.map((field, place) => `${field}: ${JSON.stringify(cells[place])}`).join(', ')
      return conflict(`Tried to save duplicate unique keys (${table.name}: { ${wanted} })`, holder)
    }
    return conflict(`Tried to save duplicate unique keys (${table.name})`, null)
  }

  #table(number: number): Table {
    const table = this.#tables[number]
    if (table === undefined) throw invalid(`there is no collection number ${number}`)
    return table
  }
}

interface Stored {
  readonly number: number
  readonly rev: number | null
  readonly header: readonly Cell[]
}

/** A selected row, and what the claim makes of it. */
function patched(table: Table, selected: readonly Cell[], claim: WireClaim): { stored: Stored; row: Row } {
  const [number, rev, doc, ...header] = selected
  const document: unknown = JSON.parse(String(doc))
  if (typeof document !== 'object' || document === null) throw invalid(`${table.name} holds what is no document`)
  applyPatch(document, claim.patch)
  const nextRev = Number(rev) + 1
  Reflect.set(document, 'rev', nextRev)
  const stored = { number: Number(number), rev: Number(rev), header }
  const id = String(Reflect.get(document, 'id'))
  return { stored, row: [id, nextRev, JSON.stringify(document), null, ...headerOf(table, document)] }
}

/** What of it stands apart. */
function partOf(row: Row): string | null {
  const part = row[3] ?? null
  return part === null ? null : String(part)
}

/** A stored document keeps its id. */
function uniqueKeys(table: Table, document: 'new' | 'stored'): TableIndex[] {
  return table.indexes.filter(({ unique, declared }) => unique && (document === 'new' || declared[0] !== 'id'))
}

const names = new WeakMap<Table, readonly string[]>()

function headerNames(table: Table): readonly string[] {
  const known = names.get(table)
  if (known !== undefined) return known
  const made = table.columns.map((column) => quoted(column.name))
  names.set(table, made)
  return made
}

function conflict(message: string, holder: Cell): RefusedOperation {
  return new RefusedOperation({ failure: 'conflict', message, conflictId: holder === null ? null : String(holder) })
}
