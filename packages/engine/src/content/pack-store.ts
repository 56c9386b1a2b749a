import { type Pack, packs } from '@st2/model'
import type { Order, Store } from '../ports/store.ts'
import type { Page } from './action-store.ts'
import { isObjectId, oneOf } from './content-filter.ts'

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

  async findByRef(ref: string): Promise<Pack | null> {
    const [pack] = await this.#store.find(packs, { filter: oneOf('ref', ref), limit: 1 })
    return pack ?? null
  }

  async findByRefOrId(refOrId: string): Promise<Pack | null> {
    const byId = isObjectId(refOrId) ? await this.#store.get(packs, refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  async list(query: PackQuery = {}): Promise<Page<Pack>> {
    const { limit = MAX_PACKS, offset = 0, order = [{ field: 'ref', direction: 'asc' }] } = query
    const filter = [...oneOf('ref', query.ref), ...oneOf('name', query.name)]
    const [rows, total] = await Promise.all([
      this.#store.find(packs, { filter, order, limit, offset }),
      this.#store.count(packs, filter),
    ])
    return { rows, total }
  }

  /** Inserts or replaces by id. @throws ConflictError when another pack has the ref or the name */
  async save(pack: Pack): Promise<void> {
    await this.#store.put(packs, pack)
  }

  async remove(id: string): Promise<void> {
    await this.#store.remove(packs, [{ field: 'id', op: 'eq', value: id }], 1)
  }
}
