import { CHAIN_RUNNER, type ExecutionDocument, workflowEvents } from '@st2/model'
import { derivedId } from '../ports/derived-id.ts'
import type { Store } from '../ports/store.ts'

/** Rows removed at once. */
const BATCH = 1000

/** Which rows of journals are an action chain's. */
export function chainJournalId({ id, start_timestamp }: Pick<ExecutionDocument, 'id' | 'start_timestamp'>): string {
  return derivedId(Date.parse(start_timestamp), 'chain', id)
}

/** Removes the journals of action chains that are over. A chain that ends does so itself, unless its process is killed just then. */
export async function purgeChainJournals(
  store: Store,
  of: readonly Pick<ExecutionDocument, 'id' | 'start_timestamp' | 'runner_name'>[],
): Promise<void> {
  const journals = of.filter(({ runner_name }) => runner_name === CHAIN_RUNNER).map(chainJournalId)
  if (journals.length === 0) return
  const filter = [{ field: 'workflow', op: 'in', value: journals } as const]
  while ((await store.remove(workflowEvents, filter, BATCH)) === BATCH);
}
