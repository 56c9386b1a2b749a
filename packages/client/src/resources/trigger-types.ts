import type { TriggerType, TriggerTypeRequest } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface TriggerTypeListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  readonly name?: readonly string[] | undefined
  readonly pack?: string | undefined
}

export type TriggerTypesResource = ReturnType<typeof triggerTypesResource>

/** Kinds of events. @source rest-api.md 9.7 */
export function triggerTypesResource(http: Http, urls: Urls) {
  return {
    list: (query?: TriggerTypeListQuery, options?: RequestOptions): Promise<List<TriggerType>> =>
      fetchList(http, urls.collection('triggertypes', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<TriggerType> =>
      http.json(urls.item('triggertypes', refOrId), options),
    create: (body: TriggerTypeRequest, options?: RequestOptions): Promise<TriggerType> =>
      http.json(urls.collection('triggertypes'), { ...options, method: 'POST', body }),
    update: (refOrId: string, body: TriggerTypeRequest, options?: RequestOptions): Promise<TriggerType> =>
      http.json(urls.item('triggertypes', refOrId), { ...options, method: 'PUT', body: { id: null, ...body } }),
    remove: async (refOrId: string, options?: RequestOptions): Promise<void> => {
      await http.send(urls.item('triggertypes', refOrId), { ...options, method: 'DELETE' })
    },
  }
}
