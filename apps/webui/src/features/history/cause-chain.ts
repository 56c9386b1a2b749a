import type { Execution } from '@st2/model'
import { rerunOriginOf } from '../../api/rerun-origin.ts'
import { taskNameOf } from '../../widgets/execution/task-name.ts'
import { isRecord, type JsonRecord } from '../../widgets/json-record.ts'

/** One link of the chain that made an execution run. */
export type Cause =
  | {
      readonly kind: 'event'
      readonly type: string | undefined
      readonly parameters: JsonRecord
      readonly instanceId: string | undefined
      readonly occurredAt: string | undefined
      readonly payload: JsonRecord | undefined
    }
  | { readonly kind: 'rule'; readonly ref: string; readonly executionId: string }
  | {
      readonly kind: 'alias'
      readonly name: string
      readonly user: string | undefined
      readonly channel: string | undefined
    }
  | { readonly kind: 'rerun'; readonly of: string; readonly user: string; readonly tasks: readonly string[] }
  | { readonly kind: 'retry'; readonly policy: string; readonly count: number; readonly liveaction: string }
  | { readonly kind: 'person'; readonly user: string }
  | { readonly kind: 'execution'; readonly id: string; readonly ref: string; readonly task: string | undefined }

/**
 * From what started it all to the execution itself. What happened before the top of a tree is told by the execution at its
 * top; the way down from there is that of its children.
 *
 * @param ancestors from the parent up
 */
export function causeChain(execution: Execution, ancestors: readonly Execution[]): readonly Cause[] {
  const way = [...ancestors.toReversed(), execution]
  const top = way[0] ?? execution
  return [...beginnings(top), ...repetitions(top), ...way.map(stepOf)]
}

function beginnings(top: Execution): Cause[] {
  const { rule, trigger, trigger_type: type, trigger_instance: instance } = top
  const context = top.context ?? {}
  const event: Cause[] =
    trigger === undefined && instance === undefined
      ? []
      : [
          {
            kind: 'event',
            type: textOf(type, 'ref') ?? textOf(trigger, 'type'),
            parameters: recordOf(trigger, 'parameters') ?? {},
            instanceId: textOf(instance, 'id'),
            occurredAt: textOf(instance, 'occurrence_time'),
            payload: recordOf(instance, 'payload'),
          },
        ]
  const ruleRef = textOf(rule, 'ref')
  const alias = textOf(recordOf(context, 'action_alias_ref'), 'name')
  if (ruleRef !== undefined) return [...event, { kind: 'rule', ref: ruleRef, executionId: top.id }]
  if (alias === undefined) return event.length > 0 || 're-run' in context ? event : [personOf(top)]
  return [{ kind: 'alias', name: alias, user: textOf(context, 'api_user'), channel: textOf(context, 'source_channel') }]
}

function personOf(top: Execution): Cause {
  return { kind: 'person', user: textOf(top.context, 'user') ?? 'unknown' }
}

function repetitions(top: Execution): Cause[] {
  const rerun = rerunOriginOf(top)
  const retry = recordOf(recordOf(top.context, 'policies'), 'retry')
  const policy = textOf(retry, 'applied_policy')
  return [
    ...(rerun === null ? [] : [{ kind: 'rerun' as const, ...rerun, user: textOf(top.context, 'user') ?? 'unknown' }]),
    ...(policy === undefined
      ? []
      : [
          {
            kind: 'retry' as const,
            policy,
            count: Number(retry?.['retry_count'] ?? 1),
            liveaction: textOf(retry, 'retried_liveaction_id') ?? '',
          },
        ]),
  ]
}

function stepOf(execution: Execution): Cause {
  return {
    kind: 'execution',
    id: execution.id,
    ref: execution.action?.ref ?? 'unknown action',
    task: taskNameOf(execution),
  }
}

function recordOf(record: JsonRecord | undefined, name: string): JsonRecord | undefined {
  const value = record?.[name]
  return isRecord(value) ? value : undefined
}

function textOf(record: JsonRecord | undefined, name: string): string | undefined {
  const value = record?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
