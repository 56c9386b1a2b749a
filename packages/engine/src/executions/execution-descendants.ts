import { COMPLETED_STATUSES, type ExecutionDocument, WORKFLOW_RUNNERS } from '@st2/model'
import type { Condition } from '../ports/store.ts'
import type { ExecutionStore } from './execution-store.ts'

/** Values that one condition takes. */
const MAX_VALUES = 1000

/**
 * What executions below an execution can still ask for others or print: workflows, and whatever has not ended. Level by level, each
 * level whole before the next is asked for, so that who learns of new executions meanwhile misses none.
 *
 * @param limit of executions in all, the root not counted; one more may be answered, which says that there are more
 */
export async function* livingDescendants(
  executions: ExecutionStore,
  rootId: string,
  limit: number,
): AsyncGenerator<readonly ExecutionDocument[]> {
  let parents: readonly string[] = [rootId]
  let left = limit + 1
  while (parents.length > 0 && left > 0) {
    const level = await livingChildren(executions, parents, left)
    left -= level.length
    yield level
    parents = level.map(({ id }) => id)
  }
}

async function livingChildren(
  executions: ExecutionStore,
  parents: readonly string[],
  limit: number,
): Promise<readonly ExecutionDocument[]> {
  const found = new Map<string, ExecutionDocument>()
  for (let start = 0; start < parents.length && found.size < limit; start += MAX_VALUES) {
    const below: Condition = { field: 'parent', op: 'in', value: parents.slice(start, start + MAX_VALUES) }
    for (const kind of [IS_WORKFLOW, IS_OPEN]) {
      const page = await executions.find({ filter: [below, kind], limit: limit - found.size })
      for (const document of page) found.set(document.id, document)
      if (found.size >= limit) break
    }
  }
  return [...found.values()]
}

const IS_WORKFLOW: Condition = { field: 'runner', op: 'in', value: WORKFLOW_RUNNERS }
const IS_OPEN: Condition = { field: 'status', op: 'nin', value: COMPLETED_STATUSES }
