import { type Action, actions } from '@st2/model'
import type { Filter, Order, Store } from '../ports/store.ts'
import { ContentCache } from './content-cache.ts'
import type { ContentChanges } from './content-changes.ts'
import { isObjectId } from './content-filter.ts'
import {
  BY_PACK_AND_NAME,
  conditionsOf,
  findByRef,
  findPage,
  type Listing,
  type NameFilter,
  type Page,
  type Wanted,
} from './listing.ts'

/** Actions kept in memory; when there are more, the cache starts anew. */
const CACHED_ACTIONS = 5000
/** Actions looked through for a tag, or listed without a limit. */
const MAX_LISTED_ACTIONS = 100_000

/** `tag`: the name of one. */
export type ActionFilter = NameFilter & Readonly<{ runner_type?: Wanted; tag?: string | undefined }>

/** Actions by ref and id. What the find methods answer is shared and frozen. */
export class ActionStore {
  readonly #store: Store
  readonly #changes: ContentChanges
  readonly #cache = new ContentCache<Action>(CACHED_ACTIONS)

  constructor(store: Store, changes: ContentChanges) {
    this.#store = store
    this.#changes = changes
    changes.onChange('action', (id) => (id === null ? this.#cache.forget() : this.#cache.forgetDocument(id)))
  }

  findByRef(ref: string): Promise<Action | null> {
    return this.#cache.get(ref, () => findByRef(this.#store, actions, ref))
  }

  findById(id: string): Promise<Action | null> {
    return this.#cache.get(id, () => this.#store.get(actions, id))
  }

  async findByRefOrId(refOrId: string): Promise<Action | null> {
    const byId = isObjectId(refOrId) ? await this.findById(refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  /** As it is now, whatever other processes did a moment ago: for who is about to change it. */
  async readByRefOrId(refOrId: string): Promise<Action | null> {
    const byId = isObjectId(refOrId) ? await this.#store.get(actions, refOrId) : null
    return byId ?? findByRef(this.#store, actions, refOrId)
  }

  list(query: Listing<ActionFilter> = {}): Promise<Page<Action>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_LISTED_ACTIONS, offset = 0 } = query
    const { tag, ...indexed } = filter
    const conditions = conditionsOf(indexed)
    if (tag !== undefined) return this.#listTagged(conditions, tag, { order, limit, offset })
    return findPage(this.#store, actions, { filter: conditions, order, limit, offset })
  }

  /** @throws ConflictError when the ref is taken */
  async create(action: Action): Promise<void> {
    await this.#store.insert(actions, action)
    this.#changes.announce('action', action.id)
  }

  /** Inserts or replaces by id. @throws ConflictError when the ref belongs to another id */
  async save(...changed: readonly Action[]): Promise<void> {
    if (changed.length === 0) return
    await this.#store.put(actions, ...changed)
    this.#changes.announce('action', changed.length === 1 ? (changed[0]?.id ?? null) : null)
  }

  async remove(id: string): Promise<void> {
    await this.#store.remove(actions, [{ field: 'id', op: 'eq', value: id }], 1)
    this.#changes.announce('action', id)
  }

  async #listTagged(
    filter: Filter,
    tag: string,
    page: { order: readonly Order[]; limit: number; offset: number },
  ): Promise<Page<Action>> {
    const all = await this.#store.find(actions, { filter, order: page.order, limit: MAX_LISTED_ACTIONS })
    const tagged = all.filter((action) => action.tags.some(({ name }) => name === tag))
    return { rows: tagged.slice(page.offset, page.offset + page.limit), total: tagged.length }
  }
}
