import { ABENDED, ACTIVE, CANCEL, COMPLETED, PAUSE, type Status } from './statuses.ts'

/**
 * How events get the names under which the tables know them: what is asked of the rest of the workflow is part of the name.
 *
 * @source orquesta: orquesta/events.py, orquesta/machines.py add_context_to_*
 */

/** How many there are of each status, of items or of tasks. */
export type StatusCounts = (statuses: ReadonlySet<Status>) => number

/** What a request or a task's end must know of the workflow's tasks. */
export interface TaskFacts {
  hasActive: boolean
  hasPaused: boolean
  hasPausing: boolean
  hasCanceling: boolean
  hasCanceled: boolean
  /** Tasks that are staged and ready. */
  hasStaged: boolean
}

const REQUESTS: ReadonlySet<Status> = new Set([
  'requested',
  'scheduled',
  'delayed',
  'running',
  'pausing',
  'paused',
  'resuming',
  'succeeded',
  'failed',
  'canceling',
  'canceled',
])

/** Whether a workflow can be asked to take a status. */
export function isRequest(status: Status): boolean {
  return REQUESTS.has(status)
}

/** A request as the workflow itself sees it. */
export function requestEvent(request: Status, workflow: Status, facts: TaskFacts): string {
  const name = `workflow_${request}`
  if (PAUSE.has(request) || CANCEL.has(request)) return name + activity(facts.hasActive)
  const isResumed = workflow === 'paused' && (request === 'running' || request === 'resuming')
  const isOver = isResumed && !facts.hasActive && !facts.hasStaged && !facts.hasPaused
  return isOver ? `${name}_workflow_completed` : name
}

/** A request as a task sees it. @param items null for a task without items */
export function requestEventOfTask(request: Status, items: StatusCounts | null, count: number): string {
  const name = `workflow_${request}`
  if (items === null || !(PAUSE.has(request) || CANCEL.has(request))) return name
  const isIncomplete = items(COMPLETED) < count
  return `${name}_task_${items(ACTIVE) > 0 ? 'active' : 'dormant'}_items_${isIncomplete ? 'incomplete' : 'completed'}`
}

const QUALIFIED_ITEMS: ReadonlySet<Status> = new Set([
  'resuming',
  'pending',
  'paused',
  'succeeded',
  'failed',
  'timeout',
  'abandoned',
  'canceled',
])
const PAUSED_ITEMS: ReadonlySet<Status> = new Set(['pending', 'paused'])
const CANCELED_ITEMS: ReadonlySet<Status> = new Set(['canceled'])

/** Whether a new status of an item says something of its task only together with the other items. */
export function dependsOnOtherItems(status: Status): boolean {
  return QUALIFIED_ITEMS.has(status)
}

/** An item's new status as its task sees it. @param others the statuses of the other items, of which there are `count` */
export function itemEvent(status: Status, others: StatusCounts, count: number): string {
  const name = `action_${status}`
  const isActive = others(ACTIVE) > 0
  const part = isActive ? `${name}_task_active` : `${name}_task_dormant`
  if (!isActive && others(PAUSED_ITEMS) > 0) return `${part}_items_paused`
  if (!isActive && others(CANCELED_ITEMS) > 0) return `${part}_items_canceled`
  if (!isActive && others(ABENDED) > 0) return `${part}_items_failed`
  return others(COMPLETED) < count ? `${part}_items_incomplete` : `${part}_items_completed`
}

const QUALIFIED_TASKS: ReadonlySet<string> = new Set([
  'pending',
  'paused',
  'succeeded',
  'failed',
  'remediated',
  'canceled',
  'retrying',
])

/** What follows a task that has ended. */
export interface Followers {
  /** A transition holds, other than to `continue`, and if it leads to a join that one can still be reached. */
  hasNext: boolean
  /** A transition to a join holds. */
  hasJoin: boolean
}

/** A task's new status as the workflow sees it. */
export function taskEvent(status: Status, followers: Followers, facts: TaskFacts): string {
  const isRemediated = ABENDED.has(status) && (followers.hasNext || followers.hasJoin)
  const outcome = isRemediated ? 'remediated' : status
  if (!QUALIFIED_TASKS.has(outcome)) return `task_${outcome}`
  const name = `task_${outcome}${activity(facts.hasActive)}`
  if (outcome !== 'succeeded' && outcome !== 'remediated') return name
  if (facts.hasCanceling || facts.hasCanceled) return `${name}_canceled`
  if (facts.hasPausing || facts.hasPaused) return `${name}_paused`
  return facts.hasStaged || followers.hasNext ? `${name}_incomplete` : `${name}_completed`
}

/** Statuses of tasks that no workflow takes notice of: they reach a task only if it was never seen running. */
const UNHEARD: ReadonlySet<string> = new Set(['task_timeout', 'task_abandoned', 'task_null'])

export function isTaskEvent(name: string): boolean {
  return !UNHEARD.has(name)
}

function activity(hasActive: boolean): string {
  return hasActive ? '_workflow_active' : '_workflow_dormant'
}
