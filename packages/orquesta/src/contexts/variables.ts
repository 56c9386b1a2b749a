import { type Dict, getKey, hasKey, keysOf } from '@st2/python-values'
import { applied } from './patch.ts'
import type { Changes } from './changes.ts'

/** What stands over the workflow's variables: the current task and item, the state, what the same publish set before. */
export type Overlay = Readonly<Record<string, unknown>>

/**
 * The variables that an expression sees, looked up where they are instead of being put together first. A `Map`, because that is
 * what the languages take for a mapping; it can not be changed.
 */
export class Variables extends Map<string, unknown> {
  readonly #initial: Dict
  readonly #changes: Changes
  readonly #overlay: ReadonlyMap<string, unknown>

  constructor(initial: Dict, changes: Changes, overlay: ReadonlyMap<string, unknown> | Overlay = new Map()) {
    super()
    this.#initial = initial
    this.#changes = changes
    this.#overlay = overlay instanceof Map ? overlay : new Map(Object.entries(overlay))
  }

  /** With more on top. */
  over(names: Overlay): Variables {
    return new Variables(this.#initial, this.#changes, new Map([...this.#overlay, ...Object.entries(names)]))
  }

  override get(name: string): unknown {
    if (this.#overlay.has(name)) return this.#overlay.get(name)
    const initial = getKey(this.#initial, name)
    const change = this.#changes.get(name)
    return change === undefined ? initial : applied(initial, change)
  }

  override has(name: string): boolean {
    return this.#overlay.has(name) || this.#changes.get(name) !== undefined || hasKey(this.#initial, name)
  }

  override get size(): number {
    let size = 0
    for (const _name of this.keys()) size++
    return size
  }

  override *keys(): MapIterator<string> {
    const seen = new Set<string>()
    for (const name of this.#names()) {
      if (seen.has(name)) continue
      seen.add(name)
      yield name
    }
    return undefined
  }

  *#names(): Generator<string> {
    for (const name of keysOf(this.#initial)) yield String(name)
    for (const [name] of this.#changes.entries()) yield name
    yield* this.#overlay.keys()
  }

  override *values(): MapIterator<unknown> {
    for (const name of this.keys()) yield this.get(name)
    return undefined
  }

  override *entries(): MapIterator<[string, unknown]> {
    for (const name of this.keys()) yield [name, this.get(name)]
    return undefined
  }

  override [Symbol.iterator](): MapIterator<[string, unknown]> {
    return this.entries()
  }

  override forEach(visit: (value: unknown, name: string, map: Map<string, unknown>) => void): void {
    for (const [name, value] of this.entries()) visit(value, name, this)
  }

  override set(): this {
    throw new TypeError('variables can not be set')
  }

  override delete(): boolean {
    throw new TypeError('variables can not be deleted')
  }

  override clear(): void {
    throw new TypeError('variables can not be deleted')
  }
}
