import type { Clock, Timer } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'

/** ms to wait after a round that failed: the store may be away. */
const RETRY_MS = 500

/**
 * Runs rounds of work one at a time: at once when woken, and after `sweepMs` by itself, so that a lost message costs
 * a delay and nothing else. A wake during a round leads to one more round. A round that answers `more` is followed by
 * the next without waiting. A failing round is logged and tried again.
 */
export class WakeableLoop {
  readonly #round: () => Promise<'more' | 'idle'>
  readonly #options: LoopOptions
  #running: Promise<void> | null = null
  #isWoken = false
  #isStopped = false
  #sweep: Timer | null = null

  constructor(options: LoopOptions, round: () => Promise<'more' | 'idle'>) {
    this.#options = options
    this.#round = round
  }

  wake(): void {
    if (this.#isStopped) return
    this.#isWoken = true
    this.#running ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#sweep?.cancel()
    await this.#running
  }

  async #run(): Promise<void> {
    this.#sweep?.cancel()
    // Lets the wakes of the same tick join this round.
    await Promise.resolve()
    while (this.#isWoken && !this.#isStopped) {
      this.#isWoken = false
      if ((await this.#tryRound()) === 'more') this.#isWoken = true
    }
    this.#running = null
    this.#scheduleSweep(this.#options.sweepMs)
  }

  async #tryRound(): Promise<'more' | 'idle'> {
    try {
      return await this.#round()
    } catch (err) {
      this.#options.log.error({ err, service: this.#options.name }, 'a round of work failed; it is tried again')
      this.#scheduleSweep(RETRY_MS)
      return 'idle'
    }
  }

  #scheduleSweep(ms: number): void {
    if (this.#isStopped) return
    this.#sweep?.cancel()
    this.#sweep = this.#options.clock.after(ms, () => this.wake())
  }
}

export interface LoopOptions {
  readonly name: string
  readonly sweepMs: number
  readonly clock: Clock
  readonly log: Log
}
