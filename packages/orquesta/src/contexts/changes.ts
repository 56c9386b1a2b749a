import { asPatch, both } from './patch.ts'

/** Layers between two that know all names. */
const LAYERS = 32

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
    let layer: Changes | null = this
    while (layer !== null) {
      const change = layer.#own.get(name)
      if (change !== undefined) return change
      layer = layer.#parent
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
    if (this.#height + 1 < LAYERS) return new Changes(this, own, this.#height + 1)
    const all = new Map(this.entries())
    for (const [name, change] of own) all.set(name, change)
    return new Changes(null, all, 0)
  }

  /** All changes, in the order in which their names came up first. */
  *entries(): Generator<[string, unknown]> {
    const layers: Changes[] = []
    for (let layer: Changes | null = this; layer !== null; layer = layer.#parent) layers.push(layer)
    const seen = new Set<string>()
    for (const layer of layers.reverse()) {
      for (const name of layer.#own.keys()) {
        if (seen.has(name)) continue
        seen.add(name)
        yield [name, this.get(name)]
      }
    }
  }
}
