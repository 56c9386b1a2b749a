import { type ExecutionDocument, isCompleted, isWorkflowRunner } from '@st2/model'
import { type CancelDeps, cancelExecution, NotCancelableError } from '../executions/cancel-execution.ts'
import { childPrincipal } from './child-orders.ts'

/** Executions read at once. */
const PAGE = 1000

/**
 * Stops everything that a workflow has started and that has not ended.
 *
 * @returns ids of executions that are not there any more
 * @source orquesta.md 24
 */
export async function cancelChildren(
  deps: CancelDeps,
  workflow: ExecutionDocument,
  ids: readonly string[],
): Promise<string[]> {
  const missing = new Set(ids)
  const user = String(workflow.context['cancelled_by'] ?? workflow.context['user'] ?? '')
  const principal = { ...childPrincipal(workflow), user }
  for await (const child of found(deps, ids)) {
    missing.delete(child.id)
    if (isCompleted(child.status)) continue
    if (child.status === 'pending') {
      await deps.executions.change(child.id, ({ status }) => (status === 'pending' ? { status: 'canceled' } : null))
      continue
    }
    try {
      await cancelExecution(deps, principal, child.id)
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof NotCancelableError)) throw error
    }
  }
  return [...missing]
}

/** Workflows and chains below this one pause with it; single actions run to their end. */
export async function pauseChildren(
  deps: CancelDeps,
  workflow: ExecutionDocument,
  ids: readonly string[],
): Promise<void> {
  const by = workflow.context['paused_by']
  for await (const child of found(deps, ids)) {
    if (!isWorkflowRunner(child.runner_name)) continue
    await deps.executions.change(child.id, (current) =>
      current.status === 'running' ? { status: 'pausing', context: { ...current.context, paused_by: by } } : null,
    )
  }
}

export async function resumeChildren(
  deps: CancelDeps,
  workflow: ExecutionDocument,
  ids: readonly string[],
): Promise<void> {
  const by = workflow.context['resumed_by']
  for await (const child of found(deps, ids)) {
    if (!isWorkflowRunner(child.runner_name)) continue
    await deps.executions.change(child.id, (current) =>
      current.status === 'paused' ? { status: 'resuming', context: { ...current.context, resumed_by: by } } : null,
    )
  }
}

async function* found(deps: CancelDeps, ids: readonly string[]): AsyncIterable<ExecutionDocument> {
  for (let from = 0; from < ids.length; from += PAGE)
    yield* await deps.executions.findByIds(ids.slice(from, from + PAGE))
}
