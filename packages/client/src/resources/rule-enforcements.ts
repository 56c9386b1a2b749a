import type { RuleEnforcement, RuleEnforcementView } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface RuleEnforcementListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  readonly rule_ref?: string | undefined
  readonly rule_id?: string | undefined
  /** Id of the execution that was requested. */
  readonly execution?: string | undefined
  /** Id. */
  readonly trigger_instance?: string | undefined
  readonly enforced_at_gt?: string | undefined
  readonly enforced_at_lt?: string | undefined
}

export type RuleEnforcementsResource = ReturnType<typeof ruleEnforcementsResource>

/** @source rest-api.md 9.6 */
export function ruleEnforcementsResource(http: Http, urls: Urls) {
  return {
    list: (query?: RuleEnforcementListQuery, options?: RequestOptions): Promise<List<RuleEnforcement>> =>
      fetchList(http, urls.collection('ruleenforcements', { ...query }), options),
    get: (id: string, options?: RequestOptions): Promise<RuleEnforcement> =>
      http.json(urls.item('ruleenforcements', id), options),
    /** Each with its trigger instance and the execution it made. */
    views: (query?: RuleEnforcementListQuery, options?: RequestOptions): Promise<List<RuleEnforcementView>> =>
      fetchList(http, urls.collection('ruleenforcements/views', { ...query }), options),
    view: (id: string, options?: RequestOptions): Promise<RuleEnforcementView> =>
      http.json(urls.item('ruleenforcements/views', id), options),
  }
}
