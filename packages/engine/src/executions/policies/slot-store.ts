import { type PolicySlot, policySlots } from '@st2/model'
import type { Filter, Store } from '../../ports/store.ts'

/** Slots read or removed in one go; the rest follows. */
const BATCH = 1000

/** Places under concurrency policies. An insert that meets a holder is refused, so what is held never exceeds a threshold. */
export class PolicySlotStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** All or none. @throws ConflictError when one of the places is held */
  async take(slots: readonly PolicySlot[]): Promise<void> {
    await this.#store.insert(policySlots, ...slots)
  }

  ofQueue(queue: string): Promise<PolicySlot[]> {
    return this.#all([{ field: 'queue', op: 'eq', value: queue }])
  }

  ofPolicy(policy: string): Promise<PolicySlot[]> {
    return this.#all([{ field: 'policy', op: 'eq', value: policy }])
  }

  ofExecution(execution: string): Promise<PolicySlot[]> {
    return this.#all([{ field: 'execution', op: 'eq', value: execution }])
  }

  /** Ids of policies that have slots, after the given one, in order; null: there is none. */
  async nextPolicy(after: string): Promise<string | null> {
    const [slot] = await this.#store.find(policySlots, {
      filter: [{ field: 'policy', op: 'gt', value: after }],
      order: [{ field: 'policy', direction: 'asc' }],
      limit: 1,
    })
    return slot?.policy ?? null
  }

  /** Slots after the given id, in order. */
  page(after: string): Promise<PolicySlot[]> {
    return this.#store.find(policySlots, {
      filter: [{ field: 'id', op: 'gt', value: after }],
      order: [{ field: 'id', direction: 'asc' }],
      limit: BATCH,
    })
  }

  /** Gives back this very slot; one that somebody else has taken since stays. */
  async giveBack(slot: PolicySlot): Promise<void> {
    const { id, execution, ticket } = slot
    await this.#store.remove(
      policySlots,
      [
        { field: 'id', op: 'eq', value: id },
        { field: 'execution', op: 'eq', value: execution },
        { field: 'ticket', op: 'eq', value: ticket },
      ],
      1,
    )
  }

  /** Gives back all that an execution held, for one that has ended. Answers their queues. */
  async release(execution: string): Promise<string[]> {
    const held = await this.ofExecution(execution)
    if (held.length > 0) await this.#removeAll([{ field: 'execution', op: 'eq', value: execution }])
    return held.map(({ queue }) => queue)
  }

  async dropPolicy(policy: string): Promise<void> {
    await this.#removeAll([{ field: 'policy', op: 'eq', value: policy }])
  }

  async #removeAll(filter: Filter): Promise<void> {
    while ((await this.#store.remove(policySlots, filter, BATCH)) === BATCH);
  }

  async #all(filter: Filter): Promise<PolicySlot[]> {
    const found: PolicySlot[] = []
    for (let after = ''; ; ) {
      const page = await this.#store.find(policySlots, {
        filter: [...filter, { field: 'id', op: 'gt', value: after }],
        order: [{ field: 'id', direction: 'asc' }],
        limit: BATCH,
      })
      found.push(...page)
      const last = page.at(-1)
      if (last === undefined || page.length < BATCH) return found
      after = last.id
    }
  }
}

export function slotNumber(slot: PolicySlot): number {
  return Number(slot.id.slice(slot.queue.length + 1))
}
