import type { EngineCommand } from '../spec/workflow-spec.ts'
import { isStatus, type Status } from '../machines/statuses.ts'
import { InvalidStatusError } from './errors.ts'

/** What has happened to the action of a task, to that of one of its items, or what the engine does by itself. */
export type TaskEvent =
  | { kind: 'action'; status: Status; result: unknown }
  | { kind: 'item'; item: number; status: Status; result: unknown }
  | { kind: 'engine'; status: Status; name: string }

export function actionEvent(status: string, result: unknown = null): TaskEvent {
  return { kind: 'action', status: requireStatus(status), result }
}

export function itemActionEvent(item: number, status: string, result: unknown = null): TaskEvent {
  return { kind: 'item', item, status: requireStatus(status), result }
}

const COMMANDS: Record<EngineCommand, TaskEvent> = {
  continue: { kind: 'engine', status: 'succeeded', name: 'task_continue_requested' },
  noop: { kind: 'engine', status: 'succeeded', name: 'task_noop_requested' },
  fail: { kind: 'engine', status: 'failed', name: 'task_fail_requested' },
  retry: { kind: 'engine', status: 'retrying', name: 'task_retry_requested' },
}

export function commandEvent(command: EngineCommand): TaskEvent {
  return COMMANDS[command]
}

export function resultOf(event: TaskEvent): unknown {
  return event.kind === 'engine' ? null : event.result
}

function requireStatus(status: string): Status {
  if (isStatus(status)) return status
  throw new InvalidStatusError(status)
}
