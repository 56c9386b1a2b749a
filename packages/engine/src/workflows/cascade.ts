import { type ExecutionDocument, isCompleted, isWorkflowRunner } from '@st2/model'
import type { CancelDeps } from '../executions/cancel-execution.ts'
import { cancelChild, pauseChild, resumeChild } from '../executions/steer-child.ts'

/** Executions read at once. */
const PAGE = 1000

/**
 * Stops what a workflow has started and that has not ended: all of it, or only what does not run yet, with the workflows below.
 *
 * @returns ids of executions that are not there any more
 * @source orquesta.md 24
 */
export async function cancelChildren(
  deps: CancelDeps,
  workflow: ExecutionDocument,
  ids: readonly string[],
  which: 'all' | 'not running',
): Promise<string[]> {
  const missing = new Set(ids)
  for await (const child of found(deps, ids)) {
    missing.delete(child.id)
    const isSpared = isCompleted(child.status) || (which === 'not running' && isRunningAction(child))
    if (!isSpared) await cancelChild(deps, workflow, child)
  }
  return [...missing]
}

/** Workflows and chains below see to what they have started themselves. */
export function isRunningAction({ status, runner_name }: ExecutionDocument): boolean {
  return status === 'running' && !isWorkflowRunner(runner_name)
}

/** Workflows and chains below this one pause with it; single actions run to their end. */
export async function pauseChildren(
  deps: CancelDeps,
  workflow: ExecutionDocument,
  ids: readonly string[],
): Promise<void> {
  for await (const child of found(deps, ids)) await pauseChild(deps.executions, workflow, child)
}

export async function resumeChildren(
  deps: CancelDeps,
  workflow: ExecutionDocument,
  ids: readonly string[],
): Promise<void> {
  for await (const child of found(deps, ids)) await resumeChild(deps.executions, workflow, child)
}

async function* found(deps: CancelDeps, ids: readonly string[]): AsyncIterable<ExecutionDocument> {
  for (let from = 0; from < ids.length; from += PAGE)
    yield* await deps.executions.findByIds(ids.slice(from, from + PAGE))
}
