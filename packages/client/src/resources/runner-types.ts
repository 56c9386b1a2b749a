import type { RunnerType } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface RunnerTypeListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  readonly name?: readonly string[] | undefined
}

export type RunnerTypesResource = ReturnType<typeof runnerTypesResource>

/** @source rest-api.md 9.2 */
export function runnerTypesResource(http: Http, urls: Urls) {
  return {
    list: (query?: RunnerTypeListQuery, options?: RequestOptions): Promise<List<RunnerType>> =>
      fetchList(http, urls.collection('runnertypes', { ...query }), options),
    get: (nameOrId: string, options?: RequestOptions): Promise<RunnerType> =>
      http.json(urls.item('runnertypes', nameOrId), options),
    /** Only `enabled` is applied; the body must carry the runner's `id` too. */
    update: (nameOrId: string, body: RunnerType, options?: RequestOptions): Promise<RunnerType> =>
      http.json(urls.item('runnertypes', nameOrId), { ...options, method: 'PUT', body }),
  }
}
