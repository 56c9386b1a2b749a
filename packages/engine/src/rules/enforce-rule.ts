import {
  type Action,
  type ExecutionDocument,
  InvalidError,
  type Rule,
  type RuleEnforcement,
  type TraceContext,
  type Trigger,
  type TriggerInstance,
  type TriggerType,
  UnavailableError,
} from '@st2/model'
import { maskParameters } from '@st2/schema'
import type { Principal } from '../access/principal.ts'
import { type ExecutionOrder, type RequestDeps, requestExecution } from '../executions/request-execution.ts'
import { parameterRules } from '../executions/parameter-rules.ts'
import type { Clock } from '../ports/clock.ts'
import { derivedId } from '../ports/derived-id.ts'
import type { Log } from '../ports/log.ts'
import type { TriggerStore } from '../triggers/trigger-store.ts'
import type { TriggerTypeStore } from '../triggers/trigger-type-store.ts'
import type { EnforcementStore } from './enforcement-store.ts'
import type { FailedMatch } from './match-rules.ts'
import { viewRule } from './rule-view.ts'
import { readableParameters } from './seal-rule.ts'

export interface EnforceDeps {
  readonly enforcements: EnforcementStore
  readonly requestDeps: RequestDeps
  readonly triggers: TriggerStore
  readonly triggerTypes: TriggerTypeStore
  readonly clock: Clock
  readonly log: Log
  /** `[system_user] user` */
  readonly systemUser: string
}

/**
 * Asks for the execution of a rule that matched, and records it. Every id is made from the rule, its revision and the event:
 * done again after a crash at any step it leaves the same rows.
 *
 * @param isRepeated the event was in work before: something of it may be there already
 * @throws UnavailableError the store does not answer: to be done again
 * @source services.md 2.5
 */
export async function enforceRule(
  deps: EnforceDeps,
  rule: Rule,
  instance: TriggerInstance,
  isRepeated: boolean,
): Promise<void> {
  const outcome = await requestOnce(deps, rule, instance, isRepeated)
  await deps.enforcements.keep(enforcementOf(deps, rule, instance, outcome))
  if (outcome.failure_reason === undefined) return
  deps.log.warn({ rule: rule.ref, trigger_instance: instance.id, reason: outcome.failure_reason }, 'rule not enforced')
}

/** Records that a rule could not be matched. */
export async function recordFailedMatch(
  deps: EnforceDeps,
  { rule, reason }: FailedMatch,
  instance: TriggerInstance,
): Promise<void> {
  await deps.enforcements.keep(enforcementOf(deps, rule, instance, { failure_reason: reason }))
  deps.log.warn({ rule: rule.ref, trigger_instance: instance.id, reason }, 'rule not matched')
}

type Outcome = Pick<RuleEnforcement, 'execution_id' | 'failure_reason'>

/** Characters of a reason that are kept: a validator's may quote the whole value. */
const MAX_REASON_LENGTH = 10_000

function enforcementOf(deps: EnforceDeps, rule: Rule, instance: TriggerInstance, outcome: Outcome): RuleEnforcement {
  const { execution_id, failure_reason: reason } = outcome
  return {
    id: idOf('rule_enforcement', rule, instance),
    trigger_instance_id: instance.id,
    rule: { ref: rule.ref, id: rule.id, uid: rule.uid },
    enforced_at: deps.clock.timestamp(),
    status: reason === undefined ? 'succeeded' : 'failed',
    ...(execution_id === undefined ? {} : { execution_id }),
    ...(reason === undefined ? {} : { failure_reason: shortened(reason) }),
  }
}

function shortened(reason: string): string {
  return reason.length <= MAX_REASON_LENGTH ? reason : `${reason.slice(0, MAX_REASON_LENGTH)}…`
}

/** A rule at one revision does one thing about one event. */
function idOf(kind: 'execution' | 'rule_enforcement', rule: Rule, instance: TriggerInstance): string {
  return derivedId(Date.parse(instance.occurrence_time), kind, rule.id, rule.rev, instance.id)
}

