/** How much parsed text is kept. */
export interface CacheLimits {
  entries: number
  /** Characters of source text. */
  characters: number
}

const DEFAULT_CACHE_LIMITS: CacheLimits = { entries: 2_000, characters: 2_000_000 }

/** Keeps what was parsed, by its source text; what was not used for longest goes first. Mistakes are not kept. */
export class CompiledCache<T> {
  readonly #limits: CacheLimits
  readonly #compile: (source: string) => T
  readonly #entries = new Map<string, T>()
  #characters = 0

  constructor(compile: (source: string) => T, limits: CacheLimits = DEFAULT_CACHE_LIMITS) {
    this.#compile = compile
    this.#limits = limits
  }

  get size(): number {
    return this.#entries.size
  }

  get(source: string): T {
    const kept = this.#entries.get(source)
    if (kept !== undefined) {
      this.#entries.delete(source)
      this.#entries.set(source, kept)
      return kept
    }
    const compiled = this.#compile(source)
    if (source.length <= this.#limits.characters) this.#add(source, compiled)
    return compiled
  }

  #add(source: string, compiled: T): void {
    this.#entries.set(source, compiled)
    this.#characters += source.length
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limits.entries && this.#characters <= this.#limits.characters) return
      this.#entries.delete(oldest)
      this.#characters -= oldest.length
    }
  }
}
