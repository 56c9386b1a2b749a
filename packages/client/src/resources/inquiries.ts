import type { Inquiry, InquiryResponse } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface InquiryListQuery {
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export type InquiriesResource = ReturnType<typeof inquiriesResource>

/** Questions that wait for people. @source rest-api.md 9.5 */
export function inquiriesResource(http: Http, urls: Urls) {
  return {
    list: (query?: InquiryListQuery, options?: RequestOptions): Promise<List<Inquiry>> =>
      fetchList(http, urls.collection('inquiries', { ...query }), options),
    get: (id: string, options?: RequestOptions): Promise<Inquiry> => http.json(urls.item('inquiries', id), options),
    respond: (
      id: string,
      response: Readonly<Record<string, unknown>>,
      options?: RequestOptions,
    ): Promise<InquiryResponse> =>
      http.json(urls.item('inquiries', id), { ...options, method: 'PUT', body: { id, response } }),
  }
}
