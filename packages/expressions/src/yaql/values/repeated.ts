import { Lazy } from './lazy.ts'
import { reprOf } from './text.ts'

interface Count {
  left: number
}

/** One value again and again: `repeat(3, 2)`, where the count is what is left of it. @source python: itertools.repeat */
export class Repeated extends Lazy {
  readonly #value: unknown
  readonly #count: Count

  /** @param times without end when negative */
  constructor(value: unknown, times: number) {
    const count = { left: times }
    super('repeat()', repeated(value, count))
    this.#value = value
    this.#count = count
  }

  override pyRepr(): string {
    const { left } = this.#count
    return left < 0 ? `repeat(${reprOf(this.#value)})` : `repeat(${reprOf(this.#value)}, ${left})`
  }
}

function* repeated(value: unknown, count: Count): Generator<unknown, undefined> {
  while (count.left !== 0) {
    count.left--
    yield value
  }
  return undefined
}
