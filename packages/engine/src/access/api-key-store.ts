import { createHash } from 'node:crypto'
import { type ApiKey, apiKeys } from '@st2/model'
import type { Store } from '../ports/store.ts'

/** Upstream's fixed salt; existing hashes stay valid. @source services.md 9.3 */
const SALT = 'saltnpepper'

export class ApiKeyStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async findByKey(key: string): Promise<ApiKey | null> {
    const hash = createHash('sha512').update(`${SALT}${key}`).digest('hex')
    const [found] = await this.#store.find(apiKeys, {
      filter: [{ field: 'key_hash', op: 'eq', value: hash }],
      limit: 1,
    })
    return found ?? null
  }
}
