import { Reiterable } from './lazy.ts'

export type Selector = (element: unknown) => unknown
export type Compare = (left: unknown, right: unknown) => unknown

/** The result of `orderBy`: sorted when it is first walked, so that `thenBy` can still add to it. */
export class Ordering extends Reiterable {
  readonly pyType = 'OrderingIterable'
  readonly #elements: () => unknown[]
  readonly #less: Compare
  readonly #greater: Compare
  readonly #fields: { selector: Selector; sign: 1 | -1 }[] = []
  #sorted: unknown[] | null = null

  constructor(elements: () => unknown[], less: Compare, greater: Compare) {
    super()
    this.#elements = elements
    this.#less = less
    this.#greater = greater
  }

  by(selector: Selector, sign: 1 | -1): this {
    this.#fields.push({ selector, sign })
    return this
  }

  values(): unknown[] {
    this.#sorted ??= this.#sort()
    return this.#sorted
  }

  pyRepr(): string {
    return '<yaql.standard_library.queries.OrderingIterable object at 0x7f0000000000>'
  }

  #sort(): unknown[] {
    const entries: Entry[] = this.#elements().map((element) => ({
      element,
      keys: [],
    }))
    entries.sort((left, right) => this.#compare(left, right))
    return entries.map(({ element }) => element)
  }

  /** Keys are asked for when they are needed: those of later fields only where earlier ones are equal. */
  #compare(left: Entry, right: Entry): number {
    for (const [at, { selector, sign }] of this.#fields.entries()) {
      const a = keyOf(left, at, selector)
      const b = keyOf(right, at, selector)
      if (this.#less(a, b) === true) return -sign
      if (this.#greater(a, b) === true) return sign
    }
    return 0
  }
}

interface Entry {
  element: unknown
  keys: unknown[]
}

function keyOf(entry: Entry, at: number, selector: Selector): unknown {
  if (entry.keys.length <= at) entry.keys.push(selector(entry.element))
  return entry.keys[at]
}
