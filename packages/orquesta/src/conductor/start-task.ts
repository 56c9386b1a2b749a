import { entryKey } from '../state/task-entry.ts'
import type { Score } from './score.ts'
import { actionEvent, itemActionEvent, type TaskEvent } from './task-event.ts'
import type { ActionRequest, TaskRequest } from './task-request.ts'
import { updateTask } from './update-task.ts'

/** An action that was reported running and is now to be run. */
export interface StartedAction extends ActionRequest {
  /** Of task, route, run and item: the same whenever the same events are decided. */
  id: string
  task: string
  route: number
  /** Counts the starts of the task on the route: retries, rounds of a cycle and reruns are runs of their own. */
  run: number
  delay: number | null
}

export interface StartedTask {
  actions: StartedAction[]
  /** What is to be reported at once, of what has nothing to run. */
  idle: TaskEvent[]
}

/** Reports a task running that was handed out. */
export function startTask(score: Score, { id, route, actions, delay }: TaskRequest): StartedTask {
  const run = numberOfRun(score, id, route)
  const started: StartedTask = { actions: [], idle: [] }
  for (const action of actions) {
    const { item } = action
    updateTask(score, id, route, item === null ? actionEvent('running') : itemActionEvent(item, 'running'))
    if (action.action === null) started.idle.push(succeeded(item))
    else started.actions.push({ ...action, id: actionId(id, route, run, item), task: id, route, run, delay })
  }
  if (actions.length === 0) {
    updateTask(score, id, route, actionEvent('running'))
    started.idle.push(succeeded(null))
  }
  return started
}

function succeeded(item: number | null): TaskEvent {
  return item === null ? actionEvent('succeeded') : itemActionEvent(item, 'succeeded')
}

/** `<task>.<route>.<run>`, for an item with its index behind it. */
function actionId(task: string, route: number, run: number, item: number | null): string {
  return item === null ? `${task}.${route}.${run}` : `${task}.${route}.${run}.${item}`
}

/** Items that are handed out later belong to the run of the first. */
function numberOfRun({ state }: Score, task: string, route: number): number {
  const staged = state.staging.find(task, route)
  if (staged?.run !== undefined) return staged.run
  const key = entryKey(task, route)
  const run = state.starts.get(key) ?? 0
  state.undo.put(state.starts, key, run + 1)
  if (staged?.items !== undefined) state.staging.change(staged, { run, since: staged.since ?? run })
  return run
}
