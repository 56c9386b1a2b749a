import { UnavailableError } from '@st2/model'
import type { ContentLock } from './content-lock.ts'

/**
 * Runs pieces of work one after the other, in the order they came. Everything that changes registered content together
 * with files goes through one of these, so that a registration never sees half of a change.
 */
export class OneAtATime {
  readonly #maxWaiting: number
  readonly #lock: ContentLock | null
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param maxWaiting `[content] max_waiting_edits`
   * @param lock against other processes; null: there are none
   */
  constructor(maxWaiting: number, lock: ContentLock | null = null) {
    this.#maxWaiting = maxWaiting
    this.#lock = lock
  }

  /** @throws UnavailableError when too many wait already; what the work throws is its caller's */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#maxWaiting) {
      throw new UnavailableError(`More than ${this.#maxWaiting} changes of content wait ([content] max_waiting_edits).`)
    }
    this.#waiting += 1
    const result = this.#last.then(() => (this.#lock === null ? work() : this.#lock.hold(work)))
    this.#last = result.then(
      () => (this.#waiting -= 1),
      () => (this.#waiting -= 1),
    )
    return result
  }
}
