import { UnavailableError } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Coordinator } from '../ports/coordinator.ts'
import { aborted } from '../ports/wait.ts'

/** How long an edit waits for those of other processes, ms. */
const MAX_WAIT_MS = 60_000

export interface ContentLockDeps {
  readonly coordinator: Coordinator
  readonly clock: Clock
  /** @default 60,000 */
  readonly maxWaitMs?: number
}

/**
 * Lets one of several processes at a time change content: they share the folder of packs. It is held as long as the work lasts, and goes
 * with a process that dies. A process that is cut off from the coordinator in the middle of an edit ends it all the same.
 */
export class ContentLock {
  readonly #deps: ContentLockDeps

  constructor(deps: ContentLockDeps) {
    this.#deps = deps
  }

  /** @throws UnavailableError when the others take too long, or nobody can tell; what the work throws is its caller's */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const { coordinator, clock, maxWaitMs = MAX_WAIT_MS } = this.#deps
    const outcome = Promise.withResolvers<T>()
    let state: 'waiting' | 'working' | 'over' = 'waiting'
    const giveUp = clock.after(maxWaitMs, () => {
      if (state !== 'waiting') return
      state = 'over'
      outcome.reject(new UnavailableError('Content is being changed by another process for too long.'))
    })
    const membership = await coordinator.elect('content', async (signal) => {
      if (state === 'waiting') {
        state = 'working'
        await work().then(outcome.resolve, outcome.reject)
        state = 'over'
      }
      await aborted(signal)
    })
    try {
      return await outcome.promise
    } finally {
      giveUp.cancel()
      await membership.leave()
    }
  }
}
