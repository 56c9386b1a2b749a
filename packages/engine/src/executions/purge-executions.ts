import {
  COMPLETED_STATUSES,
  type ExecutionDocument,
  executionOutputs,
  executions,
  type ExecutionStatus,
} from '@st2/model'
import type { Condition, Store } from '../ports/store.ts'
import type { ExecutionEvents } from './execution-events.ts'
import type { PolicySlotStore } from './policies/slot-store.ts'
import { purgeChainJournals } from './purge-chain-journals.ts'
import { isNamedInJournals, purgeWorkflows } from './purge-workflows.ts'
import type { ResultStore } from './result-store.ts'

/** Executions looked at in one go: between two batches others get their turn. */
const BATCH = 200
const OUTPUT_BATCH = 1000

export interface PurgeExecutionsDeps {
  readonly store: Store
  readonly results: ResultStore
  readonly slots: PolicySlotStore
  readonly events: ExecutionEvents
}

export interface ExecutionPurge {
  /** Began and ended before this, `YYYY-MM-DDTHH:MM:SS.ffffffZ`. */
  readonly before: string
  readonly actionRef?: string | undefined
  /** Whatever their status, by when they began: abandoned ones, and those that never ended. */
  readonly includesIncomplete?: boolean | undefined
}

/** Where the next batch begins. */
export interface PurgeProgress {
  readonly removed: number
  /** Null: that was all. */
  readonly next: string | null
}

/** NOTE: abandoned ones stay, as upstream has it: nobody knows whether they had their effect. */
const PURGED: readonly ExecutionStatus[] = COMPLETED_STATUSES.filter((status) => status !== 'abandoned')

/**
 * Removes one batch of old executions with what they printed and returned. The document goes last, so that being stopped
 * anywhere leaves nothing behind that nobody finds.
 *
 * @param from what the batch before answered as `next`; empty at first
 * @source services.md 7
 */
export async function purgeExecutions(
  deps: PurgeExecutionsDeps,
  purge: ExecutionPurge,
  from: string,
): Promise<PurgeProgress> {
  const found = await deps.store.find(executions, {
    filter: [
      { field: 'start_timestamp', op: 'gt', value: from },
      { field: 'start_timestamp', op: 'lt', value: purge.before },
      ...(purge.actionRef === undefined
        ? []
        : [{ field: 'action', op: 'eq', value: purge.actionRef } satisfies Condition]),
    ],
    order: [{ field: 'start_timestamp', direction: 'asc' }],
    limit: BATCH,
  })
  const old = found.filter((execution) => isOver(purge, execution))
  if (old.length > 0) await removeAll(deps, old)
  return { removed: old.length, next: found.length < BATCH ? null : (found.at(-1)?.start_timestamp ?? null) }
}

function isOver(purge: ExecutionPurge, { status, end_timestamp, post_completion }: ExecutionDocument): boolean {
  if (purge.includesIncomplete === true) return true
  const hasEnded = PURGED.includes(status) && end_timestamp !== undefined && end_timestamp < purge.before
  return hasEnded && post_completion === undefined
}

async function removeAll(deps: PurgeExecutionsDeps, old: readonly ExecutionDocument[]): Promise<void> {
  const ids = old.map(({ id }) => id)
  const ofThem: Condition = { field: 'execution', op: 'in', value: ids }
  while ((await deps.store.remove(executionOutputs, [ofThem], OUTPUT_BATCH)) === OUTPUT_BATCH);
  const workflows = old.filter(({ action_is_workflow }) => action_is_workflow).map(({ id }) => id)
  if (workflows.length > 0) await purgeWorkflows(deps, workflows)
  await purgeChainJournals(deps.store, old)
  await removeBlobs(deps, old, ids)
  await deps.store.remove(executions, [{ field: 'id', op: 'in', value: ids }], ids.length)
  for (const document of old) deps.events.announce('delete', document)
  for (const { id, policy_queue, status } of old) {
    if (policy_queue !== undefined || !PURGED.includes(status)) await deps.slots.release(id)
  }
}

async function removeBlobs(
  { store, results }: PurgeExecutionsDeps,
  old: readonly ExecutionDocument[],
  ids: readonly string[],
): Promise<void> {
  const hashes = old.flatMap(({ result_blob }) => result_blob ?? [])
  if (hashes.length === 0) return
  await results.removeUnnamed(hashes, async (hash) => {
    const others = await store.find(executions, {
      filter: [
        { field: 'result_blob', op: 'eq', value: hash },
        { field: 'id', op: 'nin', value: ids },
      ],
      limit: 1,
    })
    return others.length > 0 || isNamedInJournals(store, hash)
  })
}
