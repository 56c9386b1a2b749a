import type { Engine } from '@st2/engine'
import type { ExecutionDocument, RuleEnforcement, TriggerInstance } from '@st2/model'
import { inBatches } from './in-batches.ts'
import { triggerInstanceView } from './trigger-views.ts'

/** Falsy fields are left out. @source rest-schemas.md 16 */
export function enforcementView(enforcement: RuleEnforcement): Record<string, unknown> {
  return Object.fromEntries(Object.entries(enforcement).filter(([, value]) => Boolean(value)))
}

/** Enforcements with their event and the execution they made, each kind in one question; `{}` for what is gone. */
export async function joinedEnforcements(
  engine: Engine,
  enforcements: readonly RuleEnforcement[],
): Promise<readonly Record<string, unknown>[]> {
  const instances = byId<TriggerInstance>(
    await inBatches(
      enforcements.map((enforcement) => enforcement.trigger_instance_id),
      (value) => engine.triggerInstances.find({ filter: [{ field: 'id', op: 'in', value }] }),
    ),
  )
  const executions = byId<ExecutionDocument>(
    await inBatches(
      enforcements.flatMap((enforcement) => enforcement.execution_id ?? []),
      (value) => engine.executions.find({ filter: [{ field: 'id', op: 'in', value }] }),
    ),
  )
  return Promise.all(
    enforcements.map(async (enforcement) => {
      const instance = instances.get(enforcement.trigger_instance_id)
      const execution = executions.get(enforcement.execution_id ?? '')
      return {
        ...enforcementView(enforcement),
        trigger_instance: instance === undefined ? {} : triggerInstanceView(instance),
        execution: execution === undefined ? {} : await executionPart(engine, execution),
      }
    }),
  )
}

/** As little of an execution as tells what came of it. Its secrets are masked where they are stored. */
async function executionPart(engine: Engine, execution: ExecutionDocument): Promise<Record<string, unknown>> {
  const action = await engine.snapshots.action(execution.action_snapshot)
  const runner = await engine.snapshots.runner(execution.runner_snapshot)
  return {
    id: execution.id,
    action: { ref: action.ref, parameters: action.parameters },
    runner: { name: runner.name, runner_parameters: runner.runner_parameters },
    parameters: execution.parameters,
    status: execution.status,
    start_timestamp: execution.start_timestamp,
  }
}

function byId<T extends { readonly id: string }>(documents: readonly T[]): ReadonlyMap<string, T> {
  return new Map(documents.map((document) => [document.id, document]))
}
