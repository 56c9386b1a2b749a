import { ConflictError, type ExecutionDocument, isCompleted, type PolicySlot } from '@st2/model'
import type { Clock } from '../../ports/clock.ts'
import type { ExecutionStore } from '../execution-store.ts'
import type { ConcurrencyPolicy, PolicyBook } from './governing-policies.ts'
import { NEW_TO_POLICIES, PolicyQueues } from './policy-queues.ts'
import type { PolicyStore } from './policy-store.ts'
import type { QueueNaming } from './queue-naming.ts'
import { type PolicySlotStore, slotNumber } from './slot-store.ts'
import { SlotTable } from './slot-table.ts'

export interface SlotKeeperDeps {
  readonly executions: ExecutionStore
  readonly slots: PolicySlotStore
  readonly policies: Pick<PolicyStore, 'findById'>
  readonly queueNaming: QueueNaming
  readonly clock: Clock
}

/** Executions looked up in one go. */
const BATCH = 500

/** Keeps the rows of slots in step with what runs and with what the policies say. */
export class SlotKeeper {
  readonly #deps: SlotKeeperDeps
  readonly #queues: PolicyQueues
  /** Policies whose slots are as they must be; null: none have been looked at. */
  #known: Map<string, ConcurrencyPolicy> | null = null
  /** The last book that was taken up wholly. */
  #book: PolicyBook | null = null

  constructor(deps: SlotKeeperDeps) {
    this.#deps = deps
    this.#queues = new PolicyQueues(deps.executions)
  }

  /** The slots of a queue. Those beyond a threshold that was lowered move to free places below it. */
  async table(policy: ConcurrencyPolicy, queue: string): Promise<SlotTable> {
    const { slots } = this.#deps
    for (;;) {
      const table = new SlotTable(policy, queue, await slots.ofQueue(queue))
      const moves = table.moves()
      if (moves.length === 0) return table
      try {
        await slots.take(moves.map(({ to }) => to))
        await Promise.all(moves.map(({ from }) => slots.giveBack(from)))
        // Who held one may have ended meanwhile, and given back what there was then.
        await Promise.all(moves.map(({ to }) => this.tidy(to.execution)))
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        // Somebody took such a place: what is left is looked at anew.
      }
    }
  }

