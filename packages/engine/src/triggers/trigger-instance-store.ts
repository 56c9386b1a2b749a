import { type TriggerInstance, type TriggerInstanceStatus, triggerInstances } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Filter, Query, Store } from '../ports/store.ts'

/** Leases ended in one write. */
const RELEASED_AT_ONCE = 1000

/** Occurrences of triggers. `due_at` is the outbox: what has it is still to be matched. */
export class TriggerInstanceStore {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** All or none. @throws ConflictError when one of the ids is there already */
  async insert(...instances: readonly TriggerInstance[]): Promise<void> {
    if (instances.length > 0) await this.#store.insert(triggerInstances, ...instances)
  }

  get(id: string): Promise<TriggerInstance | null> {
    return this.#store.get(triggerInstances, id)
  }

  find(query: Query): Promise<TriggerInstance[]> {
    return this.#store.find(triggerInstances, query)
  }

  count(filter: Filter): Promise<number> {
    return this.#store.count(triggerInstances, filter)
  }

  /** Takes up to `limit` due instances, oldest first; what is not finished within the lease is due again. */
  claimDue(limit: number, leaseMs: number): Promise<TriggerInstance[]> {
    const now = this.#clock.now()
    return this.#store.claim(triggerInstances, {
      filter: [{ field: 'due_at', op: 'lte', value: now }],
      order: [{ field: 'due_at', direction: 'asc' }],
      limit,
      patch: { set: { status: 'processing' satisfies TriggerInstanceStatus, due_at: now + leaseMs } },
    })
  }

  /** Makes due again what a server that is gone had in hand. Answers how many. */
  async releaseLeases(): Promise<number> {
    const now = this.#clock.now()
    for (let released = 0; ; ) {
      const some = await this.#store.claim(triggerInstances, {
        filter: [
          { field: 'status', op: 'eq', value: 'processing' satisfies TriggerInstanceStatus },
          { field: 'due_at', op: 'gt', value: now },
        ],
        order: [{ field: 'due_at', direction: 'asc' }],
        limit: RELEASED_AT_ONCE,
        patch: { set: { due_at: now } },
      })
      released += some.length
      if (some.length < RELEASED_AT_ONCE) return released
    }
  }

  /** Ends the work on a claimed instance; null when its lease ran out and somebody else has it. */
  finish(
    instance: TriggerInstance,
    status: Extract<TriggerInstanceStatus, 'processed' | 'processing_failed'>,
  ): Promise<TriggerInstance | null> {
    return this.#store.replace(triggerInstances, { ...instance, status, due_at: undefined })
  }
}
