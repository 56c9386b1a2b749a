import { NotFoundError, type Rule, type RuleRequest } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { releaseTrigger } from '../triggers/acquire-trigger.ts'
import type { RuleDeps } from './create-rule.ts'
import { findRule } from './find-rule.ts'
import { acquireRequested, requestedRule } from './rule-definition.ts'

/**
 * Replaces a rule; what the request leaves out is reset. The id stays, whatever the request says; name and pack may change.
 *
 * @throws NotFoundError, InvalidError, ConflictError: nothing was changed
 * @source rest-api.md 9.6
 */
export async function updateRule(
  deps: RuleDeps,
  principal: Principal,
  refOrId: string,
  request: RuleRequest,
): Promise<Rule> {
  const known = await findRule(deps.rules, refOrId)
  const rule = await replaceRule(deps, known, request, { ...request.context, user: principal.user })
  deps.log.info({ user: principal.user, rule: rule.ref, id: rule.id }, 'rule updated')
  return rule
}

/**
 * The same for whoever has checked the request's author. The new trigger is taken before the old one is given back, so that
 * one that is the same is never without a reference.
 */
export async function replaceRule(
  deps: RuleDeps,
  known: Rule,
  request: RuleRequest,
  context: Rule['context'],
): Promise<Rule> {
  const requested = await requestedRule(deps, request)
  const trigger = await acquireRequested(deps, requested)
  const definition = { ...requested.definition, trigger: trigger.ref, context }
  const { before, after } = await replaceNewest(deps, known, definition).catch(async (error: unknown) => {
    await releaseTrigger(deps, trigger.ref)
    throw error
  })
  await releaseTrigger(deps, before.trigger)
  return after
}

/** The last writer wins; each gives back the trigger of the rule it really replaced. */
async function replaceNewest(
  deps: RuleDeps,
  known: Rule,
  definition: Omit<Rule, 'id' | 'rev'>,
): Promise<{ before: Rule; after: Rule }> {
  let before: Rule | null = known
  while (before !== null) {
    const after = await deps.rules.replace({ id: before.id, rev: before.rev, ...definition })
    if (after !== null) return { before, after }
    before = await deps.rules.findById(known.id)
  }
  throw new NotFoundError(`Resource with a reference or id "${known.ref}" not found`)
}
