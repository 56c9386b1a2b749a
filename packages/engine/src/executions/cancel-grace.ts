import type { Clock, Timer } from '../ports/clock.ts'

/** ms before what was to be stopped and has not ended is stopped once more. */
const STOP_AGAIN_MS = 10_000

/** The time that running actions have to end by themselves after what started them was cancelled. It begins when it is first asked about. */
export class CancelGrace {
  readonly #clock: Clock
  /** `[workflow_engine] cancel_grace_ms`; −1: as long as they want. */
  readonly #graceMs: number
  #since: number | null = null
  /** What was answered last. */
  #isOver = false
  #timer: Timer | null = null

  constructor(clock: Clock, graceMs: number) {
    this.#clock = clock
    this.#graceMs = graceMs
  }

  isOver(): boolean {
    this.#isOver = this.#graceMs >= 0 && this.#leftMs <= 0
    return this.#isOver
  }

  /** Calls once: when the time is over, or some time after that was answered. */
  lookAgain(look: () => void): void {
    this.end()
    if (this.#graceMs < 0) return
    this.#timer = this.#clock.after(this.#isOver ? STOP_AGAIN_MS : Math.max(0, this.#leftMs), look)
  }

  end(): void {
    this.#timer?.cancel()
  }

  get #leftMs(): number {
    const now = this.#clock.monotonic()
    this.#since ??= now
    return this.#graceMs - (now - this.#since)
  }
}
