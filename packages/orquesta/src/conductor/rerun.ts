import { PythonError } from '@st2/python-values'
import { ABENDED, COMPLETED, type Status, UNSET } from '../machines/statuses.ts'
import { isEngineCommand } from '../spec/workflow-spec.ts'
import type { ItemProgress } from '../state/item-progress.ts'
import type { StagedTask } from '../state/staging.ts'
import { entryKey, INBOUND, type TaskEntry } from '../state/task-entry.ts'
import type { WorkflowState } from '../state/workflow-state.ts'
import { InvalidTaskRerunRequestError, NotRerunnableError } from './errors.ts'
import { byTaskAndRoute, specOf } from './render-task.ts'
import type { Score } from './score.ts'
import { addTaskEntry } from './task-entries.ts'

export interface RerunRequest {
  task: string
  /** @default 0 */
  route?: number
  /** Run all items again, not only those that failed. @default false */
  resetItems?: boolean
}

interface Candidate {
  index: number
  entry: TaskEntry
}

/**
 * Prepares a workflow that has ended to run again from some of its tasks, or from those at which it failed.
 *
 * @throws NotRerunnableError, InvalidTaskRerunRequestError
 * @source orquesta: orquesta/conducting.py request_workflow_rerun
 */
export function requestRerun(score: Score, requests: readonly RerunRequest[]): void {
  const { state } = score
  if (!COMPLETED.has(state.status)) throw new NotRerunnableError()
  // a task that is named twice is run once, as the later request says
  const byKey = new Map(requests.map((request) => [entryKey(request.task, request.route ?? 0), request]))
  const unknown = [...byKey].filter(([key]) => !state.tasks.has(key)).map(([, request]) => request)
  if (unknown.length > 0) {
    throw new InvalidTaskRerunRequestError(unknown.map(({ task, route = 0 }) => ({ task, route })))
  }
  const candidates = byKey.size === 0 ? failedEnds(score) : requested(state, byKey)
  state.undo.push(
    state.reruns,
    candidates.map(({ index }) => index),
  )
  const sorted = candidates.map(({ entry }) => entry).sort(byTaskAndRoute)
  for (const { id, route } of sorted) {
    rerunTask(score, id, route, byKey.get(entryKey(id, route))?.resetItems ?? false)
  }
  reopenFollowed(state)
  state.setOutput(null)
  state.setStatus('resuming')
}

function failedEnds({ state, kept }: Score): Candidate[] {
  const found = new Map<string, Candidate>()
  for (const [index, entry] of state.sequence.entries()) {
    const isFailed = entry.term === true && entry.status !== undefined && ABENDED.has(entry.status)
    if (!isFailed || (isEngineCommand(entry.id) && !kept.has('rerun-fail'))) continue
    found.set(entryKey(entry.id, entry.route), { index, entry })
  }
  return [...found.values()]
}

/** A task is left out when it and its direct successors are part of those of every other. */
function requested(state: WorkflowState, byKey: ReadonlyMap<string, RerunRequest>): Candidate[] {
  const reach = new Map(
    Array.from(byKey.keys(), (key) => [key, new Set(withSuccessors(state, state.tasks.get(key) ?? 0))]),
  )
  const isKept = (own: ReadonlySet<number>) =>
    byKey.size === 1 || [...reach.values()].some((other) => [...own].some((index) => !other.has(index)))
  return [...reach].flatMap(([key, own]) => {
    const index = state.tasks.get(key) ?? 0
    const entry = state.sequence[index]
    return entry !== undefined && isKept(own) ? [{ index, entry }] : []
  })
}

/** The entry and those that any run of its task led to. */
function withSuccessors({ sequence }: WorkflowState, index: number): number[] {
  const start = sequence[index]
  const isRun = (at: number) => sequence[at]?.id === start?.id && sequence[at]?.route === start?.route
  const successors = [...sequence.keys()].filter((at) => Object.values(sequence[at]?.prev ?? {}).some(isRun))
  return [index, ...successors]
}

function rerunTask(score: Score, task: string, route: number, isReset: boolean): void {
  const { state, kept } = score
  const entry = state.entry(task, route)
  if (entry === null) return
  state.undo.remove(entry, 'term')
  const staged = state.staging.find(task, route)
  if (staged !== null) state.staging.change(staged, { completed: undefined, run: undefined })
  state.errors.removeOf(task)
  const hasItems = specOf(score, task).with !== null
  if (hasItems && staged !== null) rerunItems(score, staged, isReset)
  else if (hasItems && kept.has('rerun-items')) {
    throw new PythonError('AttributeError', "'NoneType' object has no attribute 'get'")
  } else {
    const origin = { contexts: entry[INBOUND], prev: { ...entry.prev } }
    addTaskEntry(score, task, route, origin)
    state.staging.add({ id: task, route, ...origin, ready: true })
  }
  for (const index of withSuccessors(state, state.entryIndex(task, route) ?? 0)) {
    const successor = state.sequence[index]
    if (successor !== undefined) state.undo.remove(successor, 'term')
  }
}

function rerunItems({ state }: Score, { id, route, items }: StagedTask, isReset: boolean): void {
  if (items === undefined) return
  for (const item of itemsToRerun(items, isReset)) {
    items.setStatus(item, UNSET satisfies Status)
    state.forgetItemResult(id, route, item)
  }
}

export function itemsToRerun({ statuses }: ItemProgress, isReset: boolean): number[] {
  return [...statuses.entries()].flatMap(([item, status]) => (isReset || ABENDED.has(status) ? [item] : []))
}

/** Ends that lead on after all: what they lead to is staged. */
function reopenFollowed(state: WorkflowState): void {
  const ends = state.terminal.filter(({ next }) => Object.values(next).includes(true))
  // of several ends of one task the last counts
  const latest = new Map(ends.map((entry) => [entryKey(entry.id, entry.route), entry]))
  for (const entry of latest.values()) state.undo.remove(entry, 'term')
}
