import type { Rule, RuleEnforcement, RuleRequest, TriggerInstance } from '@st2/model'
import type { Engine } from '../../src/engine-parts.ts'
import { createRule } from '../../src/rules/create-rule.ts'
import { dispatchTrigger } from '../../src/triggers/dispatch-trigger.ts'
import { registerTriggerType } from '../../src/triggers/register-trigger-type.ts'
import { ANN, until } from '../support/test-engine.ts'

/** A trigger type without parameters, which takes any payload. */
export async function registerPing(engine: Engine): Promise<void> {
  await registerTriggerType(engine.triggerDeps, {
    pack: 'test',
    name: 'ping',
    payload_schema: {},
    parameters_schema: {},
  })
}

/** A rule on `test.ping` that runs `test.gated`. */
export function pingRule(name: string, changes: Partial<RuleRequest> = {}): RuleRequest {
  return {
    name,
    pack: 'test',
    trigger: { type: 'test.ping' },
    criteria: {},
    action: { ref: 'test.gated', parameters: {} },
    enabled: true,
    ...changes,
  }
}

export function addRule(engine: Engine, name: string, changes: Partial<RuleRequest> = {}): Promise<Rule> {
  return createRule(engine.ruleDeps, ANN, pingRule(name, changes))
}

export function ping(engine: Engine, payload: Record<string, unknown>): Promise<TriggerInstance> {
  return dispatchTrigger(engine.triggerDeps, { trigger: 'test.ping', payload })
}

/** The instance once it is done with. */
export function processed(engine: Engine, { id }: TriggerInstance): Promise<TriggerInstance> {
  return until(async () => {
    const instance = await engine.triggerInstances.get(id)
    return instance?.due_at === undefined ? instance : null
  })
}

export function enforcementsOf(engine: Engine, instance: TriggerInstance): Promise<RuleEnforcement[]> {
  return engine.enforcements.find({ filter: [{ field: 'trigger_instance', op: 'eq', value: instance.id }], limit: 100 })
}
