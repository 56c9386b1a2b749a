import { createHash } from 'node:crypto'
import { type StoredToken, type Token, tokens } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Store } from '../ports/store.ts'
import { timestampOf } from '../ports/timestamp.ts'

/** ms a verified token is believed without asking the store again; a revoked one may work that much longer elsewhere. */
const BELIEF_MS = 2000
const BELIEF_ENTRIES = 1000

export interface TokenRequest {
  readonly user: string
  readonly ttlSeconds: number
  readonly metadata?: Record<string, unknown>
  readonly service?: boolean
}

/** Tokens at rest are found by the hash of their value; the value is answered once, at creation. */
export class TokenStore {
  readonly #store: Store
  readonly #clock: Clock
  readonly #ids: Ids
  readonly #believed = new Map<string, { token: StoredToken; until: number }>()

  constructor(store: Store, clock: Clock, ids: Ids) {
    this.#store = store
    this.#clock = clock
    this.#ids = ids
  }

  async issue(request: TokenRequest): Promise<Token> {
    const value = this.#ids.token()
    const expiresAt = this.#clock.now() + request.ttlSeconds * 1000
    const stored: StoredToken = {
      id: this.#ids.next(),
      user: request.user,
      expiry: timestampOf(expiresAt),
      metadata: request.metadata ?? {},
      service: request.service ?? false,
      token_hash: hashToken(value),
      expires_at: expiresAt,
    }
    await this.#store.insert(tokens, stored)
    const { token_hash: _hash, expires_at: _expires, ...shown } = stored
    return { ...shown, token: value }
  }

  /** The token of that value, expired or not; null when there is none. */
  async find(value: string): Promise<StoredToken | null> {
    const hash = hashToken(value)
    const believed = this.#believed.get(hash)
    if (believed !== undefined && believed.until > this.#clock.monotonic()) return believed.token
    const [token] = await this.#store.find(tokens, {
      filter: [{ field: 'token_hash', op: 'eq', value: hash }],
      limit: 1,
    })
    if (token === undefined) return null
    this.#believe(hash, token)
    return token
  }

  /** Lets tokens live for `ttlSeconds` from now. Those that are gone stay gone. */
  async prolong(ids: readonly string[], ttlSeconds: number): Promise<void> {
    const expiresAt = this.#clock.now() + ttlSeconds * 1000
    for (const id of ids) {
      const token = await this.#store.get(tokens, id)
      if (token === null) continue
      await this.#store.put(tokens, { ...token, expiry: timestampOf(expiresAt), expires_at: expiresAt })
    }
    this.#believed.clear()
  }

  async revoke(id: string): Promise<void> {
    for (const [hash, { token }] of this.#believed) if (token.id === id) this.#believed.delete(hash)
    await this.#store.remove(tokens, [{ field: 'id', op: 'eq', value: id }], 1)
  }

  #believe(hash: string, token: StoredToken): void {
    if (this.#believed.size >= BELIEF_ENTRIES) this.#believed.clear()
    this.#believed.set(hash, { token, until: this.#clock.monotonic() + BELIEF_MS })
  }
}

function hashToken(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
