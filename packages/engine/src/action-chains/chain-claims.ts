import { CHAIN_RUNNER, type ExecutionDocument, type ExecutionStatus } from '@st2/model'
import { type ExecutionStore, heldBy } from '../executions/execution-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { Claim, Condition, Filter } from '../ports/store.ts'

const IS_CHAIN: Condition = { field: 'runner', op: 'eq', value: CHAIN_RUNNER }
const OPEN = ['running', 'pausing', 'paused', 'resuming', 'canceling'] as const satisfies readonly ExecutionStatus[]
/** Chains given up in one write. */
const BATCH = 1000

export interface ChainClaimsDeps {
  readonly executions: ExecutionStore
  readonly clock: Clock
  /** `<instance>:<epoch>` of this process: claims name it. */
  readonly owner: string
}

/** The action chains that a process drives: while it does, nobody else takes them. */
export class ChainClaims {
  readonly #deps: ChainClaimsDeps

  constructor(deps: ChainClaimsDeps) {
    this.#deps = deps
  }

  /** Moves up to `limit` scheduled chains to `running`. */
  takeScheduled(limit: number, runnerInfo: ExecutionDocument['runner_info']): Promise<ExecutionDocument[]> {
    const { executions, owner } = this.#deps
    return executions.claimAsOwner({ limit, owner, runnerInfo }, IS_CHAIN)
  }

  /** Takes open chains that nobody drives any more. Their statuses stay, and nobody is told. */
  async takeLeft(limit: number): Promise<ExecutionDocument[]> {
    const { executions, clock, owner } = this.#deps
    const filter: Filter = [
      { field: 'status', op: 'in', value: OPEN },
      { field: 'due_at', op: 'lte', value: clock.now() },
      IS_CHAIN,
    ]
    // Mostly there is none, and asking keeps no writer waiting.
    if ((await executions.find({ filter, limit: 1 })).length === 0) return []
    return executions.claimQuietly({
      filter,
      order: [{ field: 'due_at', direction: 'asc' }],
      limit,
      patch: { set: { due_at: undefined, claimed_by: owner } },
    })
  }

  /** At most `limit` of those that this process drives. */
  held(limit: number): Promise<ExecutionDocument[]> {
    return this.#deps.executions.find({ filter: [heldBy(this.#deps.owner), IS_CHAIN], limit })
  }

  /** Leaves all of them to whoever takes them. */
  async release(): Promise<void> {
    const { executions, clock, owner } = this.#deps
    const claim: Claim = {
      filter: [heldBy(owner), IS_CHAIN],
      order: [],
      limit: BATCH,
      patch: { set: { due_at: clock.now(), claimed_by: undefined } },
    }
    while ((await executions.claimQuietly(claim)).length === BATCH);
  }
}
