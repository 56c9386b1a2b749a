import type { Collection, Document, VersionedDocument } from '@st2/model'
import { InProcessBus } from '../../../src/adapters/in-process/bus.ts'
import type { Bus, ConsumeOptions, Subscription } from '../../../src/ports/bus.ts'
import type { Opened } from '../../../src/ports/contract.ts'
import type { Claim, Filter, HeaderValue, Query, Store, Tally, TallyGroup } from '../../../src/ports/store.ts'
import { openSqlite, silent } from '../support.ts'

/** A store that keeps every promise; the doubles below each break one. */
class FaithfulStore implements Store {
  protected readonly store: Store
  constructor(store: Store) {
    this.store = store
  }
  insert<T extends Document>(collection: Collection<T>, ...documents: readonly T[]): Promise<void> {
    return this.store.insert(collection, ...documents)
  }
  put<T extends Document>(collection: Collection<T>, ...documents: readonly T[]): Promise<void> {
    return this.store.put(collection, ...documents)
  }
  replace<T extends VersionedDocument>(collection: Collection<T>, document: T): Promise<T | null> {
    return this.store.replace(collection, document)
  }
  claim<T extends VersionedDocument>(collection: Collection<T>, claim: Claim): Promise<T[]> {
    return this.store.claim(collection, claim)
  }
  get<T extends Document>(collection: Collection<T>, id: string): Promise<T | null> {
    return this.store.get(collection, id)
  }
  find<T extends Document>(collection: Collection<T>, query: Query): Promise<T[]> {
    return this.store.find(collection, query)
  }
  count<T extends Document>(collection: Collection<T>, filter: Filter): Promise<number> {
    return this.store.count(collection, filter)
  }
  distinct<T extends Document>(collection: Collection<T>, field: string, limit: number): Promise<HeaderValue[]> {
    return this.store.distinct(collection, field, limit)
  }
  tally<T extends Document>(collection: Collection<T>, tally: Tally): Promise<TallyGroup[]> {
    return this.store.tally(collection, tally)
  }
  remove<T extends Document>(collection: Collection<T>, filter: Filter, limit: number): Promise<number> {
    return this.store.remove(collection, filter, limit)
  }
  close(): Promise<void> {
    return this.store.close()
  }
}

/** A compare-and-set that compares nothing. */
export class StoreIgnoringRevisions extends FaithfulStore {
  override async replace<T extends VersionedDocument>(collection: Collection<T>, document: T): Promise<T | null> {
    const stored = await this.store.get(collection, document.id)
    if (stored === null) return null
    const next = { ...document, rev: stored.rev + 1 }
    await this.store.put(collection, next)
    return next
  }
}

/** Counts in groups whatever the filter leaves out. */
export class StoreTallyingAll extends FaithfulStore {
  override tally<T extends Document>(collection: Collection<T>, tally: Tally): Promise<TallyGroup[]> {
    return this.store.tally(collection, { ...tally, filter: [] })
  }
}

/** A claim that reads first and writes later, so that two callers get the same document. */
export class StoreClaimingTwice extends FaithfulStore {
  override async claim<T extends VersionedDocument>(collection: Collection<T>, claim: Claim): Promise<T[]> {
    const { filter, order, limit } = claim
    const found = await this.store.find(collection, { filter, order, limit })
    const claimed: T[] = []
    for (const document of found) {
      const one: Claim = { ...claim, filter: [{ field: 'id', op: 'eq', value: document.id }] }
      claimed.push(...(await this.store.claim(collection, one)))
    }
    return claimed
  }
}

/** A count that is behind by what was removed. */
export class StoreCountingRemoved extends FaithfulStore {
  #removed = 0
  override async remove<T extends Document>(collection: Collection<T>, filter: Filter, limit: number): Promise<number> {
    const removed = await this.store.remove(collection, filter, limit)
    if (filter.length > 0) this.#removed += removed
    return removed
  }
  override async count<T extends Document>(collection: Collection<T>, filter: Filter): Promise<number> {
    return (await this.store.count(collection, filter)) + this.#removed
  }
}

export async function openBroken(breaking: (store: Store) => Store): Promise<Opened<Store>> {
  const opened = await openSqlite('memory')
  return { port: breaking(opened.store), [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
}

/** A bus that takes a rejection as the end of the message. */
export class BusDroppingRejected implements Bus {
  readonly #bus = new InProcessBus({ log: silent })

  send(topic: string, message: unknown): Promise<void> {
    return this.#bus.send(topic, message)
  }
  consume(topic: string, options: ConsumeOptions, handle: (message: unknown) => Promise<void>): Promise<Subscription> {
    return this.#bus.consume(topic, options, async (message) => {
      await Promise.resolve(message)
        .then(handle)
        .catch(() => undefined)
    })
  }
  broadcast(topic: string, message: unknown): void {
    this.#bus.broadcast(topic, message)
  }
  subscribe(topic: string, handle: (message: unknown) => void): Promise<Subscription> {
    return this.#bus.subscribe(topic, handle)
  }
  hasSubscribers(topic: string): boolean {
    return this.#bus.hasSubscribers(topic)
  }
  deadLetters(topic: string): readonly unknown[] {
    return this.#bus.deadLetters(topic)
  }
  close(): Promise<void> {
    return this.#bus.close()
  }
}
