import type { Clock } from '../ports/clock.ts'
import type { Coordinator, Membership } from '../ports/coordinator.ts'
import type { Log } from '../ports/log.ts'
import { pause } from '../ports/wait.ts'
import { START_STOP_SEQUENCE } from '../workflows/pause-between-engines.ts'

export interface RollCallDeps {
  readonly coordinator: Coordinator
  readonly clock: Clock
  readonly log: Log
  /** `<hostname>_<pid>` */
  readonly memberId: string
}

const GROUP = 'workflow_engine'
/** ms that one engine may take to come or go. */
const LEASE_MS = 10_000
/** ms between two looks whether another has done so. */
const LOOK_MS = 100
/** ms before an engine registers again that could not. */
const RETRY_MS = 1000

/** Which workflow engines there are, where services register: one comes, or goes, at a time. @source orquesta.md 26 */
export class EngineRollCall {
  readonly #deps: RollCallDeps
  readonly #leaving = new AbortController()
  readonly #membership: Promise<Membership | null>

  /** Registers, for as long as it takes. */
  constructor(deps: RollCallDeps) {
    this.#deps = deps
    this.#membership = this.#join()
  }

  async #join(): Promise<Membership | null> {
    const { coordinator, clock, log, memberId: id } = this.#deps
    while (!this.#leaving.signal.aborted) {
      try {
        return await this.#oneAtATime(() => coordinator.join(GROUP, { id, capabilities: {} }))
      } catch (err) {
        log.warn({ err }, 'the workflow engine could not register; it is tried again')
        await pause(clock, RETRY_MS, this.#leaving.signal)
      }
    }
    return null
  }

  /** @param whenLast what is to be done when no other is left; not done where that is not known */
  async leave(whenLast: () => Promise<void>): Promise<void> {
    this.#leaving.abort()
    const membership = await this.#membership
    if (membership === null) return
    try {
      await this.#oneAtATime(async () => {
        await membership.leave()
        if ((await this.#deps.coordinator.members(GROUP)).length === 0) await whenLast()
      })
    } catch (err) {
      this.#deps.log.warn({ err }, 'whether another workflow engine is left is not known: workflows wait as they are')
    }
  }

  /** Whoever takes longer than the lease is not waited for: the order is kept for tidiness, nothing is lost without it. */
  async #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const { coordinator, clock, log } = this.#deps
    const deadline = clock.monotonic() + LEASE_MS
    let lease = await coordinator.tryLease(START_STOP_SEQUENCE, LEASE_MS)
    while (lease === null && clock.monotonic() < deadline) {
      await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve))
      lease = await coordinator.tryLease(START_STOP_SEQUENCE, LEASE_MS)
    }
    if (lease === null) log.warn({ lease: START_STOP_SEQUENCE }, 'another workflow engine takes long to start or stop')
    try {
      return await work()
    } finally {
      await lease?.release()
    }
  }
}
