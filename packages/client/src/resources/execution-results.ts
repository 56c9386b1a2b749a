import type { Http, RequestOptions } from '../http.ts'
import type { Urls } from '../urls.ts'

export type ResultType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

/** Something in a result, by its place in the result's text: bytes from `start` up to, not including, `end`. */
export interface ResultEntry {
  readonly key: string | number
  readonly path: string
  readonly type: ResultType
  readonly start: number
  readonly end: number
  /** Entries of an object or array, characters of a string. */
  readonly count: number | null
  /** The beginning of a scalar, as text. */
  readonly preview: string
  /** The preview is all of it. */
  readonly is_whole: boolean
}

export interface ResultOutline extends Omit<ResultEntry, 'key' | 'preview' | 'is_whole'> {
  readonly offset: number
  readonly limit: number
  readonly etag: string
  /** Bytes of the whole result. */
  readonly size: number
  readonly children: readonly ResultEntry[]
}

export interface ResultMatch {
  readonly path: string
  readonly kind: 'key' | Exclude<ResultType, 'object' | 'array'>
  readonly start: number
  readonly offset: number
  /** From 0, within the decoded string. */
  readonly line: number
  readonly column: number
  readonly excerpt: string
  readonly excerpt_column: number
}

export interface ResultMatches {
  readonly query: string
  readonly size: number
  readonly etag: string
  /** Where to go on looking; null: that was all. */
  readonly next: number | null
  readonly matches: readonly ResultMatch[]
}

export interface ResultLines {
  readonly path: string
  readonly etag: string
  readonly from: number
  readonly total: number
  readonly lines: readonly string[]
  /** Indexes, within `lines`, of those that are not whole. */
  readonly cut?: readonly number[]
}

/** Large results piece by piece; paths look like `$.tasks[3]["a b"]`. */
export function executionResults(http: Http, urls: Urls) {
  return {
    /** What stands at a path, and a page of what is in it. */
    outline: (
      id: string,
      query: { path?: string; offset?: number; limit?: number } = {},
      options?: RequestOptions,
    ): Promise<ResultOutline> => http.json(urls.executionResultView(id, 'outline', query), options),
    search: (
      id: string,
      query: { q: string; from?: number; limit?: number; case_sensitive?: boolean },
      options?: RequestOptions,
    ): Promise<ResultMatches> => http.json(urls.executionResultView(id, 'search', query), options),
    /** A string of the result as lines. */
    lines: (
      id: string,
      query: { path: string; from?: number; limit?: number },
      options?: RequestOptions,
    ): Promise<ResultLines> => http.json(urls.executionResultView(id, 'lines', query), options),
    /** Bytes of the result's text. */
    bytes: async (id: string, start: number, end: number, options?: RequestOptions): Promise<Uint8Array> => {
      const headers = { range: `bytes=${start}-${end - 1}` }
      const response = await http.send(urls.executionResult(id), { ...options, headers })
      return new Uint8Array(await response.arrayBuffer())
    },
  }
}
