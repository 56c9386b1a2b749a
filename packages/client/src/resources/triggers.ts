import type { TriggerRequest, TriggerView } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List } from '../list.ts'
import type { Urls } from '../urls.ts'

export type TimerType = 'core.st2.IntervalTimer' | 'core.st2.DateTimer' | 'core.st2.CronTimer'

export interface TriggerListQuery {
  /** Reference of the trigger type. */
  readonly type?: string | undefined
}

export type TriggersResource = ReturnType<typeof triggersResource>
export type TimersResource = ReturnType<typeof timersResource>
export type WebhooksResource = ReturnType<typeof webhooksResource>

/** Trigger types with parameters: what rules listen to. @source rest-api.md 9.7 */
export function triggersResource(http: Http, urls: Urls) {
  return {
    /** NOTE: the server does not count triggers: `total` is null. */
    list: (query?: TriggerListQuery, options?: RequestOptions): Promise<List<TriggerView>> =>
      fetchList(http, urls.collection('triggers', { ...query }), options),
    get: (id: string, options?: RequestOptions): Promise<TriggerView> => http.json(urls.item('triggers', id), options),
    create: (body: TriggerRequest, options?: RequestOptions): Promise<TriggerView> =>
      http.json(urls.collection('triggers'), { ...options, method: 'POST', body }),
    update: (id: string, body: TriggerRequest, options?: RequestOptions): Promise<TriggerView> =>
      http.json(urls.item('triggers', id), { ...options, method: 'PUT', body: { ...body, id } }),
    remove: async (id: string, options?: RequestOptions): Promise<void> => {
      await http.send(urls.item('triggers', id), { ...options, method: 'DELETE' })
    },
  }
}

/** The triggers that fire by the clock. @source rest-api.md 9.7 */
export function timersResource(http: Http, urls: Urls) {
  return {
    list: (query?: { timer_type?: TimerType | undefined }, options?: RequestOptions): Promise<List<TriggerView>> =>
      fetchList(http, urls.collection('timers', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<TriggerView> =>
      http.json(urls.item('timers', refOrId), options),
  }
}

/** The triggers that requests fire. @source rest-api.md 9.7, 12 */
export function webhooksResource(http: Http, urls: Urls) {
  return {
    list: (options?: RequestOptions): Promise<List<TriggerView>> =>
      fetchList(http, urls.collection('webhooks'), options),
    get: (url: string, options?: RequestOptions): Promise<TriggerView> => http.json(urls.webhook(url), options),
    /** Answers the body as the server understood it, once the event is stored. */
    send: (
      url: string,
      body: object,
      traceTag?: string,
      options?: RequestOptions,
    ): Promise<Record<string, unknown> | unknown[]> =>
      http.json(urls.webhook(url), {
        ...options,
        method: 'POST',
        body,
        ...(traceTag === undefined ? {} : { headers: { 'st2-trace-tag': traceTag } }),
      }),
    /** Address for whoever is to call. */
    url: (url: string): string => urls.webhook(url),
  }
}
