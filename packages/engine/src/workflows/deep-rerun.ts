import type { ExecutionDocument, WorkflowExecution } from '@st2/model'
import type { ExecutionOrder } from '../executions/request-execution.ts'
import type { ExecutionStore } from '../executions/execution-store.ts'
import type { ChildOf } from './child-orders.ts'
import type { StartEffect } from './journal-rows.ts'
import { rerunOf } from './rerun-order.ts'
import { actionId, type ActionName } from './task-records.ts'
import { childId } from './workflow-ids.ts'

/** A rerun that names a task below this one goes on in the workflow that this task had started. */
export async function deepRerun(
  executions: ExecutionStore,
  { record, execution }: ChildOf,
  { task, route, run, item }: StartEffect,
): Promise<Pick<ExecutionOrder, 'rerunOf'>> {
  const rerun = rerunOf(execution)
  const tasks = pathsBelow(task, rerun?.tasks ?? [])
  if (tasks.length === 0) return {}
  const earlier = await earlierRun(executions, record, { task, route, run, item })
  if (earlier === null) return {}
  const reset = pathsBelow(task, rerun?.reset ?? [])
  return { rerunOf: { ref: earlier.id, tasks, ...(reset.length === 0 ? {} : { reset }) } }
}

/** What dotted paths that begin with the task name below it. */
export function pathsBelow(task: string, paths: readonly string[]): string[] {
  const start = `${task}.`
  return paths.flatMap((path) => (path.startsWith(start) ? [path.slice(start.length)] : []))
}

/**
 * The newest run of an action before a run of it that began a workflow. Not all runs have all items, and one that was refused has
 * no workflow.
 */
export async function earlierRun(
  executions: ExecutionStore,
  record: WorkflowExecution,
  { task, route, run, item }: ActionName,
): Promise<ExecutionDocument | null> {
  for (let before = run - 1; before >= 0; before--) {
    const found = await executions.get(childId(record, actionId({ task, route, run: before, item })))
    if (typeof found?.context['workflow_execution'] === 'string') return found
  }
  return null
}
