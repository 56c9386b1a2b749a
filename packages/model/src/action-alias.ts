import { type Collection, text } from './collection.ts'
import type { FromSchema } from './from-schema.ts'

/** A sentence, or a sentence as it is shown beside those that are understood. */
const formatsSchema = {
  type: 'array',
  items: {
    type: ['string', 'object'],
    properties: {
      display: { type: 'string' },
      representation: { type: ['string', 'array'], items: { type: 'string' } },
      match_multiple: {
        type: 'boolean',
        description: 'Every occurrence in the command counts. Tried only when no other format matches.',
      },
    },
  },
} as const

const ackSchema = {
  type: 'object',
  properties: {
    enabled: { type: 'boolean' },
    format: { type: 'string' },
    extra: { type: 'object' },
    append_url: { type: 'boolean' },
  },
} as const

const resultSchema = {
  type: 'object',
  properties: { enabled: { type: 'boolean' }, format: { type: 'string' }, extra: { type: 'object' } },
} as const

/** Body of `POST /actionalias` and `PUT /actionalias/{ref_or_id}`, and what an alias's YAML file gives. @source packs-and-runners.md 1.10 */
export const actionAliasRequestSchema = {
  title: 'ActionAliasRequest',
  type: 'object',
  properties: {
    id: { type: ['string', 'null'] },
    ref: { type: 'string' },
    uid: { type: 'string' },
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    description: { type: ['string', 'null'] },
    enabled: { type: 'boolean', default: true },
    action_ref: { type: 'string', required: true },
    formats: formatsSchema,
    ack: ackSchema,
    result: resultSchema,
    extra: { type: 'object' },
    immutable_parameters: { type: 'object' },
    metadata_file: { type: 'string', default: '' },
  },
  additionalProperties: false,
} as const

export type ActionAliasRequest = FromSchema<typeof actionAliasRequestSchema>

/** A format of an alias: text stands for an object whose display and only representation it is. */
export type ActionAliasFormat =
  | string
  | {
      readonly display?: string | undefined
      readonly representation?: string | readonly string[] | undefined
      readonly match_multiple?: boolean | undefined
    }

/** An alias as stored and shown. @source rest-schemas.md 9 */
export const actionAliasSchema = {
  title: 'ActionAlias',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    description: { type: 'string' },
    enabled: { type: 'boolean', required: true },
    action_ref: { type: 'string', required: true },
    formats: { ...formatsSchema, required: true },
    ack: { ...ackSchema, required: true },
    result: { ...resultSchema, required: true },
    extra: { type: 'object', required: true },
    immutable_parameters: { type: 'object', required: true },
    metadata_file: { type: 'string', required: true },
  },
} as const

export type ActionAlias = Readonly<Omit<FromSchema<typeof actionAliasSchema>, 'formats'>> & {
  readonly formats: readonly ActionAliasFormat[]
}

export const actionAliases: Collection<ActionAlias> = {
  name: 'action_alias',
  fields: { ref: text('ref'), pack: text('pack'), name: text('name') },
  indexes: [{ fields: ['pack', 'name'], unique: true }, { fields: ['ref'], unique: true }, { fields: ['name'] }],
}

/** Body of `POST /actionalias/match`. */
export const actionAliasMatchRequestSchema = {
  title: 'ActionAliasMatchRequest',
  type: 'object',
  properties: { command: { type: 'string', required: true } },
} as const

/** The one alias that a command means, and which of its formats. */
export const actionAliasMatchSchema = {
  title: 'ActionAliasMatch',
  type: 'object',
  properties: {
    actionalias: { ...actionAliasSchema, required: true },
    display: { type: 'string', required: true },
    representation: { type: 'string', required: true },
  },
} as const

export interface ActionAliasMatch {
  readonly actionalias: ActionAlias
  readonly display: string
  readonly representation: string
}

/** What can be said. */
export const actionAliasHelpSchema = {
  title: 'ActionAliasHelp',
  type: 'object',
  properties: {
    available: { type: 'integer', required: true, description: 'How many there are, whatever the page.' },
    helpstrings: {
      type: 'array',
      required: true,
      items: {
        type: 'object',
        properties: {
          pack: { type: 'string', required: true },
          display: { type: 'string', required: true },
          description: { type: 'string', required: true },
        },
      },
    },
  },
} as const

export type ActionAliasHelp = FromSchema<typeof actionAliasHelpSchema>
