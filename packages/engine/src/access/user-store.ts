import { ConflictError, type User, users } from '@st2/model'
import type { Ids } from '../ports/ids.ts'
import type { Store } from '../ports/store.ts'

export class UserStore {
  readonly #store: Store
  readonly #ids: Ids

  constructor(store: Store, ids: Ids) {
    this.#store = store
    this.#ids = ids
  }

  async findByName(name: string): Promise<User | null> {
    const [user] = await this.#store.find(users, { filter: [{ field: 'name', op: 'eq', value: name }], limit: 1 })
    return user ?? null
  }

  /** Users come into being with their first token. */
  async ensure(name: string): Promise<User> {
    const existing = await this.findByName(name)
    if (existing !== null) return existing
    const user: User = { id: this.#ids.next(), name, is_service: false, nicknames: {} }
    try {
      await this.#store.insert(users, user)
      return user
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      return (await this.findByName(name)) ?? user
    }
  }
}
