import { type Execution, type ExecutionStatus, isCompleted, type WorkflowStep, type WorkflowView } from '@st2/model'
import { isEngineCommand } from '@st2/orquesta'
import { chainTaskOf, type OrquestaPlace, placeOf } from './task-place.ts'

/** How a task stands. Besides the statuses of executions: not started, never reached, between two attempts. */
export type TaskStatus = ExecutionStatus | 'waiting' | 'skipped' | 'retrying'

/** One start of a task: of a retried task each attempt, of a task in a cycle each round. */
export interface Attempt {
  readonly id: string
  readonly status: TaskStatus
  readonly start: number
  /** ms; null while it goes on. */
  readonly end: number | null
  /** One, or one for each item that was started. */
  readonly executions: readonly Execution[]
  /** Items there are; null for a task without items. */
  readonly itemsCount: number | null
  /** Items that have ended, where it is not for the executions to tell. */
  readonly itemsTold?: { readonly done: number; readonly bad: number } | undefined
}

/** A step of the workflow: a task on a route; the attempts of a retry are one step, rounds of a cycle are several. */
export interface Visit {
  /** Number in the sequence of the workflow; null where nobody told it. */
  readonly index: number | null
  readonly route: number
  readonly status: TaskStatus
  readonly attempts: readonly Attempt[]
  /** Numbers of the steps that led here. */
  readonly previous: readonly number[]
  /** By transition, as the workflow judged it. */
  readonly transitions: Readonly<Record<string, boolean>>
}

export interface TaskRun {
  readonly name: string
  /** Of the visit that tells most: one that goes on, else the latest. */
  readonly status: TaskStatus
  readonly visits: readonly Visit[]
}

export interface RunModel {
  readonly tasks: ReadonlyMap<string, TaskRun>
  /** All steps in the order in which they were started. */
  readonly steps: readonly { readonly task: string; readonly visit: Visit }[]
}

export interface RunFacts {
  readonly status: ExecutionStatus
  readonly executions: Iterable<Execution>
  /** null: nobody may or can tell; then only what executions say is known. */
  readonly insight: Pick<WorkflowView, 'sequence' | 'tasks'> | null
}

/** What has become of each task. Executions tell of the present, the workflow's own view may be a moment behind. Pure. */
export function runModel({ status, executions, insight }: RunFacts): RunModel {
  const attempts = attemptsByTask(executions, insight)
  const visits = new Map<string, Visit[]>()
  insight?.sequence.forEach((step, index) => {
    // Commands of the engine stand in the sequence as tasks do.
    if (isEngineCommand(step.id)) return
    const key = keyOf(step.id, step.route)
    const list = visits.get(key) ?? []
    list.push(visitOf(step, index, takeAttempts(attempts.get(key) ?? [], step)))
    visits.set(key, list)
  })
  for (const [key, rest] of attempts) addLateAttempts(visits, key, rest)
  const tasks = new Map<string, TaskRun>()
  for (const [key, list] of visits) {
    const name = key.slice(0, key.lastIndexOf('.'))
    const all = [...(tasks.get(name)?.visits ?? []), ...list].sort(byOrder)
    tasks.set(name, { name, status: statusOf(all, status), visits: all })
  }
  const steps = [...tasks.values()]
    .flatMap(({ name, visits: list }) => list.map((visit) => ({ task: name, visit })))
    .sort((a, b) => byOrder(a.visit, b.visit))
  return { tasks, steps }
}

/** How a task stands that has no run. */
export function absentStatus(status: ExecutionStatus): TaskStatus {
  return isCompleted(status) ? 'skipped' : 'waiting'
}

const keyOf = (task: string, route: number) => `${task}.${route}`

function byOrder(a: Visit, b: Visit): number {
  if (a.index !== null && b.index !== null) return a.index - b.index
  if (a.index !== null || b.index !== null) return a.index === null ? 1 : -1
  return (a.attempts[0]?.start ?? 0) - (b.attempts[0]?.start ?? 0)
}

/** Attempts of each task on each route, oldest first. Consumed from the front. */
function attemptsByTask(executions: Iterable<Execution>, insight: RunFacts['insight']): Map<string, Attempt[]> {
  const groups = new Map<string, { place: OrquestaPlace; executions: Execution[] }>()
  for (const execution of executions) {
    const place = placeOf(execution) ?? chainPlace(execution)
    if (place === null) continue
    const group = groups.get(place.taskExecution)
    if (group === undefined) groups.set(place.taskExecution, { place, executions: [execution] })
    else group.executions.push(execution)
  }
  const told = new Map((insight?.tasks ?? []).map((task) => [String(task['id']), task]))
  const byTask = new Map<string, Attempt[]>()
  for (const [id, { place, executions: own }] of groups) {
    const key = keyOf(place.task, place.route)
    const list = byTask.get(key) ?? []
    list.push(attemptOf(id, place, own, told.get(id)))
    byTask.set(key, list)
  }
  for (const task of insight?.tasks ?? []) addWithoutExecutions(byTask, groups, task)
  for (const list of byTask.values()) list.sort((a, b) => a.start - b.start)
  return byTask
}

/** Each start of a task of a chain is one execution. */
function chainPlace(execution: Execution): OrquestaPlace | null {
  const task = chainTaskOf(execution)
  return task === null ? null : { taskExecution: execution.id, task, route: 0, item: null }
}

