import type { ExecutionDocument } from '@st2/model'
import type { Filter } from '../ports/store.ts'
import type { ExecutionStore } from './execution-store.ts'

/** Executions read at once. */
const PAGE = 500

/** All executions that fit, in the order of their ids, so that one that changes meanwhile moves no other. */
export async function* eachExecution(executions: ExecutionStore, filter: Filter): AsyncIterable<ExecutionDocument> {
  for (let after = ''; ; ) {
    const page = await executions.find({
      filter: [...filter, { field: 'id', op: 'gt', value: after }],
      order: [{ field: 'id', direction: 'asc' }],
      limit: PAGE,
    })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)?.id ?? after
  }
}
