import { type ExecutionDocument, ORQUESTA_RUNNERS } from '@st2/model'
import type { ExecutionStore } from '../executions/execution-store.ts'

/** Workflows read at once. */
const PAGE = 200

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
export async function* pausedWorkflows(executions: ExecutionStore): AsyncIterable<string[]> {
  for (let after = ''; ; ) {
    const page = await executions.find({
      filter: [
        { field: 'status', op: 'eq', value: 'paused' },
        { field: 'runner', op: 'in', value: ORQUESTA_RUNNERS },
        { field: 'id', op: 'gt', value: after },
      ],
      limit: PAGE,
    })
    yield page.filter(mayBeStranded).map(({ id }) => id)
    if (page.length < PAGE) return
    after = page.at(-1)?.id ?? after
  }
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