async function requestOnce(
  deps: EnforceDeps,
  rule: Rule,
  instance: TriggerInstance,
  isRepeated: boolean,
): Promise<Outcome> {
  const id = idOf('execution', rule, instance)
  const known = isRepeated ? await deps.requestDeps.executions.get(id) : null
  if (known !== null) return outcomeOf(deps, known)
  const ref = rule.action.ref
  const action = await deps.requestDeps.actions.findByRef(ref)
  if (action === null) return { failure_reason: `Action "${ref}" doesn't exist` }
  try {
    const order = { id, ...(await orderOf(deps, rule, action, instance)) }
    const { id: executionId } = await requestExecution(deps.requestDeps, systemPrincipal(deps.systemUser), order)
    return { execution_id: executionId }
  } catch (error) {
    if (error instanceof UnavailableError || !(error instanceof Error)) throw error
    if (!(error instanceof InvalidError)) deps.log.error({ err: error, rule: rule.ref }, 'a rule could not be enforced')
    return { failure_reason: error.message }
  }
}

/** An execution that failed without ever having been scheduled could not be rendered: its enforcement failed. */
async function outcomeOf(deps: EnforceDeps, known: ExecutionDocument): Promise<Outcome> {
  const isRefused = known.log.map(({ status }) => status).join() === 'requested,failed'
  if (!isRefused) return { execution_id: known.id }
  const result = await deps.requestDeps.results.load(known)
  const isText = typeof result === 'object' && result !== null && 'error' in result && typeof result.error === 'string'
  return { failure_reason: isText ? String(result.error) : 'its parameters could not be rendered' }
}

async function orderOf(
  deps: EnforceDeps,
  rule: Rule,
  action: Action,
  instance: TriggerInstance,
): Promise<ExecutionOrder> {
  const trigger = await deps.triggers.findByRef(instance.trigger)
  const type = trigger === null ? null : await deps.triggerTypes.findByRef(trigger.type)
  return {
    action: rule.action.ref,
    parameters: readableParameters(rule),
    names: { trigger: instance.payload },
    keepsRefused: true,
    cause: {
      trigger_instance: { id: instance.id, name: null },
      rule: { id: rule.id, name: rule.name },
      trace_context: traceContext(instance),
    },
    origin: {
      rule: await ruleSnapshot(deps, rule, action, trigger),
      ...(trigger === null ? {} : { trigger: withoutCount(trigger) }),
      ...(type === null ? {} : { trigger_type: { ...type } satisfies TriggerType }),
      trigger_instance: snapshotOf(instance),
    },
  }
}

/** The rule as it was; secret parameters of its action are masked, whether text or template. */
async function ruleSnapshot(
  deps: EnforceDeps,
  rule: Rule,
  action: Action,
  trigger: Trigger | null,
): Promise<Record<string, unknown>> {
  const runner = await deps.requestDeps.runnerTypes.findByName(action.runner_type)
  const schemas = runner === null ? action.parameters : parameterRules(action, runner).effective
  const view = viewRule(rule, trigger)
  return { ...view, action: { ref: view.action.ref, parameters: maskParameters(schemas, view.action.parameters) } }
}

function snapshotOf({ id, trigger, occurrence_time, payload }: TriggerInstance): Record<string, unknown> {
  return { id, trigger, occurrence_time, status: 'processing', payload }
}

function withoutCount({
  ref_count: _count,
  rev: _rev,
  identity: _identity,
  ...view
}: Trigger): Record<string, unknown> {
  return view
}

function traceContext(instance: TriggerInstance): TraceContext {
  return instance.trace_context ?? { trace_tag: `trigger_instance-${instance.id}` }
}

/** Rules act as the system user; who may make them act was asked when they were written. */
export function systemPrincipal(user: string): Principal {
  return { user, isAdmin: true, mayImpersonate: false, method: 'none', location: 'header' }
}
