/** How much parsed text is kept. */
export interface CacheLimits {
  entries: number
  /** Of source text and of what was made of it, estimated from the text. */
  bytes: number
}

const DEFAULT_CACHE_LIMITS: CacheLimits = { entries: 2_000, bytes: 32_000_000 }

/** What a parsed text takes, measured on expressions of all sizes: a tree, its closures, the text itself. */
const BYTES_PER_ENTRY = 1_000
const BYTES_PER_CHARACTER = 150

/**
 * Keeps what was parsed, by its source text. Mistakes are not kept.
 *
 * Two generations, each of half the size: new entries go into the young one, and so does an old one when it is used. When the
 * young one is full, it becomes the old one, and what was in the old one, unused since, goes. So a hit writes nothing.
 */
export class CompiledCache<T> {
  readonly #half: CacheLimits
  readonly #compile: (source: string) => T
  #young = new Map<string, T>()
  #old = new Map<string, T>()
  #youngBytes = 0

  constructor(compile: (source: string) => T, limits: CacheLimits = DEFAULT_CACHE_LIMITS) {
    this.#compile = compile
    this.#half = { entries: Math.ceil(limits.entries / 2), bytes: limits.bytes / 2 }
  }

  /** Entries that are kept, each counted once. */
  get size(): number {
    let size = this.#young.size
    for (const source of this.#old.keys()) if (!this.#young.has(source)) size++
    return size
  }

  /** What is kept and was used lately; nothing is compiled for it. */
  find(source: string): T | undefined {
    return this.#young.get(source)
  }

  get(source: string): T {
    const young = this.#young.get(source)
    if (young !== undefined) return young
    const kept = this.#old.get(source) ?? this.#compile(source)
    const bytes = BYTES_PER_ENTRY + source.length * BYTES_PER_CHARACTER
    if (bytes <= this.#half.bytes) this.#add(source, kept, bytes)
    return kept
  }

  #add(source: string, kept: T, bytes: number): void {
    if (this.#young.size >= this.#half.entries || this.#youngBytes + bytes > this.#half.bytes) {
      this.#old = this.#young
      this.#young = new Map()
      this.#youngBytes = 0
    }
    this.#young.set(source, kept)
    this.#youngBytes += bytes
  }
}
