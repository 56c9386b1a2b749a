/** A document of any collection. `id` is 24 hex digits unless the collection says otherwise. */
export interface Document {
  readonly id: string
}

/** A document that several writers may want: `rev` counts its writes, and a writer names the one it read. */
export interface VersionedDocument extends Document {
  readonly rev: number
}

export type HeaderType = 'text' | 'integer'

/** A header field: what queries may filter and order by. `path` is where it stands in the document. */
export interface HeaderField {
  readonly path: string
  readonly type: HeaderType
}

export function text(path: string): HeaderField {
  return { path, type: 'text' }
}

export function integer(path: string): HeaderField {
  return { path, type: 'integer' }
}

export interface IndexSpec {
  readonly fields: readonly string[]
  readonly unique?: boolean
  /** Only documents that have this field are in the index. A unique sparse index ignores documents without it. */
  readonly sparse?: string
}

/**
 * Fields whose value combinations have a maintained counter each. A total over any subset of them is a sum over the
 * combinations that occur, so keep them few-valued. `presence` counts only whether a field is there.
 */
export interface CountedFields {
  readonly values: readonly string[]
  readonly presence: readonly string[]
}

/**
 * A declared collection: its name, the typed header that queries may use, its indexes, and the header fields whose
 * combinations are counted as they change (so that a filtered total costs nothing). The rest of a document is a
 * body that the store hands through.
 */
export interface Collection<T extends Document> {
  readonly name: string
  readonly fields: Readonly<Record<string, HeaderField>>
  readonly indexes: readonly IndexSpec[]
  readonly counted?: CountedFields
  /**
   * Top-level fields that no write after the insert changes: a replace carries them as they were read, a patch does not name them, and
   * no header field stands in one. A store need not write them again, however large they are.
   */
  readonly constant?: readonly string[]
  /** Carries the type; never present. */
  readonly document?: T
}
