import type { Connection } from './connection.ts'
import { RefusedOperation } from './failure.ts'

/** Bytes of a stored piece. */
export const CHUNK_BYTES = 256 * 1024

export const BLOB_TABLES_SQL = `
  create table if not exists "blob"(hash text primary key, size integer not null) without rowid;
  create table if not exists "blob_chunk"(
    hash text not null, number integer not null, content blob not null, primary key (hash, number)
  );`

/** A blob of one piece. */
export function storeBlob(connection: Connection, hash: string, size: number, content: Uint8Array): null {
  if (blobSize(connection, hash) !== null) return null
  if (size > 0) storeChunk(connection, hash, 0, content)
  return finishBlob(connection, hash, size)
}

export function storeChunk(connection: Connection, hash: string, number: number, content: Uint8Array): null {
  connection.run('insert or ignore into "blob_chunk"(hash, number, content) values (?, ?, ?)', hash, number, content)
  return null
}

/** A blob exists when its row does; pieces without one are left-overs of a write that did not end. */
export function finishBlob(connection: Connection, hash: string, size: number): null {
  const pieces = Number(connection.value('select count(*) from "blob_chunk" where hash = ?', hash))
  if (pieces !== Math.ceil(size / CHUNK_BYTES))
    throw new RefusedOperation({ failure: 'unavailable', message: `the blob ${hash} was removed while it was written` })
  connection.run('insert or ignore into "blob"(hash, size) values (?, ?)', hash, size)
  return null
}

export function removeBlob(connection: Connection, hash: string): null {
  if (connection.run('delete from "blob" where hash = ?', hash) > 0)
    connection.run('delete from "blob_chunk" where hash = ?', hash)
  return null
}

export function removeUnfinishedBlobs(connection: Connection): number {
  return connection.run('delete from "blob_chunk" where hash not in (select hash from "blob")')
}

export function blobSize(connection: Connection, hash: string): number | null {
  const size = connection.value('select size from "blob" where hash = ?', hash)
  return size === undefined ? null : Number(size)
}

export function blobHashes(connection: Connection, after: string, limit: number): string[] {
  const rows = connection.rows('select hash from "blob" where hash > ? order by hash limit ?', after, limit)
  return rows.map(([hash]) => String(hash))
}

export function readChunk(connection: Connection, hash: string, number: number): Uint8Array | null {
  return connection.bytes('select content from "blob_chunk" where hash = ? and number = ?', hash, number) ?? null
}
