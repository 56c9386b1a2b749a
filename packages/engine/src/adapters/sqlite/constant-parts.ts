import type { Connection } from './connection.ts'
import { quoted, type Table } from './table.ts'

/**
 * Constant fields of a document, when they are large, stand in a row of their own: a change of the document writes what changes and not
 * these. The document in its table is without them; whoever reads it joins the two. A collection that calls less constant than before needs
 * a migration.
 */
export const CONSTANT_PARTS_SQL = `
  create table if not exists "constant_part"(
    collection text not null, id text not null, content text not null, primary key (collection, id)
  );`

/** Characters from which on constant fields stand apart: a page of the file. Looking up a row of their own costs less than writing that. */
const APART_FROM = 4_096
/** What a value that is no text counts. */
const OTHER = 4

export interface DocumentTexts {
  readonly doc: string
  /** Null: what is constant stands in `doc`. */
  readonly part: string | null
}

/** A document as it is stored. */
export function textsOf(table: Table, document: object): DocumentTexts {
  const { doc, isParted } = changedTextOf(table, document)
  return { doc, part: isParted ? JSON.stringify(constantsOf(table, document)) : null }
}

/** What of a document may have changed, and whether there is more of it. */
export function changedTextOf(table: Table, document: object): { readonly doc: string; readonly isParted: boolean } {
  const isParted = table.constant.length > 0 && isLarge(constantsOf(table, document))
  if (!isParted) return { doc: JSON.stringify(document), isParted }
  const rest = Object.entries(document).filter(([name]) => !table.constant.includes(name))
  return { doc: JSON.stringify(Object.fromEntries(rest)), isParted }
}

/** Looks no further than it must: a megabyte is not gone through to know that it is one. */
function isLarge(value: unknown): boolean {
  let room = APART_FROM
  const waiting = [value]
  while (waiting.length > 0 && room > 0) {
    const item = waiting.pop()
    if (typeof item === 'string') room -= item.length
    else if (Array.isArray(item)) for (const inner of item) waiting.push(inner)
    else if (typeof item === 'object' && item !== null) {
      for (const [key, inner] of Object.entries(item)) if (inner !== undefined) waiting.push(key, inner)
    }
    room -= OTHER
  }
  return room <= 0
}

function constantsOf(table: Table, document: object): object {
  return Object.fromEntries(table.constant.map((name) => [name, Reflect.get(document, name)]))
}

/** Its column in what is selected; no field has such a name. */
export const PART = quoted('#part')

/** What is selected to read documents of a table. */
export function docColumns(table: Table): string[] {
  if (table.constant.length === 0) return ['doc']
  const part = `select content from "constant_part" where collection = '${table.name}' and id = ${quoted(table.name)}.id`
  return ['doc', `(${part}) as ${PART}`]
}

/** The text of a document, of what `docColumns` selected. */
export function joinedDoc(doc: unknown, part: unknown): string {
  const text = String(doc)
  // Two objects, and neither is empty.
  return typeof part === 'string' ? `${text.slice(0, -1)},${part.slice(1)}` : text
}

export function storePart(connection: Connection, table: Table, id: string, part: string): void {
  const sql = 'insert or replace into "constant_part"(collection, id, content) values (?, ?, ?)'
  connection.run(sql, table.name, id, part)
}

export function readPart(connection: Connection, table: Table, id: string): string | null {
  if (table.constant.length === 0) return null
  const sql = 'select content from "constant_part" where collection = ? and id = ?'
  const part = connection.value(sql, table.name, id)
  return typeof part === 'string' ? part : null
}

export function removePart(connection: Connection, table: Table, id: string): void {
  if (table.constant.length === 0) return
  connection.run('delete from "constant_part" where collection = ? and id = ?', table.name, id)
}

/** What is constant in a document that was stored whole, by a version that did not part them, gets its row. */
export function partStored(connection: Connection, table: Table, id: string): void {
  const sql = 'select 1 from "constant_part" where collection = ? and id = ?'
  if (connection.value(sql, table.name, id) !== undefined) return
  const doc = connection.value(`select doc from ${quoted(table.name)} where id = ?`, id)
  storePart(connection, table, id, JSON.stringify(constantsOf(table, JSON.parse(String(doc)))))
}
