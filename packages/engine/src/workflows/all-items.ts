import type { TaskExecution, WorkflowExecution } from '@st2/model'
import type { WorkflowRun } from '@st2/orquesta'
import { taskExecutionId } from './workflow-ids.ts'

/** Rows tell of the items that were started; how many there are the run knows, while they run or may be run again. */
export function withAllItems(record: WorkflowExecution, run: WorkflowRun, task: TaskExecution): TaskExecution {
  const { id, task_id, task_route, items_count = 0, result } = task
  const staged = run.hasBegun ? run.conductor.state.staging.find(task_id, task_route) : null
  if (staged?.items === undefined || staged.run === undefined) return task
  if (taskExecutionId(record, task_id, task_route, staged.run) !== id) return task
  const missing = Array<null>(Math.max(0, staged.items.length - items_count)).fill(null)
  return { ...task, items_count: items_count + missing.length, result: { items: [...itemsOf(result), ...missing] } }
}

/** Of each item `{status, result}`, null for one that was not started. */
export function itemsOf(result: unknown): readonly unknown[] {
  const items = typeof result === 'object' && result !== null && 'items' in result ? result.items : []
  return Array.isArray(items) ? items : []
}
