import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Cell } from './protocol.ts'

export interface ConnectionOptions {
  readonly readOnly: boolean
  /** Page cache of this connection, KiB. */
  readonly cacheKiB: number
  /** How long a locked file is waited for, ms. */
  readonly busyTimeoutMs: number
}

export type Param = Cell | Uint8Array

/** One SQLite connection with its prepared statements. Rows are arrays, in the order of the selected columns. */
export class Connection {
  /** Prepared statements kept; the oldest goes when another one comes. */
  static readonly MAX_STATEMENTS = 400

  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(path: string, options: ConnectionOptions) {
    this.#database = new DatabaseSync(path, { readOnly: options.readOnly, timeout: options.busyTimeoutMs })
    this.#database.exec(`pragma cache_size = -${options.cacheKiB}`)
    this.#database.exec('pragma temp_store = memory')
  }

  get isTransaction(): boolean {
    return this.#database.isTransaction
  }

  exec(sql: string): void {
    this.#database.exec(sql)
  }

  rows(sql: string, ...params: readonly Param[]): Cell[][] {
    return asCells(this.#prepared(sql).all(...params))
  }

  row(sql: string, ...params: readonly Param[]): Cell[] | undefined {
    const row = this.#prepared(sql).get(...params)
    return row === undefined ? undefined : asCells([row])[0]
  }

  /** The first column of the first row. */
  value(sql: string, ...params: readonly Param[]): Cell | undefined {
    return this.row(sql, ...params)?.[0]
  }

  bytes(sql: string, ...params: readonly Param[]): Uint8Array | undefined {
    const row: unknown = this.#prepared(sql).get(...params)
    const value: unknown = Array.isArray(row) ? row[0] : undefined
    return value instanceof Uint8Array ? value : undefined
  }

  /** Rows one by one. The statement is its own, so that others may run meanwhile. */
  *iterate(sql: string, ...params: readonly Param[]): Generator<Cell[]> {
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    for (const row of statement.iterate(...inputs(params))) {
      const cells = asCells([row])[0]
      if (cells !== undefined) yield cells
    }
  }

  /** Runs a write; answers how many rows it changed. */
  run(sql: string, ...params: readonly Param[]): number {
    return Number(this.#prepared(sql).run(...params).changes)
  }

  /** Begins, ends or marks a transaction: prepared once, for it is done for every group. */
  control(sql: string): void {
    this.#prepared(sql).run()
  }

  /** All reads inside see one state of the store. */
  snapshot<T>(read: () => T): T {
    if (this.isTransaction) return read()
    this.control('begin')
    try {
      return read()
    } finally {
      this.control('commit')
    }
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    if (this.#statements.size >= Connection.MAX_STATEMENTS) {
      const oldest = this.#statements.keys().next()
      if (oldest.done === false) this.#statements.delete(oldest.value)
    }
    this.#statements.set(sql, statement)
    return statement
  }
}

function inputs(params: readonly Param[]): SQLInputValue[] {
  return [...params]
}

// NOTE: the statements were told to return arrays, which the declared types of node:sqlite do not know; no column
// read this way holds a blob or an integer beyond 2^53.
function asCells(rows: unknown[]): Cell[][] {
  return rows as Cell[][]
}
