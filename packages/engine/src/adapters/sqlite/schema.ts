import { BLOB_TABLES_SQL, removeUnfinishedBlobs } from './blob-tables.ts'
import type { Connection } from './connection.ts'
import { CONSTANT_PARTS_SQL } from './constant-parts.ts'
import { isUniqueViolation, RefusedOperation } from './failure.ts'
import { createCounterSql, rebuildCounter } from './counters.ts'
import { headerOf, quoted, type Table, type TableColumn, type TableIndex } from './table.ts'

/**
 * The layout that is not declared by collections. A change of it gets the next number and an entry in MIGRATIONS;
 * collections, columns, indexes and counters are compared with the file at each open and need none.
 */
export const SCHEMA_VERSION = 2

export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError'
  readonly found: number
  constructor(found: number) {
    super(`schema version ${found} is newer than ${SCHEMA_VERSION}`)
    this.found = found
  }
}

interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: 'blobs', sql: BLOB_TABLES_SQL },
  { version: 2, name: 'constant parts', sql: CONSTANT_PARTS_SQL },
]

/** Rows whose header is filled in at a time, between two messages of progress. */
const FILLED_AT_A_TIME = 5_000

/** Brings a file to the declared layout, in one transaction: it is the old one or the new one, never between. */
export function migrate(connection: Connection, tables: readonly Table[], progress: (message: string) => void): void {
  connection.exec('begin immediate')
  try {
    migrateLayout(connection, progress)
    for (const table of tables) migrateTable(connection, table, progress)
    removeUnfinishedBlobs(connection)
    connection.exec('commit')
  } catch (error) {
    if (connection.isTransaction) connection.exec('rollback')
    throw error
  }
}

function migrateLayout(connection: Connection, progress: (message: string) => void): void {
  connection.exec('create table if not exists "meta"(key text primary key, value text not null) without rowid')
  connection.exec(
    'create table if not exists "migration"(version integer primary key, name text not null, applied_at text not null)',
  )
  const found = Number(metaValue(connection, 'schema_version') ?? 0)
  if (found > SCHEMA_VERSION) throw new NewerSchemaError(found)
  for (const { version, name, sql } of MIGRATIONS.filter((migration) => migration.version > found)) {
    if (found > 0) progress(`migrating the store to schema version ${version} (${name})`)
    connection.exec(sql)
    connection.run(`insert into "migration" values (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ'))`, version, name)
  }
  setMeta(connection, 'schema_version', String(SCHEMA_VERSION))
}

/** What the file knows of a collection: the columns that hold what is declared, and what is counted. */
interface StoredTable {
  readonly columns: Readonly<Record<string, string>>
  readonly counted: string | null
}

function migrateTable(connection: Connection, table: Table, progress: (message: string) => void): void {
  const stored = storedTable(connection, table)
  if (stored === null) {
    const columns = table.columns.map((column) => `, ${quoted(column.name)} ${column.type}`).join('')
    connection.exec(`create table ${quoted(table.name)}(id text not null, rev integer${columns}, doc text not null)`)
  } else fillColumns(connection, table, stored, progress)
  migrateIndexes(connection, table, stored !== null, progress)
  migrateCounter(connection, table, stored, progress)
  const description = {
    columns: Object.fromEntries(table.columns.map((column) => [column.name, describe(column)])),
    counted: describeCounter(table),
  }
  setMeta(connection, metaKey(table), JSON.stringify(description))
}

/**
 * Columns that are new, or that stand for another path now, are filled from the documents. A column that is no longer
 * declared stays behind, unused: dropping it would rewrite the whole table.
 */
