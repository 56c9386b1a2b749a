import { type Action, type ExecutionDocument, executions, type RunnerType, type Snapshot, snapshots } from '@st2/model'
import type { ActionStore } from '../content/action-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { SnapshotStore } from './snapshot-store.ts'

/** Snapshots listed and looked through. */
const MAX_SNAPSHOTS = 10_000
/** Snapshots that are looked up in one round: each is a scan over the executions of its action. */
const PER_ROUND = 20
/** Executions of an action that a look-up scans; when there are more, its snapshots stay. */
const MAX_SCANNED = 20_000
/** ms between the first look at one and the second. */
const SUSPICION_MS = 60_000

export interface PurgeSnapshotsDeps {
  readonly store: Store
  readonly snapshots: SnapshotStore
  readonly actions: ActionStore
  readonly clock: Clock
}

/**
 * Removes snapshots of actions as they are no longer, that no execution names. One is removed at a second look, a while after the first, so
 * that an execution that was being requested meanwhile keeps its own.
 */
export class SnapshotPurge {
  readonly #deps: PurgeSnapshotsDeps
  /** Hash → ms of a steady clock at the first look. */
  #suspected = new Map<string, number>()
  #after = ''

  constructor(deps: PurgeSnapshotsDeps) {
    this.#deps = deps
  }

  /** Answers how many were removed. */
  async round(): Promise<number> {
    const { store } = this.#deps
    const page = await store.find(snapshots, {
      filter: [{ field: 'id', op: 'gt', value: this.#after }],
      order: [{ field: 'id', direction: 'asc' }],
      limit: MAX_SNAPSHOTS,
    })
    this.#after = page.length === MAX_SNAPSHOTS ? (page.at(-1)?.id ?? '') : ''
    const now = this.#deps.clock.monotonic()
    const suspected = new Map<string, number>()
    let removed = 0
    let lookUps = 0
    for (const snapshot of page) {
      const action = await this.#formerAction(snapshot)
      if (action === null) continue
      if (lookUps++ >= PER_ROUND) break
      if (await this.#isNamed(action.ref, snapshot.id)) continue
      const since = this.#suspected.get(snapshot.id) ?? now
      if (now - since >= SUSPICION_MS) removed += await this.#remove(snapshot.id)
      else suspected.set(snapshot.id, since)
    }
    this.#suspected = suspected
    return removed
  }

  /** The action as it was; null for what is current, and for runners, which are few. */
  async #formerAction({ id, content }: Snapshot): Promise<Action | null> {
    if (!isAction(content)) return null
    const current = await this.#deps.actions.findByRef(content.ref)
    return current !== null && this.#deps.snapshots.hashOf(current) === id ? null : content
  }

  async #isNamed(ref: string, hash: string): Promise<boolean> {
    const { store } = this.#deps
    const action = { field: 'action', op: 'eq', value: ref } as const
    if ((await store.count(executions, [action])) > MAX_SCANNED) return true
    const path: keyof ExecutionDocument = 'action_snapshot'
    const found = await store.find(executions, { filter: [action, { path, op: 'eq', value: hash }], limit: 1 })
    return found.length > 0
  }

  async #remove(hash: string): Promise<number> {
    this.#deps.snapshots.forget(hash)
    return this.#deps.store.remove(snapshots, [{ field: 'id', op: 'eq', value: hash }], 1)
  }
}

function isAction(content: Action | RunnerType): content is Action {
  return 'runner_type' in content
}
