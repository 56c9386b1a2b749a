import { hostname } from 'node:os'
import { readFile } from 'node:fs/promises'
import { type Incarnation, incarnations } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

/** ms between heartbeats: where several processes share a store, one is called dead after several missed ones. */
export const HEARTBEAT_MS = 5000

/** This process's record: claims carry its id, and it says when the process was last alive. */
export class IncarnationKeeper {
  readonly #store: Store
  readonly #clock: Clock
  readonly #onDeclaredDead: () => void
  #record: Incarnation
  #isStopped = false

  private constructor(store: Store, clock: Clock, record: Incarnation, onDeclaredDead: () => void) {
    this.#store = store
    this.#clock = clock
    this.#record = record
    this.#onDeclaredDead = onDeclaredDead
  }

  /** @param onDeclaredDead called when others took this process for dead, and its work over: it must not go on */
  static async begin(
    store: Store,
    clock: Clock,
    identity: { instance: string; epoch: number },
    onDeclaredDead: () => void,
  ): Promise<IncarnationKeeper> {
    const now = clock.now()
    const record: Incarnation = {
      id: `${identity.instance}:${identity.epoch}`,
      instance: identity.instance,
      epoch: identity.epoch,
      hostname: hostname(),
      pid: process.pid,
      boot_id: await bootId(),
      started_at: now,
      heartbeat_at: now,
    }
    await store.put(incarnations, record)
    const keeper = new IncarnationKeeper(store, clock, record, onDeclaredDead)
    keeper.#beatLater()
    return keeper
  }

  get id(): string {
    return this.#record.id
  }

  /** Incarnations that have not said goodbye, this one left out. */
  async others(): Promise<Incarnation[]> {
    const open = await this.#store.find(incarnations, {
      filter: [{ field: 'ended_at', op: 'eq', value: null }],
      limit: 1000,
    })
    return open.filter((incarnation) => incarnation.id !== this.id)
  }

  async end(): Promise<void> {
    this.#isStopped = true
    await this.#store.put(incarnations, { ...this.#record, ended_at: this.#clock.now() })
  }

  #beatLater(): void {
    this.#clock.after(HEARTBEAT_MS, () => {
      if (this.#isStopped) return
      // A heartbeat that cannot be written is the news itself: others will see it missing.
      this.#beat().then(
        () => this.#beatLater(),
        () => this.#beatLater(),
      )
    })
  }

  async #beat(): Promise<void> {
    const stored = await this.#store.get(incarnations, this.id)
    if (this.#isStopped) return
    if (stored?.ended_at !== undefined) {
      this.#isStopped = true
      this.#onDeclaredDead()
      return
    }
    this.#record = { ...this.#record, heartbeat_at: this.#clock.now() }
    await this.#store.put(incarnations, this.#record)
  }
}

async function bootId(): Promise<string> {
  try {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  } catch {
    return 'unknown'
  }
}
