import { ACTIVE, RUNNING, type Status, UNSET } from '../machines/statuses.ts'
import { ItemProgress } from '../state/item-progress.ts'
import type { StagedTask } from '../state/staging.ts'
import { WorkflowLimitError } from './errors.ts'
import { asPythonError } from './fields.ts'
import {
  byTaskAndRoute,
  renderAction,
  renderConcurrency,
  renderDelay,
  renderItems,
  retryDelay,
  specOf,
} from './render-task.ts'
import type { Score } from './score.ts'
import type { ActionRequest, TaskRequest } from './task-request.ts'
import type { Variables } from '../contexts/variables.ts'
import type { ItemsSpec, TaskSpec } from '../spec/workflow-spec.ts'
import { requestStatus } from './workflow-status.ts'

/**
 * The tasks to be started, rendered, by name and route. The same come back until they are reported running. When one can not be
 * rendered, none is handed out and the workflow fails.
 */
export function nextTasks(score: Score): TaskRequest[] {
  const { state } = score
  const staged = startable(score)
  if (staged.length === 0) return []
  const requests: TaskRequest[] = []
  let isFailed = isOverLimit(score, staged)
  for (const task of isFailed ? [] : staged) {
    try {
      const request = renderTask(score, task)
      if (request !== null) requests.push(request)
    } catch (error) {
      state.errors.addError(asPythonError(error), { task_id: task.id, route: task.route })
      isFailed = true
    }
  }
  if (!isFailed) return requests.sort(byTaskAndRoute)
  requestStatus(score, 'failed')
  return []
}

/** A failed workflow still runs what was to run beside its `fail`. */
function startable({ state }: Score): StagedTask[] {
  const eligible = state.staging.eligible()
  const remedies = state.status === 'failed' ? eligible.filter(({ runOnFail }) => runOnFail === true) : []
  if (remedies.length > 0) return remedies
  return RUNNING.has(state.status) ? eligible : []
}

function isOverLimit({ state, limits }: Score, staged: readonly StagedTask[]): boolean {
  if (state.sequence.length + staged.length <= limits.taskRuns) return false
  state.errors.addError(new WorkflowLimitError('task runs', limits.taskRuns, 'max_task_runs'))
  return true
}

function renderTask(score: Score, staged: StagedTask): TaskRequest | null {
  const { id, route } = staged
  const spec = specOf(score, id)
  const variables = score.state.variables(staged.contexts, {
    __current_task: { id, route },
    __state: score.view,
  })
  const delayOf = () =>
    staged.retry === undefined ? renderDelay(score, spec, variables) : retryDelay(staged.retry.delay)
  if (spec.with !== null) return renderItemsTask(score, { staged, spec, items: spec.with, variables, delayOf })
  const action = renderAction(score, spec, variables, null)
  return { id, route, actions: [action], delay: delayOf(), items: null, variables, spec }
}

interface ItemsTask {
  staged: StagedTask
  spec: TaskSpec
  items: ItemsSpec
  variables: Variables
  delayOf: () => number | null
}

/** null while no item may start. */
function renderItemsTask(score: Score, task: ItemsTask): TaskRequest | null {
  const { staged, spec, items, variables, delayOf } = task
  const isFirst = staged.items === undefined || staged.items.length === 0
  if (!isFirst && staged.items?.waiting(1).length === 0) return null
  const values = staged.values ?? renderItems(score, items, variables)
  // all of them are rendered before the first starts: one that can not be rendered fails the task
  const rendered = isFirst ? values.map((_, item) => renderItem(score, task, values, item)) : null
  const delay = delayOf()
  const concurrency = renderConcurrency(score, items, variables)
  const progress = begin(score, staged, values)
  const room = concurrency === null ? values.length : Math.max(0, concurrency - progress.count(ACTIVE))
  const actions = progress
    .waiting(room)
    .filter((item) => item < values.length)
    .map((item) => rendered?.[item] ?? renderItem(score, task, values, item))
  if (actions.length === 0 && values.length > 0) return null
  const { id, route } = staged
  return { id, route, actions, delay, items: { count: values.length, concurrency }, variables, spec }
}

function renderItem(
  score: Score,
  { spec, variables }: ItemsTask,
  values: readonly unknown[],
  item: number,
): ActionRequest {
  return renderAction(score, spec, variables.over({ __current_item: values[item] ?? null }), item)
}

/** The progress of the items; of those that were saved without their values the statuses are known already. */
function begin({ state }: Score, staged: StagedTask, values: readonly unknown[]): ItemProgress {
  const known = staged.items
  const isKnown = known !== undefined && known.length > 0
  const items = isKnown ? known : new ItemProgress(state.undo, Array<Status>(values.length).fill(UNSET))
  if (known !== items || staged.values !== values) state.staging.change(staged, { items, values })
  return items
}
