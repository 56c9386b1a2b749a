import type { Http, RequestOptions } from '../http.ts'
import { type FreeListQuery, fetchList, type List } from '../list.ts'
import type { Query, Urls } from '../urls.ts'

/** What every collection of the API offers under its own path; which of the verbs a resource has, its routes decide. */
export interface CollectionResource<T> {
  list(query?: FreeListQuery, options?: RequestOptions): Promise<List<T>>
  get(id: string, query?: Query, options?: RequestOptions): Promise<T>
  create(body: unknown, options?: RequestOptions): Promise<T>
  update(id: string, body: unknown, options?: RequestOptions): Promise<T>
  delete(id: string, options?: RequestOptions): Promise<void>
}

export function collectionResource<T>(http: Http, urls: Urls, path: string): CollectionResource<T> {
  return {
    list: (query, options) => fetchList<T>(http, urls.collection(path, query), options),
    get: (id, query, options) => http.json<T>(urls.item(path, id, query), options),
    create: (body, options) => http.json<T>(urls.collection(path), { ...options, method: 'POST', body }),
    update: (id, body, options) => http.json<T>(urls.item(path, id), { ...options, method: 'PUT', body }),
    delete: async (id, options) => {
      await http.send(urls.item(path, id), { ...options, method: 'DELETE' })
    },
  }
}
