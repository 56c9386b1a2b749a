import { equals, PythonTypeError } from '@st2/python-values'
import { BoundMethod, type Call, CallableObject } from './objects.ts'
import { bind } from './signature.ts'
import { Undefined, type UndefinedMode } from './undefined.ts'

type Recurse = (items: unknown, depth: number) => unknown

/** `loop` inside of a `for`. @source jinja2: runtime.py LoopContext */
export class LoopVariable extends CallableObject {
  override readonly pyModule = 'jinja2.runtime.'
  readonly pyType = 'LoopContext'
  readonly #items: readonly unknown[]
  readonly #mode: UndefinedMode
  readonly #depth: number
  readonly #recurse: Recurse | null
  #index = 0
  #lastChecked: unknown[] | null = null

  /**
   * @param depth how many loops of the same recursion are around this one
   * @param recurse renders the body for other items; null without the `recursive` marker
   */
  constructor(items: readonly unknown[], mode: UndefinedMode, depth: number, recurse: Recurse | null) {
    super()
    this.#depth = depth
    this.#recurse = recurse
    this.#items = items
    this.#mode = mode
  }

  advance(): void {
    this.#index++
  }

  attribute(name: string): unknown {
    const read = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined
    if (read !== undefined) return read(this.#index, this.#items.length)
    if (name === 'depth0') return this.#depth
    if (name === 'depth') return this.#depth + 1
    if (name === 'previtem') return this.#neighbour(this.#index - 1, 'there is no previous item')
    if (name === 'nextitem') return this.#neighbour(this.#index + 1, 'there is no next item')
    if (name === 'cycle') return new BoundMethod(this.pyType, 'cycle', ({ args }) => this.#cycle(args))
    if (name === 'changed') return new BoundMethod(this.pyType, 'changed', ({ args }) => this.#changed(args))
    return undefined
  }

  run({ args, kwargs }: Call): unknown {
    const [items] = bind('LoopContext.__call__', ['iterable'], args, kwargs)
    if (this.#recurse === null) {
      throw new PythonTypeError("The loop must have the 'recursive' marker to be called recursively.")
    }
    return this.#recurse(items, this.#depth + 1)
  }

  #neighbour(index: number, message: string): unknown {
    return index >= 0 && index < this.#items.length ? this.#items[index] : new Undefined(this.#mode, { message })
  }

  #cycle(values: unknown[]): unknown {
    if (values.length === 0) throw new PythonTypeError('no items for cycling given')
    return values[this.#index % values.length]
  }

  #changed(values: unknown[]): boolean {
    const isSame = this.#lastChecked !== null && equals(this.#lastChecked, values)
    this.#lastChecked = values
    return !isSame
  }

  pyRepr(): string {
    return `<LoopContext ${this.#index + 1}/${this.#items.length}>`
  }
}

/** Facts of a round: index from 0, number of items. */
const ATTRIBUTES: Record<string, (index: number, length: number) => unknown> = {
  index: (index) => index + 1,
  index0: (index) => index,
  revindex: (index, length) => length - index,
  revindex0: (index, length) => length - index - 1,
  first: (index) => index === 0,
  last: (index, length) => index === length - 1,
  length: (_index, length) => length,
}
