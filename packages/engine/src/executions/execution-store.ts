import { type ExecutionDocument, executions, type ExecutionStatus, isCompleted } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Filter, HeaderValue, Query, Store } from '../ports/store.ts'
import type { ExecutionEvents } from './execution-events.ts'

/** A change to one execution, decided on what is stored now; null leaves it as it is. */
export type Change = (current: ExecutionDocument) => Partial<ExecutionDocument> | null

/**
 * Executions in the store, and the only place that writes them. Every write is announced after it is durable.
 * A status changes by compare-and-set; who loses the race looks again.
 */
export class ExecutionStore {
  readonly #store: Store
  readonly #events: ExecutionEvents
  readonly #clock: Clock

  constructor(store: Store, events: ExecutionEvents, clock: Clock) {
    this.#store = store
    this.#events = events
    this.#clock = clock
  }

  async insert(document: ExecutionDocument): Promise<void> {
    await this.#store.insert(executions, document)
    this.#events.announce('create', document)
  }

  get(id: string): Promise<ExecutionDocument | null> {
    return this.#store.get(executions, id)
  }

  find(query: Query): Promise<ExecutionDocument[]> {
    return this.#store.find(executions, query)
  }

  count(filter: Filter): Promise<number> {
    return this.#store.count(executions, filter)
  }

  distinct(field: string, limit: number): Promise<HeaderValue[]> {
    return this.#store.distinct(executions, field, limit)
  }

  /** The newest execution there is. */
  async last(): Promise<ExecutionDocument | null> {
    const [last] = await this.find({ order: [{ field: 'start_timestamp', direction: 'desc' }], limit: 1 })
    return last ?? null
  }

  /** Direct children, oldest first. */
  childrenOf(parents: readonly string[], limit: number): Promise<ExecutionDocument[]> {
    if (parents.length === 0) return Promise.resolve([])
    return this.find({
      filter: [{ field: 'parent', op: 'in', value: parents }],
      order: [{ field: 'start_timestamp', direction: 'asc' }],
      limit,
    })
  }

  /** Moves up to `limit` due executions from waiting to `scheduled`, due now for an actionrunner. */
  async claimForScheduling(limit: number): Promise<ExecutionDocument[]> {
    return this.#claim('scheduled', ['requested', 'delayed'], limit, { due_at: this.#clock.now() })
  }

  /** Moves up to `limit` scheduled executions to `running`, owned by `owner`. */
  async claimForRunning(
    limit: number,
    owner: string,
    runnerInfo: ExecutionDocument['runner_info'],
  ): Promise<ExecutionDocument[]> {
    return this.#claim('running', ['scheduled'], limit, {
      due_at: undefined,
      claimed_by: owner,
      runner_info: runnerInfo,
    })
  }

  /** What the given owner holds, at most `limit` of it. */
  claimedBy(owner: string, limit: number): Promise<ExecutionDocument[]> {
    return this.find({ filter: [{ field: 'claimed_by', op: 'eq', value: owner }], limit })
  }

  /** What the given owner was asked to stop. */
  cancelingOf(owner: string, limit: number): Promise<ExecutionDocument[]> {
    return this.find({
      filter: [
        { field: 'claimed_by', op: 'eq', value: owner },
        { field: 'status', op: 'eq', value: 'canceling' },
      ],
      limit,
    })
  }

  /**
   * Applies a change to what is stored, again on the newer document when another writer was faster.
   * A new status is logged with its time. Answers the document as it stands afterwards; null when it is gone.
   */
  async change(id: string, change: Change, known?: ExecutionDocument): Promise<ExecutionDocument | null> {
    let current = known ?? (await this.get(id))
    while (current !== null) {
      const changes = change(current)
      if (changes === null) return current
      const stored = await this.#store.replace(executions, this.#changed(current, changes))
      if (stored !== null) {
        this.#events.announce('update', stored)
        return stored
      }
      current = await this.get(id)
    }
    return null
  }

  #changed(current: ExecutionDocument, changes: Partial<ExecutionDocument>): ExecutionDocument {
    const status = changes.status
    if (status === undefined || status === current.status) return { ...current, ...changes }
    const timestamp = this.#clock.timestamp()
    return {
      ...current,
      ...changes,
      log: [...current.log, { timestamp, status }],
      ...(isCompleted(status) ? { end_timestamp: timestamp, due_at: undefined, claimed_by: undefined } : {}),
    }
  }

  async #claim(
    status: ExecutionStatus,
    from: readonly ExecutionStatus[],
    limit: number,
    set: Partial<ExecutionDocument>,
  ): Promise<ExecutionDocument[]> {
    const claimed = await this.#store.claim(executions, {
      filter: [
        { field: 'status', op: 'in', value: from },
        { field: 'due_at', op: 'lte', value: this.#clock.now() },
      ],
      order: [{ field: 'due_at', direction: 'asc' }],
      limit,
      patch: { set: { ...set, status }, push: { log: { timestamp: this.#clock.timestamp(), status } } },
    })
    for (const document of claimed) this.#events.announce('update', document)
    return claimed
  }
}
