import type { Document } from '@st2/model'

/**
 * Documents that are read for every execution request, kept after the first read. Everybody who asks gets the same
 * object, frozen, so that what is worked out from it can be kept beside it.
 */
export class ContentCache<T extends Document> {
  readonly #entries = new Map<string, T>()
  readonly #limit: number
  /** Counts invalidations: a read that was under way during one must not be kept. */
  #generation = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  async get(key: string, load: () => Promise<T | null>): Promise<T | null> {
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const generation = this.#generation
    const loaded = await load()
    if (loaded === null) return null
    const other = this.#entries.get(key)
    if (other !== undefined) return other
    if (generation !== this.#generation) return loaded
    if (this.#entries.size >= this.#limit) this.#entries.clear()
    this.#entries.set(key, deepFreeze(loaded))
    return loaded
  }

  forget(): void {
    this.#generation += 1
    this.#entries.clear()
  }

  /** Forgets what is cached for the document of that id, under whatever key. */
  forgetDocument(id: string): void {
    this.#generation += 1
    for (const [key, document] of this.#entries) if (document.id === id) this.#entries.delete(key)
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const item of Object.values(value)) deepFreeze(item)
  return value
}
