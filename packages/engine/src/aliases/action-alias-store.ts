import { type ActionAlias, actionAliases } from '@st2/model'
import type { ContentChanges } from '../content/content-changes.ts'
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
import type { Store } from '../ports/store.ts'

/** Aliases there may be; those that are enabled are kept in memory. */
const MAX_ALIASES = 100_000

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

  findByRef(ref: string): Promise<ActionAlias | null> {
    return findByRef(this.#store, actionAliases, ref)
  }

  async findByRefOrId(refOrId: string): Promise<ActionAlias | null> {
    const byId = isObjectId(refOrId) ? await this.#store.get(actionAliases, refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  list(query: Listing<NameFilter> = {}): Promise<Page<ActionAlias>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_ALIASES, offset = 0 } = query
    return findPage(this.#store, actionAliases, { filter: conditionsOf(filter), order, limit, offset })
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
