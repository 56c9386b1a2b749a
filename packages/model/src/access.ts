/** A token as `POST /auth/v1/tokens` shows it, the only time its value is seen. @source rest-schemas.md 21 */
export interface Token {
  readonly id: string
  readonly user: string
  /** 32 hex characters. */
  readonly token: string
  readonly expiry: string
  readonly metadata: Record<string, unknown>
  readonly service: boolean
}

/** A token at rest: found by the hash of its value, which is not stored. */
export interface StoredToken extends Omit<Token, 'token'> {
  readonly token_hash: string
  /** ms since epoch; expired tokens are collected by it. */
  readonly expires_at: number
}

export interface User {
  readonly id: string
  readonly name: string
  readonly is_service: boolean
  readonly nicknames: Record<string, string>
}

/** At rest: `key_hash` is sha512 of upstream's salt and the key; the key itself is shown once. */
export interface ApiKey {
  readonly id: string
  readonly uid: string
  readonly user: string
  readonly key_hash: string
  readonly metadata: Record<string, unknown>
  readonly enabled: boolean
  readonly created_at: string
}

export const tokenRequestSchema = {
  title: 'TokenRequest',
  type: 'object',
  properties: {
    ttl: { type: ['integer', 'null'], minimum: 1, description: 'Seconds the token is to live.' },
    user: { type: ['string', 'null'] },
    impersonate_user: { type: ['string', 'null'] },
    nickname_origin: { type: ['string', 'null'] },
  },
} as const