function attemptOf(
  id: string,
  place: OrquestaPlace,
  executions: Execution[],
  told: Readonly<Record<string, unknown>> | undefined,
): Attempt {
  const isItemized = place.item !== null || told?.['itemized'] === true
  executions.sort((a, b) => (placeOf(a)?.item ?? 0) - (placeOf(b)?.item ?? 0))
  const itemsCount = isItemized ? Math.max(Number(told?.['items_count'] ?? 0), executions.length) : null
  const isOver = executions.length >= (itemsCount ?? 1) && executions.every(({ status }) => isCompleted(status))
  const ends = executions.map(({ end_timestamp: end }) => (end === undefined ? Number.NaN : Date.parse(end)))
  const end = Math.max(...ends)
  return {
    id,
    status: isItemized ? itemsStatus(executions, isOver) : (executions[0]?.status ?? 'requested'),
    start: executions.reduce(
      (least, { start_timestamp: start }) => Math.min(least, Date.parse(start)),
      Number.POSITIVE_INFINITY,
    ),
    end: isOver && !Number.isNaN(end) ? end : null,
    executions,
    itemsCount,
  }
}

function itemsStatus(executions: readonly Execution[], isOver: boolean): TaskStatus {
  const open = executions.find(({ status }) => !isCompleted(status))
  if (!isOver) return open?.status ?? 'running'
  return executions.find(({ status }) => status !== 'succeeded')?.status ?? 'succeeded'
}

/** Executions that are gone, or that come in a page that is not here yet, leave what the workflow says of them. */
function addWithoutExecutions(
  byTask: Map<string, Attempt[]>,
  groups: ReadonlyMap<string, unknown>,
  task: Readonly<Record<string, unknown>>,
): void {
  const id = String(task['id'])
  if (groups.has(id)) return
  const key = keyOf(String(task['task_id']), Number(task['task_route'] ?? 0))
  const end = task['end_timestamp']
  const attempt: Attempt = {
    id,
    status: asTaskStatus(task['status']),
    start: Date.parse(String(task['start_timestamp'])),
    end: typeof end === 'string' ? Date.parse(end) : null,
    executions: [],
    itemsCount: task['itemized'] === true ? Number(task['items_count'] ?? 0) : null,
    itemsTold:
      typeof task['items_done'] === 'number' ? { done: task['items_done'], bad: Number(task['items_bad']) } : undefined,
  }
  byTask.set(key, [...(byTask.get(key) ?? []), attempt])
}

/** A step that was retried has as many attempts as the workflow counted. */
function takeAttempts(attempts: Attempt[], step: WorkflowStep): Attempt[] {
  const retries = step.retry?.['tally']
  return attempts.splice(0, 1 + (typeof retries === 'number' ? retries : 0))
}

function visitOf(step: WorkflowStep, index: number, attempts: Attempt[]): Visit {
  return {
    index,
    route: step.route,
    status: visitStatus(asTaskStatus(step.status), attempts),
    attempts,
    previous: Object.values(step.prev),
    transitions: step.next,
  }
}

/** What the workflow decided of an attempt that is over counts; of one that goes on the execution knows better. */
function visitStatus(told: TaskStatus, attempts: readonly Attempt[]): TaskStatus {
  const last = attempts.at(-1)
  if (last === undefined) return told
  if (last.end === null) return last.status
  return told === 'retrying' || isOver(told) ? told : last.status
}

/** Attempts that the workflow's view does not know yet belong to the latest visit, or are the first of a new one. */
function addLateAttempts(visits: Map<string, Visit[]>, key: string, late: readonly Attempt[]): void {
  if (late.length === 0) return
  const list = visits.get(key) ?? []
  const latest = list.at(-1)
  const isChain = late.every(({ id, executions }) => executions[0]?.id === id)
  if (latest !== undefined && !isChain) {
    const attempts = [...latest.attempts, ...late]
    list[list.length - 1] = { ...latest, attempts, status: visitStatus('running', attempts) }
  } else if (isChain) list.push(...late.map((attempt) => newVisit(key, [attempt])))
  else list.push(newVisit(key, late))
  visits.set(key, list)
}

function newVisit(key: string, attempts: readonly Attempt[]): Visit {
  const route = Number(key.slice(key.lastIndexOf('.') + 1))
  const status = visitStatus('running', attempts)
  return { index: null, route, status, attempts, previous: [], transitions: {} }
}

function statusOf(visits: readonly Visit[], run: ExecutionStatus): TaskStatus {
  const open = visits.findLast(({ status }) => !isOver(status))
  const { status } = open ?? visits.at(-1) ?? { status: absentStatus(run) }
  // Nothing goes on in a workflow that has ended; what it left is not waited for.
  return isCompleted(run) && status === 'retrying' ? 'failed' : status
}

export function isOver(status: TaskStatus): boolean {
  return status === 'skipped' || (status !== 'waiting' && status !== 'retrying' && isCompleted(status))
}

const WORKFLOW_ONLY: Readonly<Record<string, TaskStatus>> = { null: 'waiting', retrying: 'retrying' }

function asTaskStatus(status: unknown): TaskStatus {
  if (typeof status !== 'string') return 'waiting'
  return WORKFLOW_ONLY[status] ?? (status as ExecutionStatus)
}
