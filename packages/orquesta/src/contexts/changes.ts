import { asPatch, both } from './patch.ts'

/** Layers between two that know all names. */
const LAYERS = 64

/**
 * What has been published on the way to a task: a change for each variable. It shares all but its own layer with what it grew
 * from; every so many layers one knows all names, so that no look-up goes far.
 */
export class Changes {
  static readonly NONE = new Changes(null, new Map(), 0)

  readonly #parent: Changes | null
  readonly #own: ReadonlyMap<string, unknown>
  readonly #height: number

  private constructor(parent: Changes | null, own: ReadonlyMap<string, unknown>, height: number) {
    this.#parent = parent
    this.#own = own
    this.#height = height
  }

  /** The change of a variable; `undefined` where it has none. */
  get(name: string): unknown {
    const own = this.#own.get(name)
    if (own !== undefined) return own
    for (let layer = this.#parent; layer !== null; layer = layer.#parent) {
      const change = layer.#own.get(name)
      if (change !== undefined) return change
    }
    return undefined
  }

  /** After more changes, by name in their order. */
  with(later: Iterable<readonly [string, unknown]>): Changes {
    const own = new Map<string, unknown>()
    for (const [name, change] of later) {
      const earlier = own.has(name) ? own.get(name) : this.get(name)
      if (earlier !== change) own.set(name, earlier === undefined ? (asPatch(change) ?? change) : both(earlier, change))
    }
    if (own.size === 0) return this
    const next = new Changes(this, own, this.#height + 1)
    return next.#height < LAYERS ? next : new Changes(null, next.#all(), 0)
  }

  /** All changes, in the order in which their names came up first. */
  entries(): MapIterator<[string, unknown]> {
    return this.#all().entries()
  }

  /** By name, each with its last change. */
  #all(): ReadonlyMap<string, unknown> {
    if (this.#parent === null) return this.#own
    const layers = [this.#own]
    for (let layer: Changes | null = this.#parent; layer !== null; layer = layer.#parent) layers.push(layer.#own)
    const all = new Map(layers.pop())
    for (const own of layers.reverse()) for (const [name, change] of own) all.set(name, change)
    return all
  }
}
