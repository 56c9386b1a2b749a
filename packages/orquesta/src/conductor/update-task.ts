import { isOrdered, isTruthy, PythonIndexError, PythonTypeError } from '@st2/python-values'
import { dependsOnOtherItems, itemEvent } from '../machines/events.ts'
import { ABENDED, ACTIVE, COMPLETED, STARTING, type Status, UNSET } from '../machines/statuses.ts'
import type { Variables } from '../contexts/variables.ts'
import { isEngineCommand } from '../spec/workflow-spec.ts'
import type { ItemProgress } from '../state/item-progress.ts'
import type { StagedTask } from '../state/staging.ts'
import { INBOUND, type TaskEntry } from '../state/task-entry.ts'
import { InvalidEventError, InvalidTaskError, InvalidTaskStateEntryError, missingKey } from './errors.ts'
import { specOf } from './render-task.ts'
import type { Score } from './score.ts'
import { addTaskEntry, requireStaged } from './task-entries.ts'
import { commandEvent, resultOf, type TaskEvent } from './task-event.ts'
import { followTransitions } from './transitions.ts'
import { moveTask, tellWorkflow } from './workflow-status.ts'

/**
 * Lets a task take an event: its status changes, transitions of a task that has ended are judged and what they lead to is staged,
 * the workflow hears of it, and commands to the engine are carried out.
 *
 * @returns the entry of the run that took the event
 * @source orquesta: orquesta/conducting.py update_task_state
 */
export function updateTask(score: Score, task: string, route: number, event: TaskEvent): TaskEntry {
  const { state, graph } = score
  if (!graph.has(task)) throw new InvalidTaskError(task)
  const staged = state.staging.find(task, route)
  const ended = endedBefore(score, task, route, event)
  if (ended !== null) return ended
  const entry = entryFor(score, task, route, event)
  // what waits to be started is started by its first event
  if (staged !== null && staged.items === undefined) unstage(score, staged)
  if (event.kind === 'item') recordItem(score, task, route, staged, event)
  if (event.status === 'failed') logFailure(score, task, resultOf(event))
  const before = entry.status ?? UNSET
  moveTask(score, entry, eventName(score, entry, event))
  const after = entry.status ?? UNSET
  if (after === 'retrying') stageRetry(score, entry)
  if (!COMPLETED.has(after)) {
    tellWorkflow(score, entry)
    return finish(score, entry)
  }
  return complete(score, entry, event, before)
}

/** The entry of a task that is over although not all of its actions were: what becomes of those changes it no more. */
function endedBefore({ state, kept }: Score, task: string, route: number, event: TaskEvent): TaskEntry | null {
  const entry = state.entry(task, route)
  const isOver = entry?.status !== undefined && COMPLETED.has(entry.status)
  if (!isOver || isEngineCommand(task) || kept.has('late-event')) return null
  const staged = state.staging.find(task, route)
  if (STARTING.has(event.status)) return staged === null ? entry : null
  if (event.kind !== 'item') return null
  if (staged?.completed === true) {
    staged.items?.setStatus(event.item, event.status)
    if (!kept.has('rerun-results') && COMPLETED.has(event.status)) {
      state.setItemResult(task, route, event.item, event.result)
    }
  }
  return entry
}

/** The latest entry; a new one where there is none, for commands, and when a task that has ended starts again. */
function entryFor(score: Score, task: string, route: number, event: TaskEvent): TaskEntry {
  const staged = score.state.staging.find(task, route)
  const known = score.state.entry(task, route)
  if (staged === null && known === null) throw new InvalidTaskStateEntryError(task)
  const isNew = known === null || isEngineCommand(task)
  const entry = isNew ? addTaskEntry(score, task, route, requireStaged(staged)) : known
  const isOver = entry.status !== undefined && COMPLETED.has(entry.status)
  return isOver && STARTING.has(event.status) ? addTaskEntry(score, task, route, requireStaged(staged)) : entry
}

/** What has items that run stays. */
function unstage({ state }: Score, staged: StagedTask): void {
  if ((staged.items?.count(ACTIVE) ?? 0) === 0) state.staging.remove(staged)
}

function recordItem(
  { state }: Score,
  task: string,
  route: number,
  staged: StagedTask | null,
  event: TaskEvent & { kind: 'item' },
): void {
  if (COMPLETED.has(event.status)) state.setItemResult(task, route, event.item, event.result)
  if (staged === null) return
  if (staged.items === undefined) throw missingKey('items')
  if (staged.items.status(event.item) === null) throw new PythonIndexError('list assignment index out of range')
  staged.items.setStatus(event.item, event.status)
}

