import { PyTuple } from '@st2/python-values'
import { AttributeObject, BoundMethod, CallableObject } from './objects.ts'

/** `cycler('odd', 'even')`: gives its items in turn. @source jinja2: utils.py Cycler */
export class Cycler extends AttributeObject {
  override readonly pyModule = 'jinja2.utils.'
  readonly pyType = 'Cycler'
  readonly #items: readonly unknown[]
  #at = 0

  constructor(items: readonly unknown[]) {
    super()
    this.#items = items
  }

  attribute(name: string): unknown {
    if (name === 'current') return this.#items[this.#at]
    if (name === 'pos') return this.#at
    if (name === 'items') return PyTuple.from(this.#items)
    if (name === 'next') return new BoundMethod(this.pyType, name, () => this.#next())
    if (name === 'reset') return new BoundMethod(this.pyType, name, () => this.#reset())
    return undefined
  }

  #next(): unknown {
    const item = this.#items[this.#at]
    this.#at = (this.#at + 1) % this.#items.length
    return item
  }

  #reset(): null {
    this.#at = 0
    return null
  }

  /** NOTE: upstream shows an address, which says nothing; ours is fixed. */
  pyRepr(): string {
    return '<jinja2.utils.Cycler object at 0x7f0000000000>'
  }
}

/** `joiner(', ')`: nothing at its first call, the separator afterwards. @source jinja2: utils.py Joiner */
export class Joiner extends CallableObject {
  override readonly pyModule = 'jinja2.utils.'
  readonly pyType = 'Joiner'
  readonly #separator: unknown
  #isUsed = false

  constructor(separator: unknown) {
    super()
    this.#separator = separator
  }

  attribute(name: string): unknown {
    if (name === 'sep') return this.#separator
    return name === 'used' ? this.#isUsed : undefined
  }

  run(): unknown {
    const isFirst = !this.#isUsed
    this.#isUsed = true
    return isFirst ? '' : this.#separator
  }

  pyRepr(): string {
    return '<jinja2.utils.Joiner object at 0x7f0000000000>'
  }
}
