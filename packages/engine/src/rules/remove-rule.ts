import type { Principal } from '../access/principal.ts'
import { releaseTrigger } from '../triggers/acquire-trigger.ts'
import type { RuleDeps } from './create-rule.ts'
import { findRule } from './find-rule.ts'

/** Removes a rule, and with it the trigger that only it listened to. What it asked for stays. @throws NotFoundError */
export async function removeRule(deps: RuleDeps, principal: Principal, refOrId: string): Promise<void> {
  const rule = await findRule(deps.rules, refOrId)
  if (!(await deps.rules.remove(rule))) return
  await releaseTrigger(deps, rule.trigger)
  deps.log.info({ user: principal.user, rule: rule.ref, id: rule.id }, 'rule removed')
}
