import { type ExecutionDocument, ORQUESTA_RUNNERS } from '@st2/model'
import { eachExecution } from '../executions/each-execution.ts'
import type { ExecutionStore } from '../executions/execution-store.ts'
import type { Filter } from '../ports/store.ts'

const PAUSED: Filter = [
  { field: 'status', op: 'eq', value: 'paused' },
  { field: 'runner', op: 'in', value: ORQUESTA_RUNNERS },
]

/**
 * A workflow may have paused for an inquiry just when that was answered, too late for whoever answered to see it. It goes on: nobody
 * asked it to pause, and nothing below it waits any more.
 */
export async function resumeStranded(executions: ExecutionStore, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const workflow = await executions.get(id)
    if (workflow === null || !mayBeStranded(workflow) || (await hasWaitingChild(executions, id))) continue
    await executions.change(id, (current) => (mayBeStranded(current) ? { status: 'resuming' } : null), workflow)
  }
}

/** Ids of all workflows that have paused, for whoever begins to look after them. */
export async function* pausedWorkflows(executions: ExecutionStore): AsyncIterable<string> {
  for await (const workflow of eachExecution(executions, PAUSED)) if (mayBeStranded(workflow)) yield workflow.id
}

function mayBeStranded({ status, context }: ExecutionDocument): boolean {
  return status === 'paused' && context['paused_by'] === undefined
}

async function hasWaitingChild(executions: ExecutionStore, parent: string): Promise<boolean> {
  const waiting = await executions.find({
    filter: [
      { field: 'parent', op: 'eq', value: parent },
      { field: 'status', op: 'in', value: ['pending', 'paused', 'pausing', 'running'] },
    ],
    limit: 1,
  })
  return waiting.length > 0
}
