import { ConflictError, type KeyScope, type KeyValuePair, keyValuePairs } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Condition, Order, Store } from '../ports/store.ts'
import type { KeyAddress } from './key-scopes.ts'

/** Items that one step removes because their time is over. */
const MAX_REMOVED = 1000

export interface KeyQuery {
  readonly scope: KeyScope
  /** Beginning of the stored name. */
  readonly prefix: string
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly order: readonly Order[]
  readonly limit: number
  readonly offset: number
}

/** Datastore items in the store. One whose time is over is not answered, whether it was removed yet or not. */
export class KeyValueStore {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  async find(address: KeyAddress): Promise<KeyValuePair | null> {
    const [item] = await this.#store.find(keyValuePairs, { filter: addressed(address), limit: 1 })
    return item === undefined || this.#isOver(item) ? null : item
  }

  async list(query: KeyQuery): Promise<KeyValuePair[]> {
    const { scope, prefix, id, name, order, limit, offset } = query
    const filter: Condition[] = [{ field: 'scope', op: 'eq', value: scope }]
    if (prefix !== '') filter.push({ field: 'name', op: 'prefix', value: prefix })
    if (name !== undefined) filter.push({ field: 'name', op: 'eq', value: name })
    if (id !== undefined) filter.push({ field: 'id', op: 'eq', value: id })
    for (;;) {
      const items = await this.#store.find(keyValuePairs, { filter, order, limit, offset })
      const current = items.filter((item) => !this.#isOver(item))
      if (current.length === items.length) return current
      // What is over takes no place on a page: it goes, and the page is read again.
      if ((await this.removeExpired(MAX_REMOVED)) === 0) return current
    }
  }

  /** Creates the item or replaces what stands at its address, keeping that id; answers what stood there, too. */
  async save(item: KeyValuePair): Promise<{ readonly saved: KeyValuePair; readonly previous: KeyValuePair | null }> {
    for (;;) {
      const [existing] = await this.#store.find(keyValuePairs, { filter: addressed(item), limit: 1 })
      const saved = existing === undefined ? item : { ...item, id: existing.id }
      try {
        if (existing === undefined) await this.#store.insert(keyValuePairs, saved)
        else await this.#store.put(keyValuePairs, saved)
        return { saved, previous: existing === undefined || this.#isOver(existing) ? null : existing }
      } catch (error) {
        // Somebody created it meanwhile: theirs is replaced.
        if (!(error instanceof ConflictError)) throw error
      }
    }
  }

  /** Answers what was removed; null when nothing stood there. */
  async remove(address: KeyAddress): Promise<KeyValuePair | null> {
    const item = await this.find(address)
    await this.#store.remove(keyValuePairs, addressed(address), 1)
    return item
  }

  /** Removes items whose time is over, at most `limit`. */
  removeExpired(limit: number): Promise<number> {
    return this.#store.remove(keyValuePairs, [{ field: 'expires_at', op: 'lte', value: this.#clock.now() }], limit)
  }

  #isOver(item: KeyValuePair): boolean {
    return item.expires_at !== undefined && item.expires_at <= this.#clock.now()
  }
}

function addressed({ scope, name }: KeyAddress): Condition[] {
  return [
    { field: 'scope', op: 'eq', value: scope },
    { field: 'name', op: 'eq', value: name },
  ]
}
