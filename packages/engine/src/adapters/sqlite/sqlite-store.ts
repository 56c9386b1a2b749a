import type { Collection, Document, VersionedDocument } from '@st2/model'
import { InvalidError, UnavailableError } from '@st2/model'
import type { Blobs } from '../../ports/blobs.ts'
import type { Log } from '../../ports/log.ts'
import type { Claim, Filter, HeaderValue, Query, Store, Tally, TallyGroup } from '../../ports/store.ts'
import { SqliteBlobs } from './blobs.ts'
import { Connection } from './connection.ts'
import { changedTextOf, docColumns, joinedDoc, textsOf } from './constant-parts.ts'
import { storeErrorOf } from './store-errors.ts'
import { Lane } from './lane.ts'
import { isScanned } from '../documents/scanned-conditions.ts'
import { wirePatch } from '../documents/wire-patch.ts'
import type { Result, Row } from './protocol.ts'
import { headerOf, quoted, tableOf, type Table, type TableSpec } from './table.ts'
import { MEMORY_PATH, type ThreadSetup } from './thread-setup.ts'

export interface SqliteStoreOptions {
  /** The file, made when it is missing, or `:memory:`. */
  readonly path: string
  readonly collections: readonly TableSpec[]
  readonly log: Log
  /** Documents that a condition on a free path looks at, at most, newest first. @default 200,000 */
  readonly maxScannedRows?: number
  /** Operations that may wait in one thread; more are refused with UnavailableError. @default 100,000 */
  readonly maxWaitingOperations?: number
  /** Largest size of the file, bytes; beyond it the store answers as on a full disk. @default none */
  readonly maxFileBytes?: number
  /** Told what a migration is doing, for whoever waits for the start. */
  readonly progress?: (message: string) => void
}

export interface SqliteStore {
  readonly store: Store
  readonly blobs: Blobs
}

const DEFAULT_MAX_SCANNED_ROWS = 200_000
const DEFAULT_MAX_WAITING = 100_000
const CACHE_KIB = { writer: 8_192, reader: 4_096, slow: 2_048, main: 2_048 }
const MAX_HEAP_MIB = 512