/** `timeout` and `abandoned` leave nothing in the log. */
function logFailure({ state }: Score, task: string, result: unknown): void {
  const message = 'Execution failed. See result for details.'
  state.errors.add({ type: 'error', message, task_id: task, ...(result === null ? {} : { result }) })
}

const UNSEEN: ReadonlySet<Status> = new Set([UNSET, 'retrying'])

function eventName({ state }: Score, entry: TaskEntry, event: TaskEvent): string {
  if (event.kind === 'engine') return event.name
  const name = `action_${event.status}`
  if (UNSEEN.has(event.status)) throw new InvalidEventError(name)
  if (event.kind === 'action' || !dependsOnOtherItems(event.status)) return name
  const items = requireItems(state.staging.find(entry.id, entry.route))
  const others = (statuses: ReadonlySet<Status>) => items.count(statuses) - Number(statuses.has(event.status))
  return itemEvent(event.status, others, items.length - 1)
}

function requireItems(staged: StagedTask | null): ItemProgress {
  const { items } = requireStaged(staged)
  if (items === undefined) throw missingKey('items')
  return items
}

/** The next attempt begins anew, items as well. */
function stageRetry(score: Score, entry: TaskEntry): void {
  const { state } = score
  const { id, route, retry, prev } = entry
  if (retry === undefined) throw missingKey('retry')
  const next = { ...retry, tally: retry.tally + 1 }
  state.undo.set(entry, 'retry', next)
  const staged = state.staging.find(id, route)
  if (staged !== null) unstage(score, staged)
  state.forgetItemResults(id, route)
  state.staging.add({ id, route, contexts: entry[INBOUND], prev: { ...prev }, ready: true, retry: next })
}

function complete(score: Score, entry: TaskEntry, event: TaskEvent, before: Status): TaskEntry {
  const { state, kept } = score
  const status = entry.status ?? UNSET
  const hasItems = specOf(score, entry.id).with !== null
  const result = hasItems ? resultOfItems(score, entry, event) : resultOf(event)
  const awaitsRerun = hasItems && ABENDED.has(status)
  leaveStaging(score, entry, awaitsRerun)
  const variables = state.variables(entry[INBOUND], {
    __current_task: { id: entry.id, route: entry.route, result },
    __state: score.view,
  })
  if (ACTIVE.has(state.status) && isRetryDue(score, entry, variables)) {
    return updateTask(score, entry.id, entry.route, commandEvent('retry'))
  }
  if (hasItems && (!awaitsRerun || kept.has('rerun-results'))) state.forgetItemResults(entry.id, entry.route)
  const commands = status === before ? [] : followTransitions(score, entry, variables)
  tellWorkflow(score, entry)
  for (const { id, route } of commands) {
    if (isEngineCommand(id)) updateTask(score, id, route, commandEvent(id))
  }
  return finish(score, entry)
}

/** Kept where a rerun may take up the items that failed. */
function leaveStaging(score: Score, entry: TaskEntry, isKept: boolean): void {
  const staged = score.state.staging.find(entry.id, entry.route)
  if (isKept) {
    if (staged === null) throw new PythonTypeError("'NoneType' object does not support item assignment")
    score.state.staging.change(staged, { completed: true })
  } else if (staged !== null) unstage(score, staged)
}

function resultOfItems({ state }: Score, entry: TaskEntry, event: TaskEvent): unknown {
  if (event.kind !== 'item') return resultOf(event) ?? []
  const count = state.staging.find(entry.id, entry.route)?.items?.length ?? event.item + 1
  return state.resultsOfItems(entry.id, entry.route, count)
}

/** NOTE: upstream asks for a retry of a canceled task too, which it then can not start, without end. */
function isRetryDue({ fields }: Score, { retry, status }: TaskEntry, variables: Variables): boolean {
  if (retry === undefined || status === undefined || status === 'canceled') return false
  if (isOrdered(retry.tally, '>=', retry.count)) return false
  if (ABENDED.has(status) && retry.when === null) return true
  return isTruthy(fields.evaluate(retry.when, variables))
}

/** What ends a workflow is a part of what its output is made of. */
function finish({ state }: Score, entry: TaskEntry): TaskEntry {
  if (COMPLETED.has(state.status)) state.undo.set(entry, 'term', true)
  return entry
}

/** Fails the latest run of a task without judging its transitions. */
export function breakOffTask(score: Score, task: string, route: number): void {
  const { state } = score
  const entry = state.entry(task, route)
  if (entry === null || (entry.status !== undefined && COMPLETED.has(entry.status))) return
  state.setEntryStatus(entry, 'failed')
  state.undo.set(entry, 'term', true)
  leaveStaging(score, entry, state.staging.find(task, route)?.items !== undefined)
}
