import {
  CHAIN_RUNNER,
  COMPLETED_STATUSES,
  type ExecutionDocument,
  executions,
  type ExecutionStatus,
  isCompleted,
  ORQUESTA_RUNNERS,
  WORKFLOW_RUNNERS,
} from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Claim, Condition, Filter, HeaderValue, Query, Store, Tally, TallyGroup } from '../ports/store.ts'
import type { ExecutionEvents } from './execution-events.ts'

/** A change to one execution, decided on what is stored now; null leaves it as it is. */
export type Change = (current: ExecutionDocument) => Partial<ExecutionDocument> | null

/** What follows from the end of an execution. */
export interface ExecutionEnds {
  /** Whether work is left when it ends like this; it is stored with the end, so that nothing is forgotten. */
  leavesWork(ended: ExecutionDocument): boolean
  /** Called once the end is durable. */
  ended(document: ExecutionDocument): void
  /** Called once another status than before, final or not, is durable. */
  moved?(document: ExecutionDocument): void
}

const NOTHING_FOLLOWS: ExecutionEnds = { leavesWork: () => false, ended: () => undefined }

/** Not yet taken by a scheduler. */
export const WAITING = ['requested', 'delayed'] as const satisfies readonly ExecutionStatus[]
const COMPLETED: readonly ExecutionStatus[] = COMPLETED_STATUSES
/** Values that one condition takes. */
const MAX_VALUES = 1000

/**
 * Executions in the store, and the only place that writes them. What users see of a write is announced after it is durable.
 * A status changes by compare-and-set; who loses the race looks again.
 */
export class ExecutionStore {
  readonly #store: Store
  readonly #events: ExecutionEvents
  readonly #clock: Clock
  readonly #ends: ExecutionEnds

  constructor(store: Store, events: ExecutionEvents, clock: Clock, ends: ExecutionEnds = NOTHING_FOLLOWS) {
    this.#store = store
    this.#events = events
    this.#clock = clock
    this.#ends = ends
  }

