import type { Collection } from './collection.ts'
import type { FromSchema } from './from-schema.ts'

/** Scopes of the datastore, as stored and shown. @source services.md 8 */
export const KEY_SCOPES = ['st2kv.system', 'st2kv.user'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** A datastore item as stored. Unique by (scope, name); in the user scope the name begins with `<user>:`. */
export interface KeyValuePair {
  readonly id: string
  readonly uid: string
  readonly scope: KeyScope
  readonly name: string
  /** Always text; the ciphertext in upstream's format when `secret`. */
  readonly value: string
  readonly secret: boolean
  readonly description?: string | undefined
  readonly expire_timestamp?: string | undefined
  /** ms since epoch; an item past it is not there any more. */
  readonly expires_at?: number | undefined
}

/** As the API shows it: the user stands apart from the name, and `encrypted` says whether `value` is a ciphertext. */
export const keyValuePairSchema = {
  title: 'KeyValuePair',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    name: { type: 'string', required: true },
    value: { type: 'string', required: true },
    scope: { type: 'string', required: true, enum: KEY_SCOPES },
    user: { type: 'string' },
    secret: { type: 'boolean', required: true },
    encrypted: { type: 'boolean', required: true },
    description: { type: 'string' },
    expire_timestamp: { type: 'string' },
  },
} as const

/** Body of `PUT /keys/{name}`; unknown keys are ignored, and the name of the path wins. */
export const keyValueSetSchema = {
  title: 'KeyValueSet',
  type: 'object',
  properties: {
    name: { type: 'string', required: true },
    value: { type: 'string', required: true },
    scope: { type: ['string', 'null'] },
    user: { type: ['string', 'null'] },
    secret: { type: 'boolean', default: false, description: 'Store the value enciphered.' },
    encrypted: {
      type: 'boolean',
      default: false,
      description: 'The value is a ciphertext under the key of this server.',
    },
    ttl: { type: 'integer', description: 'Seconds the item is to live.' },
    description: { type: ['string', 'null'] },
  },
} as const

export type KeyValueSet = FromSchema<typeof keyValueSetSchema>

export const keyValuePairs: Collection<KeyValuePair> = {
  name: 'key_value_pair',
  fields: {
    scope: { path: 'scope', type: 'text' },
    name: { path: 'name', type: 'text' },
    expires_at: { path: 'expires_at', type: 'integer' },
  },
  indexes: [
    { fields: ['scope', 'name'], unique: true },
    { fields: ['expires_at'], sparse: 'expires_at' },
  ],
}
