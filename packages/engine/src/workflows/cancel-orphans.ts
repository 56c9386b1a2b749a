import { type ExecutionDocument, isCompleted, ORQUESTA_RUNNERS } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { type CancelDeps, cancelExecution, NotCancelableError } from '../executions/cancel-execution.ts'
import { timestampOf } from '../ports/timestamp.ts'

/** Running workflows looked at in one round, the oldest first. */
const BATCH = 200
/** Children of one workflow that are looked at. */
const MAX_CHILDREN = 10_000

/**
 * Cancels workflows in which nothing has happened for so long: nothing of theirs runs, and nothing has ended since.
 *
 * @param idleSince ms since epoch
 * @returns how many
 * @source orquesta.md 26
 */
export async function cancelOrphans(deps: CancelDeps, principal: Principal, idleSince: number): Promise<number> {
  const before = timestampOf(idleSince)
  const old = await deps.executions.find({
    filter: [
      { field: 'status', op: 'eq', value: 'running' },
      { field: 'runner', op: 'in', value: ORQUESTA_RUNNERS },
      { field: 'start_timestamp', op: 'lt', value: before },
    ],
    order: [{ field: 'start_timestamp', direction: 'asc' }],
    limit: BATCH,
  })
  let count = 0
  for (const workflow of old)
    if (await isIdle(deps, workflow, before)) count += await cancelOne(deps, principal, workflow)
  return count
}

async function isIdle({ executions }: CancelDeps, workflow: ExecutionDocument, before: string): Promise<boolean> {
  if ((workflow.log.at(-1)?.timestamp ?? '') >= before) return false
  const children = await executions.childrenOf([workflow.id], MAX_CHILDREN)
  return children.every(({ status, end_timestamp }) => isCompleted(status) && (end_timestamp ?? '') < before)
}

async function cancelOne(deps: CancelDeps, principal: Principal, { id }: ExecutionDocument): Promise<0 | 1> {
  try {
    await cancelExecution(deps, principal, id)
    return 1
  } catch (error) {
    // It has ended meanwhile.
    if (error instanceof NotCancelableError) return 0
    throw error
  }
}
