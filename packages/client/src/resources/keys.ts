import type { FromSchema, KeyValueSet, keyValuePairSchema } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List } from '../list.ts'
import type { Urls } from '../urls.ts'

/** A datastore item as the API shows it. */
export type ShownKeyValuePair = FromSchema<typeof keyValuePairSchema>

/** Where an item is. @default the system's scope */
export interface KeyPlaceQuery {
  /** `system` or `user`, or the full name; in lists also `all`. */
  readonly scope?: string | undefined
  /** Whose; the user's scope is meant then. */
  readonly user?: string | undefined
}

export interface KeyGetQuery extends KeyPlaceQuery {
  /** Secrets as plain text. */
  readonly decrypt?: boolean | undefined
}

export interface KeyListQuery extends KeyGetQuery {
  readonly prefix?: string | undefined
  /** Of each scope; -1: everything. */
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export type KeysResource = ReturnType<typeof keysResource>

/** The datastore. @source rest-api.md 9.10 */
export function keysResource(http: Http, urls: Urls) {
  return {
    /** NOTE: the server does not count items: `total` is null. */
    list: (query?: KeyListQuery, options?: RequestOptions): Promise<List<ShownKeyValuePair>> =>
      fetchList(http, urls.collection('keys', { ...query }), options),
    get: (name: string, query?: KeyGetQuery, options?: RequestOptions): Promise<ShownKeyValuePair> =>
      http.json(urls.item('keys', name, { ...query }), options),
    /** Creates the item or replaces it. Its scope and user stand in the body. */
    set: (name: string, body: Omit<KeyValueSet, 'name'>, options?: RequestOptions): Promise<ShownKeyValuePair> =>
      http.json(urls.item('keys', name), { ...options, method: 'PUT', body: { ...body, name } }),
    remove: async (name: string, place?: KeyPlaceQuery, options?: RequestOptions): Promise<void> => {
      await http.send(urls.item('keys', name, { ...place }), { ...options, method: 'DELETE' })
    },
  }
}
