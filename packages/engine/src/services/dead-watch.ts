import type { Incarnation } from '@st2/model'
import { HEARTBEAT_MS } from './incarnation-keeper.ts'

/** ms without a heartbeat after which a process counts as dead. */
export const DEAD_AFTER_MS = 6 * HEARTBEAT_MS

/** What was last seen of a process, and when, by this process's own monotonic clock. */
interface Sighting {
  readonly heartbeat: number
  readonly at: number
}

/**
 * Tells which of the other processes are dead. Clocks of other hosts are not trusted: a heartbeat that does not change is a missing
 * one, whatever time it names. So who has just started waits before it calls anybody dead.
 */
export class DeadWatch {
  readonly #own: { readonly instance: string; readonly epoch: number }
  /** This process has its store to itself: whoever else is recorded is dead. */
  readonly #isAlone: boolean
  #seen = new Map<string, Sighting>()

  constructor(own: { readonly instance: string; readonly epoch: number }, isAlone: boolean) {
    this.#own = own
    this.#isAlone = isAlone
  }

  /**
   * @param others incarnations that have not said goodbye
   * @param now ms, monotonic
   */
  deadAmong(others: readonly Incarnation[], now: number): Incarnation[] {
    const seen = new Map<string, Sighting>()
    const dead = others.filter((other) => {
      if (this.#isAlone || this.#isPredecessor(other)) return true
      const before = this.#seen.get(other.id)
      const sighting = before?.heartbeat === other.heartbeat_at ? before : { heartbeat: other.heartbeat_at, at: now }
      seen.set(other.id, sighting)
      return now - sighting.at >= DEAD_AFTER_MS
    })
    this.#seen = seen
    return dead
  }

  /** Had the folder that this process has now, whose lock nobody shares. */
  #isPredecessor({ instance, epoch }: Incarnation): boolean {
    return instance === this.#own.instance && epoch < this.#own.epoch
  }
}
