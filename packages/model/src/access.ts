import type { FromSchema } from './from-schema.ts'

/** @source rest-schemas.md 21 */
export const tokenSchema = {
  title: 'Token',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    user: { type: 'string', required: true },
    token: { type: 'string', required: true, description: '32 hex characters.' },
    expiry: { type: 'string', required: true, format: 'date-time' },
    metadata: { type: 'object', required: true },
    service: { type: 'boolean', required: true },
  },
} as const

/** A token as `POST /auth/v1/tokens` shows it, the only time its value is seen. */
export type Token = Readonly<FromSchema<typeof tokenSchema>>

/** Answer of `GET /user`. @source rest-api.md 9.1 */
export const userViewSchema = {
  title: 'UserView',
  type: 'object',
  properties: {
    username: { type: 'string', required: true },
    authentication: {
      type: 'object',
      required: true,
      properties: {
        method: { type: 'string', required: true },
        location: { type: 'string', required: true },
        token_expire: { type: 'string', format: 'date-time' },
      },
    },
    rbac: {
      type: 'object',
      required: true,
      properties: {
        enabled: { type: 'boolean', required: true },
        roles: { type: 'array', items: { type: 'string' }, required: true },
        is_admin: { type: 'boolean', required: true },
      },
    },
  },
} as const

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
