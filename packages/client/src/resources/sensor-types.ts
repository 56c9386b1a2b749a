import type { SensorType } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface SensorTypeListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly pack?: string | undefined
  /** Reference of a trigger type that the sensor emits. */
  readonly trigger?: string | undefined
  readonly enabled?: boolean | undefined
}

export type SensorTypesResource = ReturnType<typeof sensorTypesResource>

/** @source rest-api.md 9.7 */
export function sensorTypesResource(http: Http, urls: Urls) {
  return {
    list: (query?: SensorTypeListQuery, options?: RequestOptions): Promise<List<SensorType>> =>
      fetchList(http, urls.collection('sensortypes', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<SensorType> =>
      http.json(urls.item('sensortypes', refOrId), options),
    setEnabled: (refOrId: string, enabled: boolean, options?: RequestOptions): Promise<SensorType> =>
      http.json(urls.item('sensortypes', refOrId), { ...options, method: 'PUT', body: { enabled } }),
  }
}
