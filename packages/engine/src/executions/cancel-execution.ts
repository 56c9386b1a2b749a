import { type ExecutionDocument, InvalidError, isOrquestaRunner, judgeRequest, NotFoundError } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import type { ExecutionEvents } from './execution-events.ts'
import type { ExecutionStore } from './execution-store.ts'
import type { ResultStore } from './result-store.ts'

export interface CancelDeps {
  readonly executions: ExecutionStore
  readonly events: ExecutionEvents
  readonly results: ResultStore
}

/** The execution cannot be cancelled any more. Upstream answers this with status 200 and a faultstring. */
export class NotCancelableError extends InvalidError {}

/**
 * Cancels: at once when nothing runs yet, else the process group is stopped and the execution goes
 * `canceling` → `canceled`. Cancelling a cancelled or cancelling execution again changes nothing.
 * @source rest-api.md 10.4
 */
export async function cancelExecution(deps: CancelDeps, principal: Principal, id: string): Promise<ExecutionDocument> {
  const result = await deps.results.keep({ message: 'Action canceled by user.', user: principal.user })
  const changed = await deps.executions.change(id, (current) => {
    const verdict = judgeRequest('cancel', current.status)
    if (verdict === 'settled') return null
    if (verdict === 'refuse') throw new NotCancelableError(`Action cannot be canceled. State = ${current.status}.`)
    const context = { ...current.context, cancelled_by: principal.user }
    return { ...result, context, status: isRunning(current) ? 'canceling' : 'canceled' }
  })
  if (changed === null) throw unknownExecution(id)
  if (changed.status === 'canceling') deps.events.askToCancel(id)
  return changed
}

/** A workflow that has begun may have children that run, whatever its own status. */
function isRunning(current: ExecutionDocument): boolean {
  if (isOrquestaRunner(current.runner_name) && current.context['workflow_execution'] !== undefined) return true
  return current.status === 'running' || (current.claimed_by !== undefined && current.context['parent'] !== undefined)
}

export function unknownExecution(id: string): NotFoundError {
  return new NotFoundError(`Unable to identify resource with id "${id}".`)
}
