import { type Action, actions } from '@st2/model'
import type { Condition, Filter, Order, Store } from '../ports/store.ts'
import { ContentCache } from './content-cache.ts'
import type { ContentChanges } from './content-changes.ts'
import { isObjectId, oneOf } from './content-filter.ts'

/** Actions kept in memory; when there are more, the cache starts anew. */
const CACHED_ACTIONS = 5000
/** Actions looked through for a tag, or listed without a limit. */
const MAX_LISTED_ACTIONS = 100_000

/** Each given field narrows; of a list any value fits. */
export interface ActionFilter {
  readonly id?: string | readonly string[] | undefined
  readonly ref?: string | readonly string[] | undefined
  readonly name?: string | readonly string[] | undefined
  readonly pack?: string | readonly string[] | undefined
  readonly runner_type?: string | readonly string[] | undefined
  /** Name of a tag. */
  readonly tag?: string | undefined
}

export interface ActionQuery {
  readonly filter?: ActionFilter
  /** Default: pack, then name. */
  readonly order?: readonly Order[]
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export interface Page<T> {
  readonly rows: readonly T[]
  readonly total: number
}

const BY_PACK_AND_NAME: readonly Order[] = [
  { field: 'pack', direction: 'asc' },
  { field: 'name', direction: 'asc' },
]

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
    return this.#cache.get(ref, async () => {
      const [action] = await this.#store.find(actions, { filter: [{ field: 'ref', op: 'eq', value: ref }], limit: 1 })
      return action ?? null
    })
  }

  findById(id: string): Promise<Action | null> {
    return this.#cache.get(id, () => this.#store.get(actions, id))
  }

  async findByRefOrId(refOrId: string): Promise<Action | null> {
    const byId = isObjectId(refOrId) ? await this.findById(refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  async list(query: ActionQuery = {}): Promise<Page<Action>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_LISTED_ACTIONS, offset = 0 } = query
    const conditions = conditionsOf(filter)
    if (filter.tag !== undefined) return this.#listTagged(conditions, filter.tag, { order, limit, offset })
    const [rows, total] = await Promise.all([
      this.#store.find(actions, { filter: conditions, order, limit, offset }),
      this.#store.count(actions, conditions),
    ])
    return { rows, total }
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

function conditionsOf(filter: ActionFilter): Condition[] {
  const { id, ref, name, pack, runner_type } = filter
  return Object.entries({ id, ref, name, pack, runner_type }).flatMap(([field, value]) => oneOf(field, value))
}
