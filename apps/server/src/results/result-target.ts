import type { Steps } from './json-walker.ts'

/** Follows a walk until it stands at the value of a path. */
export class ResultTarget {
  readonly #steps: Steps
  /** Values on the way that have begun. */
  #matched = 0
  #state: 'ahead' | 'here' | 'past' = 'ahead'

  constructor(steps: Steps) {
    this.#steps = steps
  }

  /** Whether the value of the path has begun and not ended. */
  get isHere(): boolean {
    return this.#state === 'here'
  }

  /** Whether it has ended, or does not exist. */
  get isPast(): boolean {
    return this.#state === 'past'
  }

  /** How far below the value of the path something is; 0: it is that value. */
  depthOf(steps: Steps): number {
    return steps.length - this.#steps.length
  }

  /** @returns whether this is the value of the path */
  begin(steps: Steps): boolean {
    if (this.#state !== 'ahead' || steps.length !== this.#matched) return false
    if (steps.length > 0 && steps.at(-1) !== this.#steps[steps.length - 1]) return false
    if (steps.length === this.#steps.length) this.#state = 'here'
    else this.#matched += 1
    return this.#state === 'here'
  }

  end(steps: Steps): void {
    // What ends on the way will not come again: keys of an object are unique.
    const wasOnTheWay = this.#state === 'ahead' && steps.length < this.#matched
    if (wasOnTheWay || (this.#state === 'here' && this.depthOf(steps) === 0)) this.#state = 'past'
  }
}
