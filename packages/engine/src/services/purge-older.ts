import { executionOutputs, InvalidError, type PurgeKind, ruleEnforcements, tokens, triggerInstances } from '@st2/model'
import {
  type ExecutionPurge,
  purgeExecutions,
  type PurgeExecutionsDeps,
  type PurgeProgress,
} from '../executions/purge-executions.ts'
import { timestampOf } from '../ports/timestamp.ts'

/** Documents removed in one go: between two batches others get their turn. */
const BATCH = 500

/** What is to go: documents of a kind that are older than a moment. */
export interface Purge {
  readonly kind: PurgeKind
  /** ms since epoch. */
  readonly before: number
  /** Of executions. */
  readonly actionRef?: string | undefined
  /** Of executions: whatever their status. */
  readonly includesIncomplete?: boolean | undefined
}

/**
 * Removes one batch; call again with what it answers as `next`, until that is null.
 * @throws InvalidError
 * @source services.md 7
 */
export async function purgeOlder(deps: PurgeExecutionsDeps, purge: Purge, from = ''): Promise<PurgeProgress> {
  if (!Number.isFinite(purge.before)) throw new InvalidError('The moment before which a purge removes is not a time.')
  const timestamp = timestampOf(purge.before)
  switch (purge.kind) {
    case 'executions': {
      const executions: ExecutionPurge = { ...purge, before: timestamp }
      return purgeExecutions(deps, executions, from)
    }
    case 'execution-outputs':
      return progressOf(
        await deps.store.remove(executionOutputs, [{ field: 'timestamp', op: 'lt', value: timestamp }], BATCH),
      )
    case 'trigger-instances':
      // What is still to be matched stays.
      return progressOf(
        await deps.store.remove(
          triggerInstances,
          [
            { field: 'occurrence_time', op: 'lt', value: timestamp },
            { field: 'due_at', op: 'eq', value: null },
          ],
          BATCH,
        ),
      )
    case 'rule-enforcements':
      return progressOf(
        await deps.store.remove(ruleEnforcements, [{ field: 'enforced_at', op: 'lt', value: timestamp }], BATCH),
      )
    case 'tokens':
      return progressOf(
        await deps.store.remove(tokens, [{ field: 'expires_at', op: 'lte', value: purge.before }], BATCH),
      )
  }
}

function progressOf(removed: number): PurgeProgress {
  return { removed, next: removed === BATCH ? '' : null }
}