  async insert(document: ExecutionDocument): Promise<void> {
    const complete = isCompleted(document.status) ? { ...document, ...this.#completion(document) } : document
    await this.#store.insert(executions, complete)
    this.#events.announce('create', complete)
    if (isCompleted(document.status)) {
      this.#ends.ended(complete)
      this.#ends.moved?.(complete)
    }
  }

  /** All of them or, when the id of one is taken, none. */
  async insertAll(documents: readonly ExecutionDocument[]): Promise<void> {
    const complete = documents.map((document) =>
      isCompleted(document.status) ? { ...document, ...this.#completion(document) } : document,
    )
    await this.#store.insert(executions, ...complete)
    for (const document of complete) {
      this.#events.announce('create', document)
      if (isCompleted(document.status)) {
        // Who waits for an end waits for an update.
        this.#events.announce('update', document)
        this.#ends.ended(document)
      }
    }
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

  tally(tally: Tally): Promise<TallyGroup[]> {
    return this.#store.tally(executions, tally)
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

  /**
   * Moves up to `limit` due executions from waiting to `scheduled`, due now for an actionrunner.
   * @param limited actions that are not scheduled like this: concurrency policies govern them
   */
  async claimForScheduling(limit: number, limited: readonly string[] = []): Promise<ExecutionDocument[]> {
    return this.#claim('scheduled', WAITING, limit, { due_at: this.#clock.now() }, [
      { field: 'policy_queue', op: 'eq', value: null },
      ...chunks(limited).map((value): Condition => ({ field: 'action', op: 'nin', value })),
    ])
  }

  /** At most a thousand. */
  findByIds(ids: readonly string[]): Promise<ExecutionDocument[]> {
    return this.find({ filter: [{ field: 'id', op: 'in', value: ids }], limit: ids.length })
  }

  /** Applies the changes if nobody has written the execution since it was read; null otherwise. */
  async changeUnchanged(
    known: ExecutionDocument,
    changes: Partial<ExecutionDocument>,
  ): Promise<ExecutionDocument | null> {
    const stored = await this.#store.replace(executions, this.#changed(known, changes))
    if (stored !== null) this.#announceUpdate(known, stored)
    return stored
  }

  /** Ends what a policy has no room for: `canceling`, then `canceled`, in one write. */
  async cancelUnchanged(known: ExecutionDocument): Promise<ExecutionDocument | null> {
    const canceling = { timestamp: this.#clock.timestamp(), status: 'canceling' } as const
    const cancelled = { ...known, log: [...known.log, canceling], result: {}, result_size: 2 }
    return this.changeUnchanged(cancelled, { status: 'canceled' })
  }

  /** Workflows that may begin, the oldest first. They stay as they are: who begins one moves it. */
  scheduledWorkflows(limit: number): Promise<ExecutionDocument[]> {
    return this.find({
      filter: [
        { field: 'status', op: 'eq', value: 'scheduled' },
        { field: 'due_at', op: 'lte', value: this.#clock.now() },
        { field: 'runner', op: 'in', value: ORQUESTA_RUNNERS },
      ],
      order: [{ field: 'due_at', direction: 'asc' }],
      limit,
    })
  }

  /** Those of the ids that have one of the statuses. At most a thousand ids. */
  withStatusAmong(ids: readonly string[], statuses: readonly ExecutionStatus[]): Promise<ExecutionDocument[]> {
    return this.find({
      filter: [
        { field: 'id', op: 'in', value: ids },
        { field: 'status', op: 'in', value: statuses },
      ],
      limit: ids.length,
    })
  }

  /** Moves up to `limit` scheduled executions to `running`, owned by `owner`. Workflows are not theirs who run actions. */
  claimForRunning(
    limit: number,
    owner: string,
    runnerInfo: ExecutionDocument['runner_info'],
  ): Promise<ExecutionDocument[]> {
    return this.claimAsOwner({ limit, owner, runnerInfo }, { field: 'runner', op: 'nin', value: WORKFLOW_RUNNERS })
  }

  /** Moves what is scheduled to `running`. @param runner which runners it may have */
  claimAsOwner(
    { limit, owner, runnerInfo }: { limit: number; owner: string; runnerInfo: ExecutionDocument['runner_info'] },
    runner: Condition,
  ): Promise<ExecutionDocument[]> {
    const set = { due_at: undefined, claimed_by: owner, runner_info: runnerInfo }
    return this.#claim('running', ['scheduled'], limit, set, [runner])
  }

  /** What has ended so long ago and leaves work to be done, the oldest first. */
  duePostCompletion(limit: number, sinceMs = 0): Promise<ExecutionDocument[]> {
    return this.find({
      filter: [
        { field: 'status', op: 'in', value: COMPLETED },
        { field: 'due_at', op: 'lte', value: this.#clock.now() - sinceMs },
      ],
      order: [{ field: 'due_at', direction: 'asc' }],
      limit,
    })
  }

  /** The work is done. Nobody is told: what users see of the executions does not change. At most a thousand. */
  async clearPostCompletion(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await this.claimQuietly({
      filter: [
        { field: 'id', op: 'in', value: ids },
        { field: 'status', op: 'in', value: COMPLETED },
      ],
      order: [],
      limit: ids.length,
      patch: { set: { post_completion: undefined, due_at: undefined } },
    })
  }

  /** Nothing more is to be done about executions of that status for now. Nobody is told. At most a thousand. */
  async clearDue(ids: readonly string[], status: ExecutionStatus): Promise<void> {
    if (ids.length === 0) return
    await this.claimQuietly({
      filter: [
        { field: 'id', op: 'in', value: ids },
        { field: 'status', op: 'eq', value: status },
      ],
      order: [],
      limit: ids.length,
      patch: { set: { due_at: undefined } },
    })
  }

  /** Changes the first that fit, whose statuses stay. Nobody is told. */
  claimQuietly(claim: Claim): Promise<ExecutionDocument[]> {
    return this.#store.claim(executions, claim)
  }

  /** Actions that the given owner runs, at most `limit` of them; it may drive chains besides. */
  actionsOf(owner: string, limit: number): Promise<ExecutionDocument[]> {
    return this.find({ filter: [heldBy(owner), { field: 'runner', op: 'ne', value: CHAIN_RUNNER }], limit })
  }

  /** What the given owner holds, at most `limit` of it. */
  claimedBy(owner: string, limit: number): Promise<ExecutionDocument[]> {
    return this.find({ filter: [heldBy(owner)], limit })
  }

  /** What the given owner was asked to stop. */
  cancelingOf(owner: string, limit: number): Promise<ExecutionDocument[]> {
    return this.find({ filter: [heldBy(owner), { field: 'status', op: 'eq', value: 'canceling' }], limit })
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
        this.#announceUpdate(current, stored)
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
      ...(isCompleted(status)
        ? this.#completion({ ...current, ...changes, end_timestamp: timestamp, claimed_by: undefined })
        : {}),
    }
  }

  #completion(ended: ExecutionDocument): Partial<ExecutionDocument> {
    const { end_timestamp, claimed_by } = ended
    const over = { end_timestamp, claimed_by, policy_queue: undefined, due_at: undefined }
    return this.#ends.leavesWork(ended) ? { ...over, post_completion: 'due', due_at: this.#clock.now() } : over
  }

  #announceUpdate(before: ExecutionDocument, stored: ExecutionDocument): void {
    this.#events.announce('update', stored)
    if (isCompleted(stored.status) && !isCompleted(before.status)) this.#ends.ended(stored)
    if (stored.status !== before.status) this.#ends.moved?.(stored)
  }

  async #claim(
    status: ExecutionStatus,
    from: readonly ExecutionStatus[],
    limit: number,
    set: Partial<ExecutionDocument>,
    further: Filter = [],
  ): Promise<ExecutionDocument[]> {
    const claimed = await this.#store.claim(executions, {
      filter: [
        { field: 'status', op: 'in', value: from },
        { field: 'due_at', op: 'lte', value: this.#clock.now() },
        ...further,
      ],
      order: [{ field: 'due_at', direction: 'asc' }],
      limit,
      patch: { set: { ...set, status }, push: { log: { timestamp: this.#clock.timestamp(), status } } },
    })
    for (const document of claimed) this.#events.announce('update', document)
    return claimed
  }
}

export function heldBy(owner: string): Condition {
  return { field: 'claimed_by', op: 'eq', value: owner }
}

function chunks(values: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let start = 0; start < values.length; start += MAX_VALUES) parts.push(values.slice(start, start + MAX_VALUES))
  return parts
}
