import type { Clock } from '../ports/clock.ts'

/** What a loop runs. */
export interface Rounds {
  /** Whether another round would find something to do. */
  hasWork(): boolean
  round(): Promise<void>
  /** A round rejected; the next one comes after a pause. */
  failed(error: unknown): void
  /** There is nothing to do for now. */
  resting(): void
}

/** ms before a round that failed is tried again. */
const RETRY_MS = 500

/**
 * Runs rounds while there is work, one at a time.
 *
 * Modes: *resting* (nothing to do; `wake` begins), *running* (round after round, until there is no work), *stopped* (for good: the
 * round under way ends, `wake` does nothing). What is told to it in one turn of the event loop is there when the first round begins,
 * so that one write takes all of it. A round that fails is followed by another: the loop itself never ends by an error.
 */
export class RoundLoop {
  readonly #clock: Clock
  readonly #rounds: Rounds
  #running: Promise<void> | null = null
  #isStopped = false

  constructor(clock: Clock, rounds: Rounds) {
    this.#clock = clock
    this.#rounds = rounds
  }

  get isResting(): boolean {
    return this.#running === null
  }

  get isStopped(): boolean {
    return this.#isStopped
  }

  wake(): void {
    if (!this.#isStopped) this.#running ??= this.#run()
  }

  /** What was known is done. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  /** Resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#running
  }

  async #run(): Promise<void> {
    // What comes in the same turn joins the round.
    await Promise.resolve()
    try {
      while (this.#goesOn) await this.#tryRound()
    } finally {
      this.#rounds.resting()
      this.#running = null
    }
    if (this.#goesOn) this.wake()
  }

  get #goesOn(): boolean {
    return !this.#isStopped && this.#rounds.hasWork()
  }

  async #tryRound(): Promise<void> {
    try {
      await this.#rounds.round()
    } catch (error) {
      this.#rounds.failed(error)
      await new Promise<void>((resolve) => this.#clock.after(RETRY_MS, resolve))
    }
  }
}
