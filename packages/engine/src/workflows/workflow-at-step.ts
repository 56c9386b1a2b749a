import type { TaskExecution, WorkflowExecution } from '@st2/model'
import { COMPLETED, type WorkflowRun } from '@st2/orquesta'
import { withAllItems } from './all-items.ts'
import { eventOf } from './journal-rows.ts'
import { newRun } from './load-run.ts'
import { TaskRecords } from './task-records.ts'
import type { WorkflowDeps } from './workflow-deps.ts'

/** What the expressions of a step's transitions see of the workflow. */
export interface WorkflowAtStep {
  readonly run: WorkflowRun
  readonly records: TaskRecords
  /** What became of the step's task; null: it had no action. */
  readonly task: TaskExecution | null
  /** The workflow's. */
  readonly status: string
  /** The first so many of the sequence had started. */
  readonly started: number
}

/**
 * The workflow as it was when a step of its sequence ended, before anything followed from that; one that has not ended is seen as it
 * is now.
 */
export async function workflowAtStep(
  deps: WorkflowDeps,
  record: WorkflowExecution,
  index: number,
): Promise<WorkflowAtStep> {
  const run = newRun(deps, record, await deps.workflows.definition(record.definition))
  const records = new TaskRecords(record)
  for await (const row of deps.workflows.events(record.id, 0)) {
    const before = run.hasBegun ? run.conductor : null
    const status = before?.status ?? 'running'
    const started = Math.max(before?.state.sequence.length ?? 0, index + 1)
    const { event, answers } = await eventOf(deps, row)
    run.apply(event, answers)
    const isEnd = hasEnded(run, index)
    records.add(isEnd ? { ...row, effects: [] } : row, event.type === 'action' ? (event.result ?? null) : null)
    if (isEnd) return { run, records, status, started, task: taskAt(record, run, records, index) }
  }
  const { status, state } = run.conductor
  return { run, records, status, started: state.sequence.length, task: taskAt(record, run, records, index) }
}

function hasEnded(run: WorkflowRun, index: number): boolean {
  const status = run.conductor.state.sequence[index]?.status
  return status !== undefined && COMPLETED.has(status)
}

function taskAt(
  record: WorkflowExecution,
  run: WorkflowRun,
  records: TaskRecords,
  index: number,
): TaskExecution | null {
  const entry = run.conductor.state.sequence[index]
  const task = entry === undefined ? null : records.latest(entry.id, entry.route)
  return task === null ? null : withAllItems(record, run, task)
}
