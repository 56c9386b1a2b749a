import { type TriggerType, triggerTypes } from '@st2/model'
import type { Page } from '../content/action-store.ts'
import { ContentCache } from '../content/content-cache.ts'
import { isObjectId, oneOf } from '../content/content-filter.ts'
import type { Bus, Subscription } from '../ports/bus.ts'
import type { Order, Store } from '../ports/store.ts'
import { DocumentEvents } from './document-events.ts'

/** Trigger types kept in memory; when there are more, the cache starts anew. */
const CACHED_TYPES = 5000
/** Trigger types listed without a limit. */
const MAX_LISTED_TYPES = 100_000

export interface TriggerTypeFilter {
  readonly id?: string | readonly string[] | undefined
  readonly ref?: string | readonly string[] | undefined
  readonly name?: string | readonly string[] | undefined
  readonly pack?: string | readonly string[] | undefined
}

export interface TriggerTypeQuery {
  readonly filter?: TriggerTypeFilter
  /** Default: pack, then name. */
  readonly order?: readonly Order[]
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

const BY_PACK_AND_NAME: readonly Order[] = [
  { field: 'pack', direction: 'asc' },
  { field: 'name', direction: 'asc' },
]

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
    return this.#cache.get(ref, async () => {
      const [type] = await this.#store.find(triggerTypes, { filter: oneOf('ref', ref), limit: 1 })
      return type ?? null
    })
  }

  async findByRefOrId(refOrId: string): Promise<TriggerType | null> {
    const byId = isObjectId(refOrId)
      ? await this.#cache.get(refOrId, () => this.#store.get(triggerTypes, refOrId))
      : null
    return byId ?? this.findByRef(refOrId)
  }

  async list(query: TriggerTypeQuery = {}): Promise<Page<TriggerType>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_LISTED_TYPES, offset = 0 } = query
    const conditions = Object.entries(filter).flatMap(([field, value]) => oneOf(field, value))
    const [rows, total] = await Promise.all([
      this.#store.find(triggerTypes, { filter: conditions, order, limit, offset }),
      this.#store.count(triggerTypes, conditions),
    ])
    return { rows, total }
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
