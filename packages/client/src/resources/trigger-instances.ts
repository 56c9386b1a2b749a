import type { TriggerInstanceStatus, TriggerInstanceView } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface TriggerInstanceListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  /** Reference of the trigger. */
  readonly trigger?: string | undefined
  /** Reference of the trigger type: instances of all its triggers. */
  readonly trigger_type?: string | undefined
  readonly status?: TriggerInstanceStatus | undefined
  readonly timestamp_gt?: string | undefined
  readonly timestamp_lt?: string | undefined
}

/** The stored event is dispatched once more, under a new id. */
export interface ReEmitAnswer {
  readonly message: string
  readonly payload: Record<string, unknown>
}

export type TriggerInstancesResource = ReturnType<typeof triggerInstancesResource>

/** What happened. @source rest-api.md 9.7 */
export function triggerInstancesResource(http: Http, urls: Urls) {
  return {
    list: (query?: TriggerInstanceListQuery, options?: RequestOptions): Promise<List<TriggerInstanceView>> =>
      fetchList(http, urls.collection('triggerinstances', { ...query }), options),
    get: (id: string, options?: RequestOptions): Promise<TriggerInstanceView> =>
      http.json(urls.item('triggerinstances', id), options),
    reEmit: (id: string, options?: RequestOptions): Promise<ReEmitAnswer> =>
      http.json(urls.triggerInstanceReEmit(id), { ...options, method: 'POST', body: null }),
  }
}
