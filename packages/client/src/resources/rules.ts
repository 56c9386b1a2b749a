import type { RuleRequest, RuleTest, RuleTestEvent, RuleType, RuleView } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface RuleListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly pack?: string | undefined
  /** Reference of the action. */
  readonly action?: string | undefined
  /** Reference of the trigger, not of its type. */
  readonly trigger?: string | undefined
  readonly enabled?: boolean | undefined
  readonly show_secrets?: boolean | undefined
}

export type RulesResource = ReturnType<typeof rulesResource>

/** @source rest-api.md 9.6 */
export function rulesResource(http: Http, urls: Urls) {
  return {
    list: (query?: RuleListQuery, options?: RequestOptions): Promise<List<RuleView>> =>
      fetchList(http, urls.collection('rules', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<RuleView> =>
      http.json(urls.item('rules', refOrId), options),
    /** Rules with what their action and trigger are for. */
    views: (query?: RuleListQuery, options?: RequestOptions): Promise<List<RuleView>> =>
      fetchList(http, urls.collection('rules/views', { ...query }), options),
    view: (refOrId: string, options?: RequestOptions): Promise<RuleView> =>
      http.json(urls.item('rules/views', refOrId), options),
    create: (body: unknown, options?: RequestOptions): Promise<RuleView> =>
      http.json(urls.collection('rules'), { ...options, method: 'POST', body }),
    /** The whole rule, not a part of it. */
    update: (refOrId: string, body: unknown, options?: RequestOptions): Promise<RuleView> =>
      http.json(urls.item('rules', refOrId), { ...options, method: 'PUT', body }),
    remove: async (refOrId: string, options?: RequestOptions): Promise<void> => {
      await http.send(urls.item('rules', refOrId), { ...options, method: 'DELETE' })
    },
    /** Whether a stored rule matches an event, and what it would run. Nothing is run. */
    test: (refOrId: string, event: RuleTestEvent, options?: RequestOptions): Promise<RuleTest> =>
      http.json(urls.ruleTest(refOrId), { ...options, method: 'POST', body: event }),
    /** The same for a rule that is not stored. */
    testDefinition: (rule: RuleRequest, event: RuleTestEvent, options?: RequestOptions): Promise<RuleTest> =>
      http.json(urls.ruleTest(null), { ...options, method: 'POST', body: { ...event, rule } }),
    types: (options?: RequestOptions): Promise<List<RuleType>> =>
      fetchList(http, urls.collection('ruletypes'), options),
  }
}
