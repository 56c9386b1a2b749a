import type { ExecutionDocument, PolicySlot } from '@st2/model'
import type { ConcurrencyPolicy } from './governing-policies.ts'
import { slotNumber } from './slot-store.ts'

/** The slots of one queue as they were read, and what a round decides about them. */
export class SlotTable {
  readonly policy: ConcurrencyPolicy
  readonly queue: string
  readonly #slots = new Map<number, PolicySlot>()

  constructor(policy: ConcurrencyPolicy, queue: string, slots: readonly PolicySlot[]) {
    this.policy = policy
    this.queue = queue
    for (const slot of slots) this.#slots.set(slotNumber(slot), slot)
  }

  /** Room below the threshold. Slots beyond it (it was higher once) count. */
  get free(): number {
    return Math.max(0, this.policy.threshold - this.#slots.size)
  }

  /** Whether more are held than the threshold allows now. */
  get isOver(): boolean {
    return this.#slots.size > this.policy.threshold
  }

  /** Slots that an execution has here; two for a moment while one is moved. */
  of(execution: string): PolicySlot[] {
    return [...this.#slots.values()].filter((slot) => slot.execution === execution)
  }

  /** Slots at numbers beyond the threshold, with the free numbers below it that they are to move to. */
  moves(): { readonly from: PolicySlot; readonly to: PolicySlot }[] {
    const beyond = [...this.#slots.values()].filter((slot) => slotNumber(slot) >= this.policy.threshold)
    const free = this.#freeNumbers()
    return beyond.slice(0, free.length).map((from, place) => {
      return { from, to: { ...from, id: `${this.queue}:${free[place]}` } }
    })
  }

  /** The next place for an execution, or null when there is no room. The place is taken in this table. */
  reserve(execution: ExecutionDocument): PolicySlot | null {
    const [number] = this.free > 0 ? this.#freeNumbers() : []
    return number === undefined ? null : this.#put(number, execution)
  }

  /** A place for one that runs already: beyond the threshold when there is no room below it. */
  reserveAnywhere(execution: ExecutionDocument): PolicySlot {
    let number = 0
    while (this.#slots.has(number)) number += 1
    return this.#put(number, execution)
  }

  forget(slot: PolicySlot): void {
    this.#slots.delete(slotNumber(slot))
  }

  #put(number: number, execution: ExecutionDocument): PolicySlot {
    const slot: PolicySlot = {
      id: `${this.queue}:${number}`,
      policy: this.policy.id,
      queue: this.queue,
      execution: execution.id,
      ticket: execution.rev,
    }
    this.#slots.set(number, slot)
    return slot
  }

  #freeNumbers(): number[] {
    const free: number[] = []
    for (let number = 0; number < this.policy.threshold && free.length < this.#slots.size + 1; number++) {
      if (!this.#slots.has(number)) free.push(number)
    }
    return free
  }
}
