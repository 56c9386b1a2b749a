import type { Execution } from '@st2/model'
import { isWorkflow } from '../execution/runner-of.ts'
import { type Attempt, isOver, type RunModel, runModel, type TaskStatus } from './run-model.ts'
import { placeOf } from './task-place.ts'

/** A line of the tree and of the timeline. */
export type RunRow = TaskRow | NoteRow

export interface TaskRow {
  readonly kind: 'task' | 'item' | 'workflow'
  readonly key: string
  readonly depth: number
  readonly title: string
  /** `attempt 2`: which of several this is. */
  readonly note: string | null
  readonly action: string
  readonly status: TaskStatus
  readonly start: number
  readonly end: number | null
  /** One, or those of all items. */
  readonly executions: readonly Execution[]
  /** Of items: how many. */
  readonly itemsCount: number | null
  /** Whose task it is: of the run itself, or of a workflow that it started. */
  readonly task: string
  readonly isNested: boolean
  readonly isCritical: boolean
  /** Whether what is below is shown; null: there is nothing below. */
  readonly isOpen: boolean | null
}

/** Words in place of rows: that they are loaded, or why there are none. */
export interface NoteRow {
  readonly kind: 'note'
  readonly key: string
  readonly depth: number
  readonly text: string
}

/** What is known of a workflow that a task started. */
export type NestedRun =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'known'; readonly executions: readonly Execution[] }

export interface RowOptions {
  readonly opened: ReadonlySet<string>
  /** By the id of the execution that is the workflow. */
  readonly nested: ReadonlyMap<string, NestedRun>
  readonly critical: ReadonlySet<string>
}

/** All lines in the order in which things started, with what was opened below each. Pure. */
export function runRows(model: RunModel, options: RowOptions): RunRow[] {
  return rowsAt(model, options, 0, '')
}

/** The run as a line of its own: that it was paused is said by none of its tasks. Pure. */
export function workflowRow(execution: Execution): TaskRow {
  const { id, status, start_timestamp: start, end_timestamp: end } = execution
  return {
    kind: 'workflow',
    key: id,
    depth: 0,
    title: 'The workflow',
    note: null,
    action: execution.action?.ref ?? '',
    status,
    start: Date.parse(start),
    end: end === undefined ? null : Date.parse(end),
    executions: [execution],
    itemsCount: null,
    task: '',
    isNested: false,
    isCritical: false,
    isOpen: null,
  }
}

function rowsAt(model: RunModel, options: RowOptions, depth: number, prefix: string): RunRow[] {
  return model.steps
    .flatMap(({ task, visit }) => visit.attempts.map((attempt) => ({ task, attempt })))
    .sort((a, b) => a.attempt.start - b.attempt.start)
    .flatMap(({ task, attempt }) => attemptRows(model, task, attempt, options, depth, prefix))
}

function attemptRows(
  model: RunModel,
  task: string,
  attempt: Attempt,
  options: RowOptions,
  depth: number,
  prefix: string,
): RunRow[] {
  const first = attempt.executions[0]
  const key = `${prefix}${attempt.id}`
  const isItemized = attempt.itemsCount !== null
  const canOpen = isItemized ? attempt.executions.length > 0 : first !== undefined && isWorkflow(first)
  const isOpen = canOpen && options.opened.has(key)
  const row: TaskRow = {
    kind: 'task',
    key,
    depth,
    title: task,
    note: numberOf(model, task, attempt),
    action: first?.action?.ref ?? '',
    status: attempt.status,
    start: attempt.start,
    end: attempt.end,
    executions: attempt.executions,
    itemsCount: attempt.itemsCount,
    task,
    isNested: depth > 0,
    isCritical: depth === 0 && options.critical.has(attempt.id),
    isOpen: canOpen ? isOpen : null,
  }
  if (!isOpen) return [row]
  if (!isItemized) return first === undefined ? [row] : [row, ...nestedRows(first, options, depth + 1, `${key}/`)]
  const items = attempt.executions.flatMap((execution) => itemRows(row, execution, options, depth + 1, `${key}/`))
  return [row, ...items]
}

function itemRows(of: TaskRow, execution: Execution, options: RowOptions, depth: number, prefix: string): RunRow[] {
  const key = `${prefix}${execution.id}`
  const isOpen = isWorkflow(execution) && options.opened.has(key)
  const end = execution.end_timestamp === undefined ? Number.NaN : Date.parse(execution.end_timestamp)
  const row: TaskRow = {
    ...of,
    kind: 'item',
    key,
    depth,
    title: `item ${(placeOf(execution)?.item ?? 0) + 1}`,
    note: null,
    status: execution.status,
    start: Date.parse(execution.start_timestamp),
    end: isOver(execution.status) && !Number.isNaN(end) ? end : null,
    executions: [execution],
    itemsCount: null,
    isNested: true,
    isCritical: false,
    isOpen: isWorkflow(execution) ? isOpen : null,
  }
  return isOpen ? [row, ...nestedRows(execution, options, depth + 1, `${key}/`)] : [row]
}

function nestedRows(parent: Execution, options: RowOptions, depth: number, prefix: string): RunRow[] {
  const note = (text: string): RunRow[] => [{ kind: 'note', key: `${prefix}note`, depth, text }]
  const run = options.nested.get(parent.id) ?? { kind: 'loading' }
  if (run.kind === 'loading') return note('Loading its tasks')
  if (run.kind === 'failed') return note(`Its tasks could not be loaded: ${run.reason}`)
  if (run.executions.length === 0)
    return note(isOver(parent.status) ? 'It started no task.' : 'No task has started yet.')
  const model = runModel({ status: parent.status, executions: run.executions, insight: null })
  return rowsAt(model, options, depth, prefix)
}

/** Which of several starts of a task it is. */
function numberOf(model: RunModel, task: string, attempt: Attempt): string | null {
  const visits = model.tasks.get(task)?.visits ?? []
  const visit = visits.findIndex(({ attempts }) => attempts.includes(attempt))
  const attempts = visits[visit]?.attempts ?? []
  const round = visits.length > 1 ? `run ${visit + 1}` : null
  const attemptNumber = attempts.length > 1 ? `attempt ${attempts.indexOf(attempt) + 1}` : null
  return [round, attemptNumber].filter(Boolean).join(', ') || null
}

/** Workflows whose tasks the rows ask for. */
export function openedWorkflows(rows: readonly RunRow[]): string[] {
  const found = rows.flatMap((row) => {
    const first = row.kind === 'note' || row.isOpen !== true || row.itemsCount !== null ? undefined : row.executions[0]
    return first === undefined ? [] : [first.id]
  })
  return [...new Set(found)]
}
