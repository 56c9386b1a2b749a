import { type ActionAlias, actionAliases } from '@st2/model'
import type { Page } from '../content/action-store.ts'
import type { ContentChanges } from '../content/content-changes.ts'
import { isObjectId, oneOf } from '../content/content-filter.ts'
import type { Order, Store } from '../ports/store.ts'

/** Aliases there may be; those that are enabled are kept in memory. */
const MAX_ALIASES = 100_000

/** Each given field narrows; of a list any value fits. */
export interface ActionAliasFilter {
  readonly id?: string | readonly string[] | undefined
  readonly ref?: string | readonly string[] | undefined
  readonly name?: string | readonly string[] | undefined
  readonly pack?: string | readonly string[] | undefined
}

export interface ActionAliasQuery {
  readonly filter?: ActionAliasFilter
  /** Default: pack, then name. */
  readonly order?: readonly Order[]
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

const BY_PACK_AND_NAME: readonly Order[] = [
  { field: 'pack', direction: 'asc' },
  { field: 'name', direction: 'asc' },
]

/** Action aliases. Whatever is said is held against all of them, so they are in memory from the first time on. */
export class ActionAliasStore {
  readonly #store: Store
  readonly #changes: ContentChanges
  #all: Promise<readonly ActionAlias[]> | null = null

  constructor(store: Store, changes: ContentChanges) {
    this.#store = store
    this.#changes = changes
    changes.onChange('action_alias', () => {
      this.#all = null
    })
  }

  /** By pack and name. The same objects until one changes, so that what is made of them can be kept beside them. */
  async listEnabled(): Promise<readonly ActionAlias[]> {
    this.#all ??= this.#store.find(actionAliases, { order: BY_PACK_AND_NAME, limit: MAX_ALIASES })
    try {
      return (await this.#all).filter(({ enabled }) => enabled)
    } catch (error) {
      this.#all = null
      throw error
    }
  }

  async findByRef(ref: string): Promise<ActionAlias | null> {
    const [alias] = await this.#store.find(actionAliases, { filter: oneOf('ref', ref), limit: 1 })
    return alias ?? null
  }

  async findByRefOrId(refOrId: string): Promise<ActionAlias | null> {
    const byId = isObjectId(refOrId) ? await this.#store.get(actionAliases, refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  async list(query: ActionAliasQuery = {}): Promise<Page<ActionAlias>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_ALIASES, offset = 0 } = query
    const conditions = Object.entries(filter).flatMap(([field, value]) => oneOf(field, value))
    const [rows, total] = await Promise.all([
      this.#store.find(actionAliases, { filter: conditions, order, limit, offset }),
      this.#store.count(actionAliases, conditions),
    ])
    return { rows, total }
  }

  /** @throws ConflictError when the ref is taken */
  async create(alias: ActionAlias): Promise<void> {
    await this.#store.insert(actionAliases, alias)
    this.#changes.announce('action_alias', alias.id)
  }

  /** Inserts or replaces by id. @throws ConflictError when the ref belongs to another id */
  async save(alias: ActionAlias): Promise<void> {
    await this.#store.put(actionAliases, alias)
    this.#changes.announce('action_alias', alias.id)
  }

  async remove(id: string): Promise<void> {
    await this.#store.remove(actionAliases, oneOf('id', id), 1)
    this.#changes.announce('action_alias', id)
  }
}
