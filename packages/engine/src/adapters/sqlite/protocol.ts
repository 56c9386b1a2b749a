/** What crosses between the store's threads. Many operations go in one message, and answers come in their order. */
export type Cell = string | number | null

/** `[id, rev, doc, part, …header]`: `part` is what is constant and stands apart, or null; the header is in the table's column order. */
export type Row = readonly Cell[]

/** Where the header begins in a row. */
export const HEADER_AT = 4

/**
 * A collection is named by its place in the list the store was opened with; filters and queries travel as JSON. A replace brings no part:
 * `isParted` says whether there is one.
 */
export type WriteOperation =
  | readonly ['insert', table: number, rows: readonly Row[]]
  | readonly ['put', table: number, rows: readonly Row[]]
  | readonly ['replace', table: number, row: Row, expectedRev: number, isParted: boolean]
  | readonly ['claim', table: number, claim: string]
  | readonly ['remove', table: number, filter: string, limit: number]
  | readonly ['blob-put', hash: string, size: number, content: Uint8Array]
  | readonly ['blob-chunk', hash: string, number: number, content: Uint8Array]
  | readonly ['blob-finish', hash: string, size: number]
  | readonly ['blob-remove', hash: string]

export type ReadOperation =
  | readonly ['get', table: number, id: string]
  | readonly ['find', table: number, query: string]
  | readonly ['count', table: number, filter: string]
  | readonly ['distinct', table: number, field: string, limit: number]
  | readonly ['tally', table: number, tally: string]
  | readonly ['blob-size', hash: string]
  | readonly ['blob-hashes', after: string, limit: number]
  | readonly ['blob-read', hash: string, number: number]

const READS: Readonly<Record<ReadOperation[0], true>> = {
  get: true,
  find: true,
  count: true,
  distinct: true,
  tally: true,
  'blob-size': true,
  'blob-hashes': true,
  'blob-read': true,
}

export function isRead(operation: Operation): operation is ReadOperation {
  return Object.hasOwn(READS, operation[0])
}

/** `checkpoint` copies the log's pages into the file; `close` is the last operation of a thread. */
export type ControlOperation = readonly ['checkpoint'] | readonly ['close']

export type Operation = WriteOperation | ReadOperation | ControlOperation

export type Result = null | number | string | readonly Cell[] | Uint8Array | Failure

export interface Failure {
  readonly failure: 'conflict' | 'invalid' | 'too-large' | 'unavailable' | 'internal'
  readonly message: string
  readonly conflictId?: string | null
}

/** What a thread says. `ready`, `refused` or `newer-version` comes once, before the first results. */
export type Answer =
  | { readonly kind: 'results'; readonly results: readonly Result[] }
  /** The log has grown: another thread should copy it into the file, so that the writer need not stop for it. */
  | { readonly kind: 'log-grown' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly message: string }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'newer-version'; readonly found: number; readonly supported: number }

export function isFailure(result: Result): result is Failure {
  return typeof result === 'object' && result !== null && 'failure' in result
}
