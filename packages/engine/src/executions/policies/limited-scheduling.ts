import { ConflictError, type ExecutionDocument } from '@st2/model'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { ExecutionStore } from '../execution-store.ts'
import type { ConcurrencyPolicy, PolicyBook } from './governing-policies.ts'
import { type Admission, judgeAdmission } from './judge-admission.ts'
import { NEW_TO_POLICIES, PolicyQueues } from './policy-queues.ts'
import type { PolicyStore } from './policy-store.ts'
import { policyIdOf, type QueueNaming } from './queue-naming.ts'
import { SlotKeeper } from './slot-keeper.ts'
import type { PolicySlotStore } from './slot-store.ts'
import type { SlotTable } from './slot-table.ts'

export interface LimitedSchedulingDeps {
  readonly executions: ExecutionStore
  readonly slots: PolicySlotStore
  readonly policies: Pick<PolicyStore, 'book' | 'findById'>
  readonly queueNaming: QueueNaming
  readonly clock: Clock
  readonly log: Log
  /** Executions looked at in one go. */
  readonly batchSize: number
}

export interface LimitedRound {
  /** How many became `scheduled`. */
  readonly scheduled: number
  readonly hasMore: boolean
}

const NOTHING: LimitedRound = { scheduled: 0, hasMore: false }

/** Tries at one set of executions while other schedulers take the same slots. */
const MAX_TRIES = 5
/** Queues served in one round, and taken up by one sweep; the rest waits for the next. */
const MAX_QUEUES = 1000

/**
 * Schedules what concurrency policies govern. A slot is a unique row, taken before an execution becomes scheduled and given
 * back after it has ended, so at no moment more of them are scheduled or running than the threshold says, however many
 * schedulers there are and wherever one dies:
 *
 * - A slot carries the `rev` of the execution it was taken for, and the execution becomes scheduled by compare-and-set on that
 *   `rev`. Slots of a scheduler that died in between are used by the next one; when the execution has meanwhile changed they are
 *   void, and removed.
 * - Who finds no room waits in a queue of its own (`policy_queue`), without `due_at`; a freed slot wakes it. Queues are served in
 *   the order of requests, and nobody overtakes one who waits. A sweep serves all queues.
 * - A policy that is new or changed first gives slots to what runs already (beyond the threshold, if need be).
 */
export class LimitedScheduling {
  readonly #deps: LimitedSchedulingDeps
  readonly #keeper: SlotKeeper
  readonly #queues: PolicyQueues
  /** Queues in which there may be room. */
  readonly #freed = new Set<string>()
  /** The last queue that a sweep took up. */
  #swept = ''

  constructor(deps: LimitedSchedulingDeps) {
    this.#deps = deps
    this.#keeper = new SlotKeeper(deps)
    this.#queues = new PolicyQueues(deps.executions)
  }

  /** Somebody gave back slots of these queues. */
  freed(queues: readonly string[]): void {
    for (const queue of queues) this.#freed.add(queue)
  }

