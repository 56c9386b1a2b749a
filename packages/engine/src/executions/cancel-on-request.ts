import { COMPLETED_STATUSES, type ExecutionDocument, isWorkflowRunner } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { type CancelDeps, cancelExecution, NotCancelableError } from './cancel-execution.ts'
import { eachExecution } from './each-execution.ts'

/**
 * Cancels what somebody asks for. A workflow or chain that is `canceling` already lets its running actions come to their end: whoever
 * asks once more does not want to wait for that, so they are stopped now.
 *
 * @throws NotCancelableError
 */
export async function cancelOnRequest(deps: CancelDeps, principal: Principal, id: string): Promise<ExecutionDocument> {
  const before = await deps.executions.get(id)
  const changed = await cancelExecution(deps, principal, id)
  if (before?.status === 'canceling' && isWorkflowRunner(before.runner_name)) await stopBelow(deps, principal, id)
  return changed
}

async function stopBelow(deps: CancelDeps, principal: Principal, parent: string): Promise<void> {
  const isOpenChild = [
    { field: 'parent', op: 'eq', value: parent },
    { field: 'status', op: 'nin', value: COMPLETED_STATUSES },
  ] as const
  for await (const child of eachExecution(deps.executions, isOpenChild)) {
    try {
      await cancelExecution(deps, principal, child.id)
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof NotCancelableError)) throw error
    }
    if (isWorkflowRunner(child.runner_name)) await stopBelow(deps, principal, child.id)
  }
}
