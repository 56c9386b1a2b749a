import { type ExecutionDocument, isCompleted } from '@st2/model'
import type { CancelDeps } from '../executions/cancel-execution.ts'
import { cancelChild, pauseChild, resumeChild } from '../executions/steer-child.ts'

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
  for await (const child of found(deps, ids)) {
    missing.delete(child.id)
    if (!isCompleted(child.status)) await cancelChild(deps, workflow, child)
  }
  return [...missing]
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
