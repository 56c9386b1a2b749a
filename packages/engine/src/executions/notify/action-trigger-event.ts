import type { TriggerEvent } from '../../triggers/dispatch-trigger.ts'
import { ACTION_TRIGGER } from '../../triggers/internal-trigger-types.ts'
import type { EndedExecution } from './ended-execution.ts'
import { pythonTime } from './event-times.ts'

/** Tells that an execution has ended. @source services.md 3.5 */
export function actionTriggerEvent(ended: EndedExecution): TriggerEvent {
  const { document, status, result } = ended
  return {
    // An execution ends once: its own id serves.
    id: document.id,
    trigger: ACTION_TRIGGER,
    traceContext: ended.traceContext,
    payload: {
      execution_id: document.id,
      status,
      start_timestamp: pythonTime(document.start_timestamp),
      action_name: document.action_ref,
      action_ref: document.action_ref,
      runner_ref: document.runner_name,
      parameters: document.parameters,
      result,
    },
  }
}
