import type { Policy, PolicyRequest, PolicyType } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface PolicyListQuery extends ListQuery {
  readonly name?: string | undefined
  readonly pack?: string | undefined
  /** Reference of the action that is governed. */
  readonly resource_ref?: string | undefined
  readonly policy_type?: string | undefined
}

export interface PolicyTypeListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  readonly name?: readonly string[] | undefined
  readonly resource_type?: string | undefined
}

export type PoliciesResource = ReturnType<typeof policiesResource>
export type PolicyTypesResource = ReturnType<typeof policyTypesResource>

/** @source rest-api.md 9.9 */
export function policiesResource(http: Http, urls: Urls) {
  return {
    list: (query?: PolicyListQuery, options?: RequestOptions): Promise<List<Policy>> =>
      fetchList(http, urls.collection('policies', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<Policy> =>
      http.json(urls.item('policies', refOrId), options),
    create: (body: PolicyRequest, options?: RequestOptions): Promise<Policy> =>
      http.json(urls.collection('policies'), { ...options, method: 'POST', body }),
    /** The whole policy, not a part of it. */
    update: (refOrId: string, body: PolicyRequest, options?: RequestOptions): Promise<Policy> =>
      http.json(urls.item('policies', refOrId), { ...options, method: 'PUT', body }),
    remove: async (refOrId: string, options?: RequestOptions): Promise<void> => {
      await http.send(urls.item('policies', refOrId), { ...options, method: 'DELETE' })
    },
  }
}

export function policyTypesResource(http: Http, urls: Urls) {
  return {
    list: (query?: PolicyTypeListQuery, options?: RequestOptions): Promise<List<PolicyType>> =>
      fetchList(http, urls.collection('policytypes', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<PolicyType> =>
      http.json(urls.item('policytypes', refOrId), options),
  }
}
