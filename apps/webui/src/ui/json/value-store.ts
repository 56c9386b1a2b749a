import type { LazyList } from '../lazy-list.ts'
import type { JsonSource } from './json-source.ts'

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

/** What stands at a path, without what is in it. */
export interface Described {
  readonly type: JsonType
  /** Entries, or characters of a text; 0 for what has neither. */
  readonly count: number
  /** The first of its entries is an object: a list of them can be a table. */
  readonly isTable: boolean
  /** A text that is better read line by line than in a row of a tree. */
  readonly isText: boolean
}

export interface Match {
  readonly path: string
  readonly isKey: boolean
  /** From 0, in the text that stands there. */
  readonly line: number
  /** Around the match, and where it begins in it. */
  readonly excerpt: string
  readonly column: number
}

export interface Matches {
  readonly matches: readonly Match[]
  /** Where to go on looking; null: that was all. */
  readonly next: number | null
}

/** A JSON value wherever it is: on the page, or on a server that tells what is looked at. */
export interface ValueStore {
  /** Bytes. */
  readonly size: number
  readonly describe: (path: string) => Described | Promise<Described>
  readonly tree: (path: string) => JsonSource
  readonly table: (path: string, count: number) => LazyList<unknown>
  /** @param known so many lines there are at least */
  readonly text: (path: string, known: number) => LazyList<string>
  /** What is copied of a place: a text as it is, anything else as JSON. */
  readonly copy: (path: string) => string | Promise<string>
  /** Lines of the value as JSON. */
  readonly raw: () => LazyList<string>
  readonly search: (query: string, from: number, signal: AbortSignal) => Promise<Matches>
}
