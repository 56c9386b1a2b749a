import {
  executions,
  type WorkflowEvent,
  workflowEvents,
  type WorkflowExecution,
  workflowExecutions,
  workflowSnapshots,
} from '@st2/model'
import type { Condition, Store } from '../ports/store.ts'
import type { ResultStore } from './result-store.ts'

/** Rows of a journal that are removed at once. */
const BATCH = 1000

export interface PurgeWorkflowsDeps {
  readonly store: Store
  readonly results: ResultStore
}

/** Removes the workflows of executions that are removed, with their journals. The record goes last. */
export async function purgeWorkflows(deps: PurgeWorkflowsDeps, of: readonly string[]): Promise<void> {
  const records = await deps.store.find(workflowExecutions, {
    filter: [{ field: 'action_execution', op: 'in', value: of }],
    limit: of.length,
  })
  for (const record of records) await removeJournal(deps, record)
  const ids = records.map(({ id }) => id)
  if (ids.length > 0) await deps.store.remove(workflowExecutions, [{ field: 'id', op: 'in', value: ids }], ids.length)
}

/** Whether a row of a journal names the blob. */
export async function isNamedInJournals(store: Store, hash: string): Promise<boolean> {
  const filter: Condition[] = [{ field: 'result_blob', op: 'eq', value: hash }]
  return (await store.find(workflowEvents, { filter, limit: 1 })).length > 0
}

async function removeJournal({ store, results }: PurgeWorkflowsDeps, { id }: WorkflowExecution): Promise<void> {
  const snapshot = await store.get(workflowSnapshots, id)
  if (snapshot !== null) {
    await results.removeText(snapshot.state_blob)
    await store.remove(workflowSnapshots, [{ field: 'id', op: 'eq', value: id }], 1)
  }
  const ofIt: Condition = { field: 'workflow', op: 'eq', value: id }
  for (;;) {
    const filter: Condition[] = [ofIt, { field: 'result_blob', op: 'ne', value: null }]
    const rows = await store.find(workflowEvents, { filter, limit: BATCH })
    await removeRows(store, rows)
    await results.removeUnnamed(
      rows.flatMap(({ result_blob }) => result_blob ?? []),
      (hash) => isNamed(store, hash),
    )
    if (rows.length < BATCH) break
  }
  while ((await store.remove(workflowEvents, [ofIt], BATCH)) === BATCH);
}

async function removeRows(store: Store, rows: readonly WorkflowEvent[]): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  await store.remove(workflowEvents, [{ field: 'id', op: 'in', value: ids }], ids.length)
}

async function isNamed(store: Store, hash: string): Promise<boolean> {
  const filter: Condition[] = [{ field: 'result_blob', op: 'eq', value: hash }]
  return (await store.find(executions, { filter, limit: 1 })).length > 0 || isNamedInJournals(store, hash)
}
