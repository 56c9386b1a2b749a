import { InvalidError, NotFoundError, type Rule, type RuleRequest, type RuleTest } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import type { TemplateLookUps } from '../datastore/template-look-ups.ts'
import { previewParameters, type RequestDeps } from '../executions/request-execution.ts'
import type { TriggerInstanceStore } from '../triggers/trigger-instance-store.ts'
import type { TriggerStore } from '../triggers/trigger-store.ts'
import { compileRule } from './compiled-rule.ts'
import { systemPrincipal } from './enforce-rule.ts'
import { findRule } from './find-rule.ts'
import { type MatchDeps, matchOne, matchRules } from './match-rules.ts'
import { definitionOf } from './rule-definition.ts'
import type { RuleStore } from './rule-store.ts'
import { explainMismatch, showOutcome, triggerMismatch } from './test-outcome.ts'

export interface RuleTestDeps extends MatchDeps {
  readonly lookUps: TemplateLookUps
  readonly rules: RuleStore
  readonly triggers: TriggerStore
  readonly triggerInstances: TriggerInstanceStore
  readonly requestDeps: RequestDeps
}

export interface RuleTestQuestion {
  /** Ref or id of a stored rule, or one that is not stored. */
  readonly rule: string | RuleRequest
  /** Exactly one of both: what an event could hold, */
  readonly payload?: Readonly<Record<string, unknown>> | undefined
  /** or the id of one that happened. */
  readonly trigger_instance?: string | undefined
}

/**
 * Whether a rule matches an event, why not, and what it would run. Nothing is stored and nothing is run.
 *
 * @throws NotFoundError, InvalidError
 * @source services.md 2.7
 */
export async function testRule(
  deps: RuleTestDeps,
  _principal: Principal,
  question: RuleTestQuestion,
): Promise<RuleTest> {
  const rule = await askedRule(deps, question.rule)
  const event = await askedEvent(deps, rule, question)
  if (event.trigger !== rule.trigger) return triggerMismatch(rule.trigger, event.trigger)
  let criteria: RuleTest['criteria'] = []
  const verdict = await matchOne(deps, compileRule(rule, deps.lookUps.environment), event, (outcomes) => {
    criteria = outcomes.map(showOutcome)
  })
  if (!verdict.isMatch) {
    return { matched: false, reason: explainMismatch(rule, event.id, criteria, verdict.failure), criteria }
  }
  const obstacle = typeof question.rule === 'string' ? await obstacleOf(deps, rule, event) : null
  if (obstacle !== null) return { matched: false, reason: obstacle, criteria }
  return { matched: true, criteria, ...(await plannedAction(deps, rule, event)) }
}

interface AskedEvent {
  readonly id: string
  readonly trigger: string
  readonly payload: Record<string, unknown>
}

/** What stands for ids that do not exist. */
const NO_ID = '0'.repeat(24)

async function askedRule(deps: RuleTestDeps, rule: string | RuleRequest): Promise<Rule> {
  if (typeof rule === 'string') return findRule(deps.rules, rule)
  const { type, parameters = {} } = rule.trigger
  const trigger = await deps.triggers.findByParameters(type, parameters)
  const context = rule.context ?? {}
  return { id: NO_ID, rev: 0, ...definitionOf(rule), trigger: trigger?.ref ?? type, context }
}

async function askedEvent(deps: RuleTestDeps, rule: Rule, question: RuleTestQuestion): Promise<AskedEvent> {
  const { payload, trigger_instance: id } = question
  if ((payload === undefined) === (id === undefined)) {
    throw new InvalidError('Exactly one of "payload" and "trigger_instance" must be given.')
  }
  if (id === undefined) return { id: NO_ID, trigger: rule.trigger, payload: { ...payload } }
  const instance = await deps.triggerInstances.get(id)
  if (instance === null) throw new NotFoundError(`Unable to identify resource with id "${id}".`)
  return { id, trigger: instance.trigger, payload: instance.payload }
}

/** Why a stored rule that fits would not be enforced all the same. */
async function obstacleOf(deps: RuleTestDeps, rule: Rule, event: AskedEvent): Promise<string | null> {
  if (!rule.enabled) return `Rule "${rule.ref}" is disabled.`
  if (rule.type.ref !== 'backstop') return null
  const { matched } = await matchRules(deps, event)
  const standard = matched.find((other) => other.rule.type.ref === 'standard')
  return standard === undefined ? null : `It is a backstop rule, and the rule "${standard.rule.ref}" matches.`
}

async function plannedAction(
  deps: RuleTestDeps,
  rule: Rule,
  event: AskedEvent,
): Promise<Pick<RuleTest, 'action' | 'reason'>> {
  const { ref, parameters } = rule.action
  if ((await deps.requestDeps.actions.findByRef(ref)) === null) return { reason: `Action "${ref}" doesn't exist` }
  try {
    const rendered = await previewParameters(deps.requestDeps, systemPrincipal(deps.systemUser), {
      action: ref,
      parameters,
      names: { trigger: event.payload },
      cause: { trigger_instance: { id: event.id, name: null }, rule: { id: rule.id, name: rule.name } },
    })
    return { action: { ref, parameters: rendered } }
  } catch (error) {
    if (error instanceof InvalidError) return { reason: error.message }
    throw error
  }
}
