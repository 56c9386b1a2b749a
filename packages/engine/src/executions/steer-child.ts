import { type ExecutionDocument, isWorkflowRunner } from '@st2/model'
import { onBehalfOf } from '../access/principal.ts'
import { type CancelDeps, cancelExecution, NotCancelableError } from './cancel-execution.ts'
import type { ExecutionStore } from './execution-store.ts'

/** An execution that has started others. */
type Parent = Pick<ExecutionDocument, 'context'>

/** Stops what has not ended, in the name of whoever cancelled the parent. @source orquesta.md 24 */
export async function cancelChild(deps: CancelDeps, { context }: Parent, child: ExecutionDocument): Promise<void> {
  if (child.status === 'pending') {
    await deps.executions.change(child.id, ({ status }) => (status === 'pending' ? { status: 'canceled' } : null))
    return
  }
  try {
    await cancelExecution(deps, onBehalfOf(context['cancelled_by'] ?? context['user']), child.id)
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof NotCancelableError)) throw error
  }
}

/** A workflow or chain pauses with its parent; a single action runs to its end. */
export async function pauseChild(
  executions: ExecutionStore,
  { context }: Parent,
  child: ExecutionDocument,
): Promise<void> {
  if (!isWorkflowRunner(child.runner_name)) return
  await executions.change(child.id, (current) =>
    current.status === 'running'
      ? { status: 'pausing', context: { ...current.context, paused_by: context['paused_by'] } }
      : null,
  )
}

export async function resumeChild(
  executions: ExecutionStore,
  { context }: Parent,
  child: ExecutionDocument,
): Promise<void> {
  if (!isWorkflowRunner(child.runner_name)) return
  await executions.change(child.id, (current) =>
    current.status === 'paused'
      ? { status: 'resuming', context: { ...current.context, resumed_by: context['resumed_by'] } }
      : null,
  )
}
