import { PythonKeyError, repr } from '@st2/python-values'
import { isRequest, isTaskEvent, requestEvent, requestEventOfTask, taskEvent } from '../machines/events.ts'
import { StateMachine } from '../machines/machine.ts'
import { COMPLETED, isStatus, PAUSE, type Status } from '../machines/statuses.ts'
import { WORKFLOW_TABLE } from '../machines/workflow-table.ts'
import { TASK_TABLE } from '../machines/task-table.ts'
import type { TaskEntry } from '../state/task-entry.ts'
import {
  InvalidEventError,
  InvalidStatusError,
  InvalidTaskStatusTransitionError,
  InvalidWorkflowStatusTransitionError,
  UnreachableJoinError,
} from './errors.ts'
import { followersOf, unreachableJoins } from './joins.ts'
import type { Score } from './score.ts'

const WORKFLOWS = new StateMachine(WORKFLOW_TABLE)
const TASKS = new StateMachine(TASK_TABLE)
/** Requests that a workflow already follows, by the status it has meanwhile: nothing has to change. */
const UNDER_WAY = new Map<Status, Status>([
  ['paused', 'pausing'],
  ['canceled', 'canceling'],
])

/** Asks the workflow to take a status. @throws InvalidWorkflowStatusTransitionError when nothing comes of it */
export function requestStatus(score: Score, request: string): void {
  const refusal = proposeStatus(score, request)
  if (refusal !== null) throw refusal
}

/** Asks the workflow to take a status: first its active tasks hear of it, then itself. @returns why nothing comes of it */
export function proposeStatus(score: Score, request: string): InvalidWorkflowStatusTransitionError | null {
  if (!isStatus(request)) throw new InvalidStatusError(request)
  const { state } = score
  const before = state.status
  tellTasks(score, request)
  const event = requestEvent(request, before, state.facts)
  if (!isRequest(request)) throw new InvalidEventError(event)
  moveWorkflow(score, event)
  const isRefused = request !== before && state.status === before && UNDER_WAY.get(request) !== before
  return isRefused ? new InvalidWorkflowStatusTransitionError(before, `workflow_${request}`) : null
}

/** Only tasks with items take notice. */
function tellTasks({ state }: Score, request: Status): void {
  for (const entry of state.activeEntries) {
    if (!isRequest(request)) throw new InvalidEventError(`workflow_${request}`)
    const items = state.staging.find(entry.id, entry.route)?.items
    const event = requestEventOfTask(request, items === undefined ? null : (of) => items.count(of), items?.length ?? 0)
    const status = TASKS.next(entry.status ?? 'null', event)
    if (status !== null) state.setEntryStatus(entry, status)
  }
}

/** @returns whether the table had a row */
function moveWorkflow({ state }: Score, event: string): boolean {
  if (!WORKFLOWS.has(state.status)) throw new InvalidWorkflowStatusTransitionError(state.status, event)
  const status = WORKFLOWS.next(state.status, event)
  if (status !== null && status !== state.status) state.setStatus(status)
  return status !== null
}

/** Lets a task take an event of its action or of the engine. */
export function moveTask(score: Score, entry: TaskEntry, event: string): void {
  const status = entry.status ?? 'null'
  if (!TASKS.has(status)) throw new InvalidTaskStatusTransitionError(status, event)
  const next = TASKS.next(status, event) ?? lateEnd(score, status, event)
  if (next !== null) score.state.setEntryStatus(entry, next)
}

const ENDS = /^action_(?:succeeded|failed|timeout|abandoned)(_task_)?/
/** Whose row counts for an action that ends although its task stands still. */
const LATE_ENDS: Partial<Record<Status, { action: Status; item: Status }>> = {
  pausing: { action: 'running', item: 'pausing' },
  paused: { action: 'running', item: 'pausing' },
  resuming: { action: 'running', item: 'running' },
  canceling: { action: 'running', item: 'canceling' },
}

function lateEnd({ kept }: Score, status: Status, event: string): Status | null {
  const match = ENDS.exec(event)
  const rows = LATE_ENDS[status]
  if (match === null || rows === undefined || kept.has('late-end')) return null
  return TASKS.next(match[1] === undefined ? rows.action : rows.item, event)
}

/** Tells the workflow what has become of a task. A workflow that is over by it fails when a join still waits in vain. */
export function tellWorkflow(score: Score, entry: TaskEntry): void {
  const { state } = score
  if (entry.status === undefined) throw new PythonKeyError(repr('status'))
  const event = taskEvent(entry.status, followersOf(score, entry.id, entry.route), state.facts)
  if (!isTaskEvent(event)) throw new InvalidEventError(event)
  const before = state.status
  if (!moveWorkflow(score, event)) return
  if (!score.kept.has('items-stall')) settleItems(score, before)
  if (!COMPLETED.has(state.status)) return
  const joins = unreachableJoins(score)
  if (joins.length > 0) state.setStatus('failed')
  for (const { id, route } of joins) {
    state.errors.addError(new UnreachableJoinError(id, route), { task_id: id, route })
  }
}

/** A workflow that pauses or cancels by one task tells those with items, as it would after a request. */
function settleItems(score: Score, before: Status): void {
  const { state } = score
  if (state.status === before || (state.status !== 'pausing' && state.status !== 'canceling')) return
  tellTasks(score, state.status)
  if (state.facts.hasActive) return
  moveWorkflow(score, requestEvent(PAUSE.has(state.status) ? 'pausing' : 'canceling', state.status, state.facts))
}
