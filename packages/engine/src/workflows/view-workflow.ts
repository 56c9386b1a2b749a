import {
  isCompleted,
  isExecutionStatus,
  NotFoundError,
  type TaskExecution,
  type WorkflowEvent,
  type WorkflowExecution,
} from '@st2/model'
import type { WorkflowRun } from '@st2/orquesta'
import { timestampOf } from '../ports/timestamp.ts'
import { withAllItems } from './all-items.ts'
import { loadRun } from './load-run.ts'
import { TaskRecords } from './task-records.ts'
import type { WorkflowDeps } from './workflow-deps.ts'

/** A workflow as its journal tells it. Values may hold secrets: whoever shows them masks them. */
export interface WorkflowInsight {
  readonly record: WorkflowExecution
  readonly run: WorkflowRun
  /** In the order in which they were started. */
  readonly tasks: readonly TaskExecution[]
  /** Ids of the executions of their actions. */
  readonly executions: ReadonlySet<string>
  readonly endTimestamp: string | null
}

export interface JournalRow extends WorkflowEvent {
  /** The result of the action that the row tells of, loaded. */
  readonly result: unknown
}

export interface JournalPage {
  readonly record: WorkflowExecution
  readonly rows: readonly JournalRow[]
  /** Nothing comes after them now. */
  readonly isLast: boolean
}

/**
 * The workflow of an execution, as it is now or as it was before a row of its journal.
 *
 * @param until number of that row; null: now
 * @throws NotFoundError upstream's text
 */
export async function workflowOf(
  deps: WorkflowDeps,
  execution: string,
  until: number | null = null,
): Promise<WorkflowInsight> {
  const record = await requireRecord(deps, execution)
  const { run } = await loadRun(deps, record, until)
  const tasks = new TaskRecords(record)
  let endedAt: number | null = null
  let isPast = false
  for await (const row of deps.workflows.events(record.id, 0)) {
    isPast = until !== null && row.seq >= until
    if (isPast) break
    tasks.add(row, row.result_size === undefined ? null : await deps.results.reveal(row))
    endedAt = endAfter(row, endedAt)
  }
  return {
    record,
    run,
    tasks: tasks.all.map((task) => withAllItems(record, run, task)),
    executions: tasks.executions,
    endTimestamp: isPast ? timestampAt(endedAt) : (record.end_timestamp ?? null),
  }
}

/** A rerun takes the end away. */
function endAfter({ at, effects }: WorkflowEvent, before: number | null): number | null {
  const status = effects.findLast(({ type }) => type === 'status')?.status
  if (status === undefined) return before
  return isExecutionStatus(status) && isCompleted(status) ? at : null
}

function timestampAt(at: number | null): string | null {
  return at === null ? null : timestampOf(Math.floor(at / 1000))
}

/**
 * Rows of the journal of an execution's workflow, in their order.
 *
 * @param page `maxSize`: bytes of their results together; one row is there whatever its size
 * @throws NotFoundError
 */
export async function journalOf(
  deps: WorkflowDeps,
  execution: string,
  { from, limit, maxSize }: { readonly from: number; readonly limit: number; readonly maxSize: number },
): Promise<JournalPage> {
  const record = await requireRecord(deps, execution)
  const found = await deps.workflows.eventPage(record.id, from, limit)
  const stored = found.slice(0, Math.max(1, rowsWithin(found, maxSize)))
  const rows = await Promise.all(
    stored.map(async (row) => ({
      ...row,
      result: row.result_size === undefined ? null : await deps.results.load(row),
    })),
  )
  return { record, rows, isLast: found.length < limit && stored.length === found.length }
}

/** How many of the rows have results of so many bytes together. */
function rowsWithin(rows: readonly WorkflowEvent[], maxSize: number): number {
  let size = 0
  const over = rows.findIndex(({ result_size = 0 }) => (size += result_size) > maxSize)
  return over === -1 ? rows.length : over
}

/** An execution whose tasks were run again by a later one shares its workflow. */
export async function requireRecord(deps: WorkflowDeps, execution: string): Promise<WorkflowExecution> {
  const direct = await deps.workflows.ofExecution(execution)
  if (direct !== null) return direct
  const id = (await deps.executions.get(execution))?.context['workflow_execution']
  const record = typeof id === 'string' ? await deps.workflows.get(id) : null
  if (record !== null) return record
  throw new NotFoundError(
    `Unable to identify any workflow execution that is associated to action execution "${execution}".`,
  )
}
