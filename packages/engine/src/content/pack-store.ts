import { type Pack, packs } from '@st2/model'
import type { Order, Store } from '../ports/store.ts'
import { isObjectId, oneOf } from './content-filter.ts'
import { findByRef, findPage, type Page } from './listing.ts'

const MAX_PACKS = 10_000

export interface PackQuery {
  readonly ref?: string | readonly string[] | undefined
  readonly name?: string | readonly string[] | undefined
  readonly order?: readonly Order[]
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export class PackStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  findByRef(ref: string): Promise<Pack | null> {
    return findByRef(this.#store, packs, ref)
  }

  async findByRefOrId(refOrId: string): Promise<Pack | null> {
    const byId = isObjectId(refOrId) ? await this.#store.get(packs, refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  list(query: PackQuery = {}): Promise<Page<Pack>> {
    const { limit = MAX_PACKS, offset = 0, order = [{ field: 'ref', direction: 'asc' }] } = query
    const filter = [...oneOf('ref', query.ref), ...oneOf('name', query.name)]
    return findPage(this.#store, packs, { filter, order, limit, offset })
  }

  /** Inserts or replaces by id. @throws ConflictError when another pack has the ref or the name */
  async save(pack: Pack): Promise<void> {
    await this.#store.put(packs, pack)
  }

  async remove(id: string): Promise<void> {
    await this.#store.remove(packs, [{ field: 'id', op: 'eq', value: id }], 1)
  }
}
