import { createHash } from 'node:crypto'
import { type Action, type RunnerType, type Snapshot, snapshots } from '@st2/model'
import type { Store } from '../ports/store.ts'

/** Snapshots kept in memory; each is a few kilobytes. */
const CACHED = 2000

/**
 * Actions and runners as they were when an execution was requested, each content stored once. What an execution shows
 * never changes because its action was edited later.
 */
export class SnapshotStore {
  readonly #store: Store
  readonly #contents = new Map<string, Action | RunnerType>()
  /** Content hash of objects seen before: registered actions are the same object from request to request. */
  readonly #hashes = new WeakMap<Action | RunnerType, string>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Stores what is not stored yet; answers the content's hash. */
  async keep(content: Action | RunnerType): Promise<string> {
    const known = this.#hashes.get(content)
    if (known !== undefined) return known
    const hash = this.hashOf(content)
    if (!this.#contents.has(hash)) await this.#store.put(snapshots, { id: hash, content } satisfies Snapshot)
    this.#hashes.set(content, hash)
    this.#remember(hash, content)
    return hash
  }

  hashOf(content: Action | RunnerType): string {
    const known = this.#hashes.get(content)
    return known ?? createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)
  }

  /** Before it is removed from the store: the next that has this content stores it again. */
  forget(hash: string): void {
    this.#contents.delete(hash)
  }

  async action(hash: string): Promise<Action> {
    return (await this.#content(hash)) as Action
  }

  async runner(hash: string): Promise<RunnerType> {
    return (await this.#content(hash)) as RunnerType
  }

  async #content(hash: string): Promise<Action | RunnerType> {
    const cached = this.#contents.get(hash)
    if (cached !== undefined) return cached
    const snapshot = await this.#store.get(snapshots, hash)
    // Written before the execution that names it and never removed while one does.
    if (snapshot === null) throw new Error(`snapshot ${hash} is missing from the store`)
    this.#remember(hash, snapshot.content)
    return snapshot.content
  }

  #remember(hash: string, content: Action | RunnerType): void {
    if (this.#contents.size >= CACHED) {
      const oldest = this.#contents.keys().next()
      if (!oldest.done) this.#contents.delete(oldest.value)
    }
    this.#contents.set(hash, content)
  }
}
