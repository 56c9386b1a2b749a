import { RateLimitedError } from '@st2/model'

/** Results that are read through at a time: each takes the processor for a while. */
const MAX_RUNNING = 4
const MAX_WAITING = 100

/** Who reads through a whole result waits for a turn. */
export class ScanTurns {
  readonly #waiting: (() => void)[] = []
  #running = 0

  /** @throws RateLimitedError when too many wait */
  async run<T>(scan: () => Promise<T>): Promise<T> {
    if (this.#running >= MAX_RUNNING) await this.#turn()
    else this.#running += 1
    try {
      return await scan()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }

  /** Resolves when somebody who is done hands the turn over. */
  #turn(): Promise<void> {
    if (this.#waiting.length >= MAX_WAITING)
      throw new RateLimitedError(`More than ${MAX_WAITING} requests wait for results to be read through.`)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