  /** Looks whether policies have changed. What it answers is to be handed to the round. */
  async takeUpPolicies(): Promise<PolicyBook> {
    const { book } = this.#deps.policies
    for (const id of await this.#keeper.takeUp(book)) await this.#takeUpQueues(`${id}:`, '')
    return book
  }

  /** @param isSweep look everywhere, not only where something was heard of */
  async round(book: PolicyBook, isSweep: boolean): Promise<LimitedRound> {
    if (book.limitedActions.length === 0 && this.#freed.size === 0 && !isSweep) return NOTHING
    if (isSweep) await this.#keeper.sweep(book)
    const arrivals = await this.#queues.arrivals(this.#deps.clock.now(), this.#deps.batchSize)
    let scheduled = await this.#admitAll(book, arrivals)
    if (isSweep) this.#swept = await this.#takeUpQueues('', this.#swept)
    const queues = [...this.#freed].slice(0, MAX_QUEUES)
    for (const queue of queues) {
      this.#freed.delete(queue)
      scheduled += await this.#serve(book, queue)
    }
    return { scheduled, hasMore: arrivals.length === this.#deps.batchSize || this.#freed.size > 0 }
  }

  /** Queues with the prefix in which somebody waits, after the given one. Answers the last; empty when that was all. */
  async #takeUpQueues(prefix: string, after: string): Promise<string> {
    let last = after === '' ? prefix : after
    for (let count = 0; count < MAX_QUEUES; count++) {
      const queue = await this.#queues.nextQueue(last)
      if (queue === null || !queue.startsWith(prefix)) return ''
      if (queue !== NEW_TO_POLICIES) this.#freed.add(queue)
      last = queue
    }
    return last
  }

  /** Fills the room of one queue with those who have waited longest. */
  async #serve(book: PolicyBook, queue: string): Promise<number> {
    let scheduled = 0
    for (;;) {
      const room = await this.#roomIn(book, queue)
      if (room === 0) return scheduled
      const waiting = await this.#queues.waitingIn(queue, Math.min(room, this.#deps.batchSize))
      if (waiting.length === 0) return scheduled
      scheduled += await this.#admitAll(book, waiting)
      const [first] = await this.#queues.waitingIn(queue, 1)
      // Nothing moved: what it waits for is not here.
      if (first?.id === waiting[0]?.id) return scheduled
    }
  }

  /** Those whose policy is gone, or no longer lets anybody wait, are all looked at. */
  async #roomIn(book: PolicyBook, queue: string): Promise<number> {
    const policy = book.concurrency.get(policyIdOf(queue))
    if (policy === undefined || policy.whenFull === 'cancel') return this.#deps.batchSize
    return (await this.#keeper.table(policy, queue)).free
  }

  async #admitAll(book: PolicyBook, executions: readonly ExecutionDocument[]): Promise<number> {
    const byAction = Map.groupBy(executions, ({ action_ref }) => action_ref)
    const counts = await Promise.all(
      [...byAction].map(([action, group]) => this.#admit(book.of(action).concurrency, group.toSorted(byRequest))),
    )
    return counts.reduce((sum, count) => sum + count, 0)
  }

  async #admit(policies: readonly ConcurrencyPolicy[], executions: readonly ExecutionDocument[]): Promise<number> {
    for (let tries = 1; ; tries++) {
      const tables = await this.#tablesFor(policies, executions)
      const admissions = executions.map((execution) => tables.judge(execution))
      try {
        await this.#deps.slots.take(admissions.flatMap((admission) => ('slots' in admission ? admission.slots : [])))
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        // Another scheduler was faster; what it left is looked at anew.
        if (tries < MAX_TRIES) continue
        return 0
      }
      // Decided by policies that are no more: the slots are there for the next look.
      if (policies.some((policy) => this.#deps.policies.book.concurrency.get(policy.id) !== policy)) return 0
      const moved = await Promise.all(admissions.map((admission) => this.#carryOut(admission, tables)))
      return moved.filter((isScheduled) => isScheduled).length
    }
  }

  async #tablesFor(
    policies: readonly ConcurrencyPolicy[],
    executions: readonly ExecutionDocument[],
  ): Promise<AdmissionTables> {
    const { queueNaming } = this.#deps
    const byQueue = new Map<string, Promise<{ table: SlotTable; first: ExecutionDocument | undefined }>>()
    const queues = new Map<string, readonly string[]>()
    for (const execution of executions) {
      const own = policies.map((policy) => {
        const queue = queueNaming.queueOf(policy, execution)
        if (!byQueue.has(queue)) byQueue.set(queue, this.#readQueue(policy, queue))
        return queue
      })
      queues.set(execution.id, own)
    }
    const read = new Map<string, { table: SlotTable; first: ExecutionDocument | undefined }>()
    for (const [queue, promise] of byQueue) read.set(queue, await promise)
    const tables = new AdmissionTables(queues, read)
    for (const execution of executions) await this.#giveBackVoid(tables, execution)
    return tables
  }

  async #readQueue(policy: ConcurrencyPolicy, queue: string) {
    const [table, [first]] = await Promise.all([this.#keeper.table(policy, queue), this.#queues.waitingIn(queue, 1)])
    return { table, first }
  }

  /** Slots taken for an execution as it was before can no longer be used by anybody. */
  async #giveBackVoid(tables: AdmissionTables, execution: ExecutionDocument): Promise<void> {
    for (const table of tables.of(execution)) {
      for (const slot of table.of(execution.id).filter(({ ticket }) => ticket < execution.rev)) {
        await this.#deps.slots.giveBack(slot)
        table.forget(slot)
      }
    }
  }

  /** Whether it became scheduled. */
  async #carryOut(admission: Admission, tables: AdmissionTables): Promise<boolean> {
    const { executions, clock } = this.#deps
    const { execution } = admission
    switch (admission.verdict) {
      case 'outdated':
        return false
      case 'cancel':
        await executions.cancelUnchanged(execution)
        return false
      case 'wait':
        await this.#enqueue(execution, admission.queue, tables)
        return false
      case 'admit': {
        const changes = { status: 'scheduled', due_at: clock.now(), policy_queue: undefined } as const
        const stored = await executions.changeUnchanged(execution, changes)
        if (stored === null) this.freed(await this.#keeper.tidy(execution.id))
        return stored !== null
      }
    }
  }

  async #enqueue(execution: ExecutionDocument, queue: string, tables: AdmissionTables): Promise<void> {
    const isThere = execution.policy_queue === queue && execution.status === 'delayed'
    if (isThere) return
    const changes = { status: 'delayed', policy_queue: queue, due_at: undefined } as const
    const stored = await this.#deps.executions.changeUnchanged(execution, changes)
    if (stored === null) return
    await this.#giveBackVoid(tables, stored)
    // Who gave back a slot just before did not see this one wait.
    this.#freed.add(queue)
  }
}

/** What one admission needs to know of each queue. */
class AdmissionTables {
  readonly #queues: ReadonlyMap<string, readonly string[]>
  readonly #read: ReadonlyMap<string, { readonly table: SlotTable; readonly first: ExecutionDocument | undefined }>

  constructor(
    queues: ReadonlyMap<string, readonly string[]>,
    read: ReadonlyMap<string, { readonly table: SlotTable; readonly first: ExecutionDocument | undefined }>,
  ) {
    this.#queues = queues
    this.#read = read
  }

  of(execution: ExecutionDocument): SlotTable[] {
    return (this.#queues.get(execution.id) ?? []).flatMap((queue) => this.#read.get(queue)?.table ?? [])
  }

  judge(execution: ExecutionDocument): Admission {
    return judgeAdmission(execution, this.of(execution), ({ queue }) => {
      const first = this.#read.get(queue)?.first
      return first !== undefined && first.id !== execution.id && byRequest(first, execution) < 0
    })
  }
}

function byRequest(a: ExecutionDocument, b: ExecutionDocument): number {
  if (a.start_timestamp !== b.start_timestamp) return a.start_timestamp < b.start_timestamp ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
