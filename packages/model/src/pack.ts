import type { FromSchema } from './from-schema.ts'

const texts = { type: 'array', required: true, items: { type: 'string' } } as const

/** @source rest-schemas.md 19 */
export const packSchema = {
  title: 'Pack',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    name: { type: 'string', required: true },
    description: { type: 'string', required: true },
    version: { type: 'string', required: true },
    author: { type: 'string', required: true },
    email: { type: 'string' },
    keywords: texts,
    contributors: texts,
    dependencies: texts,
    files: { ...texts, description: 'Relative to the pack.' },
    python_versions: texts,
    stackstorm_version: { type: 'string' },
    system: { type: 'object', required: true },
    path: { type: 'string', description: 'The folder on disk.' },
  },
} as const

/** A pack as it is stored and shown. */
export type Pack = Readonly<FromSchema<typeof packSchema>>

/** Site values of a pack's configuration. One per pack. */
export interface PackConfig {
  readonly id: string
  readonly pack: string
  readonly values: Record<string, unknown>
  /** Of a configuration at rest: all of the values, enciphered, where some of those above are masked. */
  readonly sealed?: string | undefined
}

/** What a pack's configuration may hold. One per pack. */
export interface PackConfigSchema {
  readonly id: string
  readonly pack: string
  readonly attributes: Record<string, Record<string, unknown>>
}

/** Body of `POST /packs/register`; nothing named: everything. @source rest-api.md 9.8 */
export const packRegisterSchema = {
  title: 'PackRegister',
  type: 'object',
  properties: {
    packs: { type: 'array', items: { type: 'string' }, description: 'Refs of packs. Default: all on disk.' },
    types: {
      type: 'array',
      description: 'Kinds of content. Default: all.',
      items: {
        type: 'string',
        enum: [
          'all',
          'runner',
          'action',
          'actions',
          'trigger',
          'triggers',
          'sensor',
          'sensors',
          'rule',
          'rules',
          'rule_type',
          'rule_types',
          'alias',
          'aliases',
          'policy_type',
          'policy_types',
          'policy',
          'policies',
          'config',
          'configs',
        ],
      },
    },
    fail_on_failure: { type: 'boolean', default: true, description: 'Answer 400 when something is broken.' },
  },
} as const

export type PackRegisterRequest = FromSchema<typeof packRegisterSchema>