  /** Prepares policies that are new or changed, and drops what belonged to those that are gone. Answers their ids. */
  async takeUp(book: PolicyBook): Promise<string[]> {
    if (book === this.#book) return []
    const changed: string[] = []
    const known = this.#known ?? new Map<string, ConcurrencyPolicy>()
    if (this.#known === null) await this.#dropUnknown(book)
    this.#known = known
    for (const [id, policy] of book.concurrency) {
      if (known.get(id) === policy) continue
      await this.#queues.takeWaiting(policy.action)
      await this.#adopt(policy)
      known.set(id, policy)
      changed.push(id)
    }
    for (const id of [...known.keys()].filter((each) => !book.concurrency.has(each))) {
      await this.#deps.slots.dropPolicy(id)
      known.delete(id)
      changed.push(id)
    }
    this.#book = book
    return changed
  }

  /** Gives back what ended executions still hold, and finds what runs without a slot. */
  async sweep(book: PolicyBook): Promise<void> {
    for (const policy of book.concurrency.values()) {
      const slots = await this.#deps.slots.ofPolicy(policy.id)
      await this.#giveBackLeftovers(slots)
      const holders = new Set(slots.map(({ execution }) => execution))
      if ((await this.#queues.countActive(policy.action)) > holders.size) await this.#adopt(policy)
      await this.#queues.takeWaiting(policy.action)
    }
  }

  /**
   * Gives back the slots that an execution cannot use: all when it has ended, those of before when it still waits, and all but
   * one of each queue when it runs. Answers the queues in which there may be room now.
   */
  async tidy(id: string): Promise<string[]> {
    const { slots, executions } = this.#deps
    const execution = await executions.get(id)
    if (execution === null || isCompleted(execution.status)) return slots.release(id)
    const held = await slots.ofExecution(id)
    const surplus = isWaiting(execution)
      ? held.filter(({ ticket }) => ticket < execution.rev)
      : held.filter((slot) => held.some((other) => other.queue === slot.queue && slotNumber(other) < slotNumber(slot)))
    await Promise.all(surplus.map((slot) => slots.giveBack(slot)))
    return surplus.map(({ queue }) => queue)
  }

  /** Gives every execution that runs already its slot, beyond the threshold when there is no room below it. */
  async #adopt(policy: ConcurrencyPolicy): Promise<void> {
    const { slots, queueNaming } = this.#deps
    await this.#giveBackForeign(policy, await slots.ofPolicy(policy.id))
    for (const execution of await this.#queues.activeOf(policy.action)) {
      const queue = queueNaming.queueOf(policy, execution)
      await this.#giveSlot(policy, queue, execution)
      const held = await slots.ofExecution(execution.id)
      const outgrown = held.filter((slot) => slot.policy === policy.id && slot.queue !== queue)
      await Promise.all(outgrown.map((slot) => slots.giveBack(slot)))
    }
  }

  async #giveSlot(policy: ConcurrencyPolicy, queue: string, execution: ExecutionDocument): Promise<void> {
    const { slots } = this.#deps
    for (;;) {
      const table = new SlotTable(policy, queue, await slots.ofQueue(queue))
      if (table.of(execution.id).length > 0) return
      try {
        await slots.take([table.reserveAnywhere(execution)])
        // It may have ended meanwhile.
        await this.tidy(execution.id)
        return
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        // Somebody took the place: the next one.
      }
    }
  }

  /** Slots of executions that are gone, that the policy no longer governs, or that cannot use them. */
  async #giveBackForeign(policy: ConcurrencyPolicy, held: readonly PolicySlot[]): Promise<void> {
    for (let start = 0; start < held.length; start += BATCH) {
      const part = held.slice(start, start + BATCH)
      const found = await this.#deps.executions.findByIds(part.map(({ execution }) => execution))
      const byId = new Map(found.map((execution) => [execution.id, execution]))
      await Promise.all(
        part.map(async (slot) => {
          const execution = byId.get(slot.execution)
          const isForeign = execution === undefined || execution.action_ref !== policy.action
          if (isForeign || cannotUse(execution, slot)) await this.#deps.slots.giveBack(slot)
        }),
      )
    }
  }

  async #giveBackLeftovers(held: readonly PolicySlot[]): Promise<void> {
    for (let start = 0; start < held.length; start += BATCH) {
      const part = held.slice(start, start + BATCH)
      const found = await this.#queues.inactiveAmong(part.map(({ execution }) => execution))
      const byId = new Map(found.map((execution) => [execution.id, execution]))
      await Promise.all(
        part.map(async (slot) => {
          const execution = byId.get(slot.execution)
          if (execution === undefined) return
          if (cannotUse(execution, slot)) await this.#deps.slots.giveBack(slot)
          else await this.#lookAnew(execution)
        }),
      )
    }
  }

  /** One that waits and has a slot: whoever took it for it died. */
  async #lookAnew(execution: ExecutionDocument): Promise<void> {
    if (execution.policy_queue === NEW_TO_POLICIES) return
    const { executions, clock } = this.#deps
    await executions.changeUnchanged(execution, { policy_queue: NEW_TO_POLICIES, due_at: clock.now() })
  }

  /** Slots of policies that went while no scheduler was there. */
  async #dropUnknown(book: PolicyBook): Promise<void> {
    for (let id = await this.#deps.slots.nextPolicy(''); id !== null; id = await this.#deps.slots.nextPolicy(id)) {
      if (book.concurrency.has(id)) continue
      // The book may be a moment old.
      const policy = await this.#deps.policies.findById(id)
      if (policy === null || !policy.enabled) await this.#deps.slots.dropPolicy(id)
    }
  }
}

function isWaiting({ status }: ExecutionDocument): boolean {
  return status === 'requested' || status === 'delayed'
}

function cannotUse(execution: ExecutionDocument, slot: PolicySlot): boolean {
  return isCompleted(execution.status) || (isWaiting(execution) && slot.ticket < execution.rev)
}
