import { COMPLETED_STATUSES, EXECUTION_STATUSES, type ExecutionDocument, type ExecutionStatus } from '@st2/model'
import type { Claim, Filter } from '../../ports/store.ts'
import { type ExecutionStore, WAITING } from '../execution-store.ts'

/** `policy_queue` of what policies have not looked at yet. */
export const NEW_TO_POLICIES = 'new'

/** Waiting or over: what counts against no threshold. */
const INACTIVE: readonly ExecutionStatus[] = [...WAITING, ...COMPLETED_STATUSES]
const ACTIVE = EXECUTION_STATUSES.filter((status) => !INACTIVE.includes(status))
/** Active executions of one action that are looked at, at most. */
const MAX_ACTIVE = 10_000
/** Executions handed over in one write. */
const BATCH = 1000

/** Executions as concurrency policies see them: new to them, in one of their queues, or counting against a threshold. */
export class PolicyQueues {
  readonly #executions: ExecutionStore

  constructor(executions: ExecutionStore) {
    this.#executions = executions
  }

  /** What is due and policies have not looked at yet, the oldest first. @param now ms since epoch, UTC */
  arrivals(now: number, limit: number): Promise<ExecutionDocument[]> {
    return this.#executions.find({
      filter: [
        { field: 'policy_queue', op: 'eq', value: NEW_TO_POLICIES },
        { field: 'due_at', op: 'lte', value: now },
      ],
      order: [
        { field: 'due_at', direction: 'asc' },
        { field: 'start_timestamp', direction: 'asc' },
      ],
      limit,
    })
  }

  /** Who waits in a queue of a policy, in the order of requests. */
  waitingIn(queue: string, limit: number): Promise<ExecutionDocument[]> {
    return this.#executions.find({
      filter: [{ field: 'policy_queue', op: 'eq', value: queue }],
      order: [{ field: 'start_timestamp', direction: 'asc' }],
      limit,
    })
  }

  /** The queue after the given one, by name, in which somebody waits. */
  async nextQueue(after: string): Promise<string | null> {
    const [next] = await this.#executions.find({
      filter: [{ field: 'policy_queue', op: 'gt', value: after }],
      order: [{ field: 'policy_queue', direction: 'asc' }],
      limit: 1,
    })
    return next?.policy_queue ?? null
  }

  /** Hands what waits of an action over to the policies, for executions requested before there were any. */
  async takeWaiting(action: string): Promise<void> {
    const claim: Claim = {
      filter: [
        { field: 'action', op: 'eq', value: action },
        { field: 'status', op: 'in', value: WAITING },
        { field: 'policy_queue', op: 'eq', value: null },
      ],
      order: [{ field: 'start_timestamp', direction: 'asc' }],
      limit: BATCH,
      patch: { set: { policy_queue: NEW_TO_POLICIES } },
    }
    // Mostly there is none, and asking keeps no writer waiting.
    if ((await this.#executions.find({ filter: claim.filter, order: claim.order, limit: 1 })).length === 0) return
    while ((await this.#executions.claimQuietly(claim)).length === BATCH);
  }

  /** What counts against the thresholds of an action. */
  activeOf(action: string): Promise<ExecutionDocument[]> {
    return this.#executions.find({
      filter: isActive(action),
      order: [{ field: 'start_timestamp', direction: 'asc' }],
      limit: MAX_ACTIVE,
    })
  }

  countActive(action: string): Promise<number> {
    return this.#executions.count(isActive(action))
  }

  /** Those of the ids that wait or are over. At most a thousand ids. */
  inactiveAmong(ids: readonly string[]): Promise<ExecutionDocument[]> {
    return this.#executions.withStatusAmong(ids, INACTIVE)
  }
}

function isActive(action: string): Filter {
  return [
    { field: 'action', op: 'eq', value: action },
    { field: 'status', op: 'in', value: ACTIVE },
  ]
}