/**
 * The embedded store: one file, a thread that writes, a thread that reads, and a connection of the calling thread for
 * reads of one document, which cost it less than asking a thread does. Scans and counts that no counter answers run in a
 * third thread, started when first needed, so that they delay no list.
 *
 * @throws StoreVersionError when the file was written by a newer version
 * @throws UnavailableError when it cannot be opened
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const lanes = lanesOf(options)
  await lanes.writer.start()
  const connection =
    options.path === MEMORY_PATH
      ? null
      : new Connection(options.path, { readOnly: true, cacheKiB: CACHE_KIB.main, busyTimeoutMs: 100 })
  await lanes.reader.start()
  const store = new ThreadedStore(options.collections, lanes, connection)
  return { store, blobs: new SqliteBlobs(lanes.writer, lanes.reader) }
}

interface Lanes {
  readonly writer: Lane
  readonly reader: Lane
  readonly slow: Lane
}

function lanesOf(options: SqliteStoreOptions): Lanes {
  const { path, log } = options
  const setup: ThreadSetup = {
    path,
    collections: options.collections.map(({ name, fields, indexes, counted, constant }) => {
      return { name, fields, indexes, counted, constant }
    }),
    limits: { maxScannedRows: options.maxScannedRows ?? DEFAULT_MAX_SCANNED_ROWS },
    cacheKiB: CACHE_KIB.writer,
    maxFileBytes: options.maxFileBytes ?? null,
  }
  const common = {
    log,
    maxWaiting: options.maxWaitingOperations ?? DEFAULT_MAX_WAITING,
    maxHeapMiB: MAX_HEAP_MIB,
    progress: (message: string) => {
      log.info({ path }, message)
      options.progress?.(message)
    },
  }
  const ignore = (): void => undefined
  const readerEntry = new URL('./reader-thread.ts', import.meta.url)
  const slow = new Lane({
    ...common,
    entry: readerEntry,
    setup: { ...setup, cacheKiB: CACHE_KIB.slow },
    logGrown: ignore,
  })
  let isCopying = false
  const logGrown = (): void => {
    if (isCopying) return
    isCopying = true
    slow
      .call(['checkpoint'])
      .catch((err: unknown) => log.warn({ err, path }, 'the log of the store could not be copied into its file'))
      .finally(() => (isCopying = false))
  }
  const writer = new Lane({ ...common, entry: new URL('./writer-thread.ts', import.meta.url), setup, logGrown })
  if (path === MEMORY_PATH) return { writer, reader: writer, slow: writer }
  const reader = new Lane({
    ...common,
    entry: readerEntry,
    setup: { ...setup, cacheKiB: CACHE_KIB.reader },
    logGrown: ignore,
  })
  return { writer, reader, slow }
}

class ThreadedStore implements Store {
  readonly #tables: Map<string, { readonly number: number; readonly table: Table; readonly getSql: string }>
  readonly #lanes: Lanes
  readonly #connection: Connection | null
  #isClosed = false

  constructor(collections: readonly TableSpec[], lanes: Lanes, connection: Connection | null) {
    this.#tables = new Map(
      collections.map(tableOf).map((table, number) => {
        return [
          table.name,
          { number, table, getSql: `select ${docColumns(table).join(', ')} from ${quoted(table.name)} where id = ?` },
        ]
      }),
    )
    this.#lanes = lanes
    this.#connection = connection
  }

  async insert<T extends Document>(collection: Collection<T>, ...documents: readonly T[]): Promise<void> {
    if (documents.length === 0) return
    const { number, table } = this.#known(collection)
    await this.#lanes.writer.call(['insert', number, documents.map((document) => rowOf(table, document))])
  }

  async put<T extends Document>(collection: Collection<T>, ...documents: readonly T[]): Promise<void> {
    if (documents.length === 0) return
    const { number, table } = this.#known(collection)
    await this.#lanes.writer.call(['put', number, documents.map((document) => rowOf(table, document))])
  }

  async replace<T extends VersionedDocument>(collection: Collection<T>, document: T): Promise<T | null> {
    const { number, table } = this.#known(collection)
    const next = { ...document, rev: document.rev + 1 }
    const { doc, isParted } = changedTextOf(table, next)
    const row = [next.id, next.rev, doc, null, ...headerOf(table, next)]
    const replaced = await this.#lanes.writer.call(['replace', number, row, document.rev, isParted])
    return replaced === 1 ? next : null
  }

  async claim<T extends VersionedDocument>(collection: Collection<T>, claim: Claim): Promise<T[]> {
    const { number } = this.#known(collection)
    const wire = JSON.stringify({ ...claim, patch: wirePatch(claim.patch, collection.constant) })
    return parsed<T>(await this.#lanes.writer.call(['claim', number, wire]))
  }

  async get<T extends Document>(collection: Collection<T>, id: string): Promise<T | null> {
    const { number, getSql } = this.#known(collection)
    const doc = this.#connection === null ? await this.#lanes.reader.call(['get', number, id]) : this.#read(getSql, id)
    return typeof doc === 'string' ? JSON.parse(doc) : null
  }

  async find<T extends Document>(collection: Collection<T>, query: Query): Promise<T[]> {
    const { number } = this.#known(collection)
    const lane = this.#laneFor(query.filter ?? [])
    return parsed<T>(await lane.call(['find', number, JSON.stringify(query)]))
  }

  async count<T extends Document>(collection: Collection<T>, filter: Filter): Promise<number> {
    const { number, table } = this.#known(collection)
    const isQuick = isCounted(collection, filter) || hasLookUp(table, collection, filter)
    const lane = isQuick ? this.#lanes.reader : this.#lanes.slow
    return Number(await lane.call(['count', number, JSON.stringify(filter)]))
  }

  async distinct<T extends Document>(collection: Collection<T>, field: string, limit: number): Promise<HeaderValue[]> {
    const { number } = this.#known(collection)
    const lane = collection.counted?.values.includes(field) === true ? this.#lanes.reader : this.#lanes.slow
    const values = await lane.call(['distinct', number, field, limit])
    return Array.isArray(values) ? values : []
  }

  async tally<T extends Document>(collection: Collection<T>, tally: Tally): Promise<TallyGroup[]> {
    const { number } = this.#known(collection)
    return JSON.parse(String(await this.#lanes.slow.call(['tally', number, JSON.stringify(tally)])))
  }

  async remove<T extends Document>(collection: Collection<T>, filter: Filter, limit: number): Promise<number> {
    const { number } = this.#known(collection)
    return Number(await this.#lanes.writer.call(['remove', number, JSON.stringify(filter), limit]))
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#connection?.close()
    await this.#lanes.slow.close()
    await this.#lanes.reader.close()
    await this.#lanes.writer.close()
  }

  #read(sql: string, id: string): unknown {
    if (this.#isClosed) throw new UnavailableError('the store is closed')
    try {
      const row = this.#connection?.row(sql, id)
      return row === undefined ? undefined : joinedDoc(row[0], row[1])
    } catch (error) {
      throw storeErrorOf(error)
    }
  }

  #laneFor(filter: Filter): Lane {
    return filter.some(isScanned) ? this.#lanes.slow : this.#lanes.reader
  }

  #known(collection: { readonly name: string }): { number: number; table: Table; getSql: string } {
    const known = this.#tables.get(collection.name)
    if (known === undefined) throw new InvalidError(`the store was opened without the collection "${collection.name}"`)
    return known
  }
}

function rowOf(table: Table, document: Document): Row {
  const rev: unknown = Reflect.get(document, 'rev')
  const { doc, part } = textsOf(table, document)
  return [document.id, typeof rev === 'number' ? rev : null, doc, part, ...headerOf(table, document)]
}

function parsed<T>(result: Exclude<Result, { failure: string }>): T[] {
  if (!Array.isArray(result)) return []
  return result.map((doc): T => JSON.parse(String(doc)))
}

function isCounted(collection: Collection<Document>, filter: Filter): boolean {
  const { values = [], presence = [] } = collection.counted ?? {}
  return filter.every(
    (condition) => 'field' in condition && (values.includes(condition.field) || presence.includes(condition.field)),
  )
}

/** Whether a condition leaves few documents and an index finds them: one value of a field too many-valued to be counted. */
function hasLookUp(table: Table, collection: Collection<Document>, filter: Filter): boolean {
  if (filter.some(isScanned)) return false
  return filter.some(
    (condition) =>
      'field' in condition &&
      condition.op === 'eq' &&
      condition.value !== null &&
      collection.counted?.values.includes(condition.field) !== true &&
      table.indexes.some((index) => index.fields[0] === condition.field),
  )
}
