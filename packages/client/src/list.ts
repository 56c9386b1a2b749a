import type { Http, RequestOptions } from './http.ts'
import type { QueryValue } from './urls.ts'

/** One page of a list. */
export interface List<T> {
  readonly items: T[]
  /** How many match, whatever the page; null where the server does not count. */
  readonly total: number | null
  /** The page size in effect; null when unlimited. */
  readonly limit: number | null
}

export interface ListQuery {
  /** -1: everything (administrators). */
  readonly limit?: number | undefined
  readonly offset?: number | undefined
  /** Field names, `-` before a name for descending. */
  readonly sort?: string | undefined
  readonly include_attributes?: readonly string[] | undefined
  readonly exclude_attributes?: readonly string[] | undefined
}

/** A list query with filters that have no type here. */
export type FreeListQuery = ListQuery & { readonly [filter: string]: QueryValue }

/** @source rest-api.md 7.1 */
export async function fetchList<T>(http: Http, url: string, options?: RequestOptions): Promise<List<T>> {
  const response = await http.send(url, options)
  return {
    items: await http.read<T[]>(response, url),
    total: countOf(response.headers.get('x-total-count')),
    limit: countOf(response.headers.get('x-limit')),
  }
}

function countOf(header: string | null): number | null {
  return header === null || !/^\d+$/.test(header) ? null : Number(header)
}
