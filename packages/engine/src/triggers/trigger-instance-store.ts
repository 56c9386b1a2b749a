import { type TriggerInstance, type TriggerInstanceStatus, triggerInstances } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Filter, Query, Store } from '../ports/store.ts'

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

  /** Ends the work on a claimed instance; null when its lease ran out and somebody else has it. */
  finish(
    instance: TriggerInstance,
    status: Extract<TriggerInstanceStatus, 'processed' | 'processing_failed'>,
  ): Promise<TriggerInstance | null> {
    return this.#store.replace(triggerInstances, { ...instance, status, due_at: undefined })
  }
}