function fillColumns(
  connection: Connection,
  table: Table,
  stored: StoredTable,
  progress: (message: string) => void,
): void {
  const outdated = table.columns.filter((column) => stored.columns[column.name] !== describe(column))
  if (outdated.length === 0) return
  const present = new Set(connection.rows(`select name from pragma_table_info(?)`, table.name).map(([name]) => name))
  for (const column of outdated) {
    if (present.has(column.name)) dropColumn(connection, table, column.name)
    connection.exec(`alter table ${quoted(table.name)} add column ${quoted(column.name)} ${column.type}`)
  }
  const names = outdated.map((column) => column.name)
  progress(`filling ${names.join(', ')} of ${table.name}`)
  const sets = names.map((name) => `${quoted(name)} = ?`).join(', ')
  const places = names.map((name) => table.columnNumbers.get(name) ?? 0)
  let last = 0
  for (let done = 0; ; ) {
    const sql = `select rowid, doc from ${quoted(table.name)} where rowid > ? order by rowid limit ?`
    const rows = connection.rows(sql, last, FILLED_AT_A_TIME)
    if (rows.length === 0) return
    for (const [number, doc] of rows) {
      const header = headerOf(table, JSON.parse(String(doc)))
      last = Number(number)
      connection.run(
        `update ${quoted(table.name)} set ${sets} where rowid = ?`,
        ...places.map((place) => header[place] ?? null),
        last,
      )
    }
    done += rows.length
    progress(`filled ${names.join(', ')} of ${table.name} in ${done} documents`)
  }
}

/** An index over a column has to go before the column does. */
function dropColumn(connection: Connection, table: Table, column: string): void {
  for (const name of indexNames(connection, table)) connection.exec(`drop index ${quoted(name)}`)
  connection.exec(`alter table ${quoted(table.name)} drop column ${quoted(column)}`)
}

function migrateIndexes(
  connection: Connection,
  table: Table,
  isOlder: boolean,
  progress: (message: string) => void,
): void {
  const declared = new Set(table.indexes.map((index) => index.name))
  const present = new Set(indexNames(connection, table))
  for (const name of [...present].filter((known) => !declared.has(known))) {
    progress(`dropping the index ${name}`)
    connection.exec(`drop index ${quoted(name)}`)
  }
  for (const index of table.indexes.filter(({ name }) => !present.has(name))) {
    if (isOlder) progress(`building the index ${index.name}`)
    createIndex(connection, table, index)
  }
}

function migrateCounter(
  connection: Connection,
  table: Table,
  stored: StoredTable | null,
  progress: (message: string) => void,
): void {
  if (stored !== null && stored.counted === describeCounter(table)) return
  connection.exec(`drop table if exists ${quoted(`${table.name}__counter`)}`)
  if (table.counter === null) return
  connection.exec(createCounterSql(table.counter))
  if (stored === null) return
  progress(`counting ${table.name}`)
  rebuildCounter(connection, table, table.counter)
}

function createIndex(connection: Connection, table: Table, index: TableIndex): void {
  try {
    connection.exec(createIndexSql(table, index))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const message = `the store can not be brought to the newer layout: documents of ${table.name} share a key of ${index.name}`
    throw new RefusedOperation({ failure: 'unavailable', message })
  }
}

function createIndexSql(table: Table, index: TableIndex): string {
  const where = index.sparse === null ? '' : ` where ${quoted(index.sparse)} is not null`
  const fields = index.fields.map(quoted).join(', ')
  const kind = index.unique ? 'unique index' : 'index'
  return `create ${kind} ${quoted(index.name)} on ${quoted(table.name)}(${fields})${where}`
}

function indexNames(connection: Connection, table: Table): string[] {
  const sql = `select name from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null`
  return connection.rows(sql, table.name).map(([name]) => String(name))
}

function storedTable(connection: Connection, table: Table): StoredTable | null {
  const text = metaValue(connection, metaKey(table))
  return text === null ? null : JSON.parse(text)
}

function describe(column: TableColumn): string {
  return `${column.type} ${column.path}`
}

function describeCounter(table: Table): string | null {
  if (table.counter === null) return null
  const columns = table.counter.columns.map((number) => table.columns[number])
  return JSON.stringify([table.counter.values, table.counter.presence, columns])
}

function metaKey(table: Table): string {
  return `collection:${table.name}`
}

function metaValue(connection: Connection, key: string): string | null {
  const value = connection.value('select value from "meta" where key = ?', key)
  return value === undefined ? null : String(value)
}

function setMeta(connection: Connection, key: string, value: string): void {
  connection.run(
    'insert into "meta"(key, value) values (?, ?) on conflict(key) do update set value = excluded.value',
    key,
    value,
  )
}
