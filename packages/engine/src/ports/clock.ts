/** Time as the engine knows it. Tests use a simulated one. */
export interface Clock {
  /** ms since epoch, UTC. */
  now(): number
  /** `YYYY-MM-DDTHH:MM:SS.ffffffZ`, microseconds, never going back within a process. */
  timestamp(): string
  /** ms of a clock that never jumps. */
  monotonic(): number
  /** Calls once after `ms`; the timer does not keep the process alive. */
  after(ms: number, call: () => void): Timer
}

export interface Timer {
  cancel(): void
}
