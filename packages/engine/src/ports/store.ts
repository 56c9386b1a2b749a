import type { Collection, Document, VersionedDocument } from '@st2/model'

export type HeaderValue = string | number | null

/**
 * One condition of a filter; the conditions of a filter are AND-ed.
 * `field` names a header field or `id`. `eq null` means "absent", `ne null` "present". `ne` and `nin` of values match
 * documents without the field too; `lt` … `gte` and `prefix` never do. Text compares by code points. `in` and `nin`
 * take at most 1,000 values. A header field is absent when the document holds nothing, or another type, at its path.
 *
 * Errors: InvalidError for a field that is not declared and for a value that is not of its type.
 */
export type Condition =
  | { readonly field: string; readonly op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'; readonly value: HeaderValue }
  | { readonly field: string; readonly op: 'in' | 'nin'; readonly value: readonly HeaderValue[] }
  | { readonly field: string; readonly op: 'prefix'; readonly value: string }
  /**
   * Any dotted path of the document, exact match; answered by a bounded scan, newest first (by the query's order, or
   * by id), not by an index: what lies beyond the bound is not found.
   */
  | { readonly path: string; readonly op: 'eq'; readonly value: string | number | boolean }
  /**
   * Some text or number at one of these paths, or anywhere below one, contains the value, upper or lower case alike (letters beyond
   * ASCII as JavaScript's toLowerCase has them). Answered by the same bounded scan.
   */
  | { readonly paths: readonly string[]; readonly op: 'contains'; readonly value: string }

export type Filter = readonly Condition[]

export interface Order {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

export interface Query {
  readonly filter?: Filter
  /** Absent values come first, ascending. Ties are broken by id in the direction of the last field. Default: by id, ascending. */
  readonly order?: readonly Order[]
  readonly limit?: number
  readonly offset?: number
}

/**
 * What a claim writes: values by dotted path; `undefined` removes. `push` appends one entry to the array at a path.
 * Missing objects and arrays on the way are made. `id`, `rev` and what the collection calls constant are not the patch's to set.
 */
export interface Patch {
  readonly set?: Readonly<Record<string, unknown>>
  readonly push?: Readonly<Record<string, unknown>>
}

export interface Claim {
  readonly filter: Filter
  readonly order: readonly Order[]
  readonly limit: number
  readonly patch: Patch
}

/** How many documents of each kind there are, and when. */
export interface Tally {
  /** Conditions on free paths are refused: what they leave is found by a scan. */
  readonly filter: Filter
  /** The header field whose values are counted. */
  readonly by: string
  /** A text field, and how many of its first characters make a group: of a timestamp its day, its hour. Documents without it are not counted. */
  readonly over: { readonly field: string; readonly length: number }
  /** Documents that are looked at, at most: those with the last values of `over`. */
  readonly limit: number
}

export interface TallyGroup {
  readonly over: string
  readonly value: HeaderValue
  readonly count: number
}

/**
 * The truth. Documents are plain JSON objects; a property that is `undefined` is not stored.
 * A write promise resolves when the write is durable (synced); a write that fails changes nothing.
 * Documents handed out are the caller's own: changing one changes nothing in the store.
 *
 * Every document has the fields of a unique index of its collection; only a sparse one allows documents without.
 *
 * Errors: ConflictError (unique key taken, with the holder's id) from insert, put, replace and claim; UnavailableError when the
 * store cannot write now (full disk, no connection), after which later writes may succeed again.
 */
export interface Store {
  /** Inserts all or none. Ids are the caller's. */
  insert<T extends Document>(collection: Collection<T>, ...documents: readonly T[]): Promise<void>

  /** Inserts, or replaces the document of that id whatever it was. For records only one writer owns. */
  put<T extends Document>(collection: Collection<T>, ...documents: readonly T[]): Promise<void>

  /**
   * Compare-and-set: replaces the document if its stored `rev` is still `document.rev`, and stores rev + 1. What the collection calls
   * constant is as it was read, so that it need not be written again.
   * Answers the document as stored, or null when another writer was faster or it is gone.
   */
  replace<T extends VersionedDocument>(collection: Collection<T>, document: T): Promise<T | null>

  /**
   * Patches up to `limit` matching documents, each for exactly one caller, and answers them as patched (rev + 1).
   * Two concurrent claims never answer the same document unless the patch leaves it matching.
   */
  claim<T extends VersionedDocument>(collection: Collection<T>, claim: Claim): Promise<T[]>

  get<T extends Document>(collection: Collection<T>, id: string): Promise<T | null>

  find<T extends Document>(collection: Collection<T>, query: Query): Promise<T[]>

  /** Exact. Costs nothing that grows with the collection when the filter uses counted fields only. */
  count<T extends Document>(collection: Collection<T>, filter: Filter): Promise<number>

  /** Distinct values of a header field, ascending, at most `limit`; absence is no value. Counted fields cost nothing that grows. */
  distinct<T extends Document>(collection: Collection<T>, field: string, limit: number): Promise<HeaderValue[]>

  /** Counts in groups; ascending by `over`, then by value, absent values first. */
  tally<T extends Document>(collection: Collection<T>, tally: Tally): Promise<TallyGroup[]>

  /** Removes up to `limit` matching documents; answers how many. */
  remove<T extends Document>(collection: Collection<T>, filter: Filter, limit: number): Promise<number>

  close(): Promise<void>
}
