import { type TriggerType, triggerTypes } from '@st2/model'
import { ContentCache } from '../content/content-cache.ts'
import { isObjectId, oneOf } from '../content/content-filter.ts'
import {
  BY_PACK_AND_NAME,
  conditionsOf,
  findByRef,
  findPage,
  type Listing,
  type NameFilter,
  type Page,
} from '../content/listing.ts'
import type { Bus, Subscription } from '../ports/bus.ts'
import type { Store } from '../ports/store.ts'
import { DocumentEvents } from './document-events.ts'

/** Trigger types kept in memory; when there are more, the cache starts anew. */
const CACHED_TYPES = 5000
/** Trigger types listed without a limit. */
const MAX_LISTED_TYPES = 100_000

/** Trigger types by ref and id. What the find methods answer is shared and frozen. */
export class TriggerTypeStore {
  readonly #store: Store
  readonly #events: DocumentEvents<TriggerType>
  readonly #cache = new ContentCache<TriggerType>(CACHED_TYPES)

  constructor(store: Store, bus: Bus) {
    this.#store = store
    this.#events = new DocumentEvents(bus, 'st2.trigger_type')
  }

  /** Hears what other processes write. */
  listen(): Promise<Subscription> {
    return this.#events.listen(
      ({ document }) => this.#cache.forgetDocument(document.id),
      () => this.#cache.forget(),
    )
  }

  findByRef(ref: string): Promise<TriggerType | null> {
    return this.#cache.get(ref, () => findByRef(this.#store, triggerTypes, ref))
  }

  async findByRefOrId(refOrId: string): Promise<TriggerType | null> {
    const byId = isObjectId(refOrId)
      ? await this.#cache.get(refOrId, () => this.#store.get(triggerTypes, refOrId))
      : null
    return byId ?? this.findByRef(refOrId)
  }

  list(query: Listing<NameFilter> = {}): Promise<Page<TriggerType>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_LISTED_TYPES, offset = 0 } = query
    return findPage(this.#store, triggerTypes, { filter: conditionsOf(filter), order, limit, offset })
  }

  /** @throws ConflictError when the ref is taken */
  async create(type: TriggerType): Promise<void> {
    await this.#store.insert(triggerTypes, type)
    this.#announce('create', type)
  }

  /** Inserts or replaces by id. @throws ConflictError when the ref belongs to another id */
  async save(type: TriggerType): Promise<void> {
    await this.#store.put(triggerTypes, type)
    this.#announce('update', type)
  }

  async remove(type: TriggerType): Promise<void> {
    await this.#store.remove(triggerTypes, oneOf('id', type.id), 1)
    this.#announce('delete', type)
  }

  #announce(kind: 'create' | 'update' | 'delete', type: TriggerType): void {
    this.#cache.forgetDocument(type.id)
    this.#events.announce(kind, type)
  }
}
