import type { Rule, RuleRequest } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import type { Ids } from '../ports/ids.ts'
import type { Log } from '../ports/log.ts'
import { releaseTrigger } from '../triggers/acquire-trigger.ts'
import type { TriggerStore } from '../triggers/trigger-store.ts'
import type { TriggerTypeStore } from '../triggers/trigger-type-store.ts'
import { acquireRequested, requestedRule } from './rule-definition.ts'
import type { RuleStore } from './rule-store.ts'

/** What the use cases of rules work with. */
export interface RuleDeps {
  readonly rules: RuleStore
  readonly triggers: TriggerStore
  readonly triggerTypes: TriggerTypeStore
  readonly ids: Ids
  readonly log: Log
  readonly settings: {
    /** `[system] validate_trigger_parameters` */
    readonly validateTriggerParameters: boolean
  }
}

/**
 * Makes a rule and, where there is none yet, the trigger it listens to. Whether its action exists is seen when it fires.
 *
 * @throws InvalidError, ConflictError: nothing was changed
 * @source rest-api.md 9.6
 */
export async function createRule(deps: RuleDeps, principal: Principal, request: RuleRequest): Promise<Rule> {
  const rule = await insertRule(deps, request, { ...request.context, user: principal.user })
  deps.log.info({ user: principal.user, rule: rule.ref, id: rule.id }, 'rule created')
  return rule
}

/** The same for whoever has checked the request's author. */
export async function insertRule(deps: RuleDeps, request: RuleRequest, context: Rule['context']): Promise<Rule> {
  const requested = await requestedRule(deps, request)
  const trigger = await acquireRequested(deps, requested)
  const rule: Rule = { id: deps.ids.next(), rev: 1, ...requested.definition, trigger: trigger.ref, context }
  try {
    await deps.rules.create(rule)
  } catch (error) {
    await releaseTrigger(deps, trigger.ref)
    throw error
  }
  return rule
}
