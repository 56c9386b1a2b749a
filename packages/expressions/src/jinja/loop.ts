import { equals, PythonTypeError } from '@st2/python-values'
import { AttributeObject, BoundMethod } from './objects.ts'
import { Undefined, type UndefinedMode } from './undefined.ts'

/** `loop` inside of a `for`. @source jinja2: runtime.py LoopContext */
export class LoopVariable extends AttributeObject {
  override readonly pyModule = 'jinja2.runtime.'
  readonly pyType = 'LoopContext'
  readonly #items: readonly unknown[]
  readonly #mode: UndefinedMode
  #index = 0
  #lastChecked: unknown[] | null = null

  constructor(items: readonly unknown[], mode: UndefinedMode) {
    super()
    this.#items = items
    this.#mode = mode
  }

  advance(): void {
    this.#index++
  }

  attribute(name: string): unknown {
    const read = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined
    if (read !== undefined) return read(this.#index, this.#items.length)
    if (name === 'previtem') return this.#neighbour(this.#index - 1, 'there is no previous item')
    if (name === 'nextitem') return this.#neighbour(this.#index + 1, 'there is no next item')
    if (name === 'cycle') return new BoundMethod(this.pyType, 'cycle', ({ args }) => this.#cycle(args))
    if (name === 'changed') return new BoundMethod(this.pyType, 'changed', ({ args }) => this.#changed(args))
    return undefined
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
  depth: () => 1,
  depth0: () => 0,
}
