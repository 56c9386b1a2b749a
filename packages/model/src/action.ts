import type { FromSchema } from './from-schema.ts'
import { notifySchema } from './notify.ts'
import type { ParameterSchemas } from './parameter.ts'

export const tagsSchema = {
  type: 'array',
  items: { type: 'object', properties: { name: { type: 'string' }, value: { type: 'string' } } },
} as const

/** Metadata of an action as its YAML file and `POST /actions` give it. @source packs-and-runners.md 1.6 */
export const actionMetadataSchema = {
  title: 'Action',
  type: 'object',
  properties: {
    id: { type: 'string' },
    ref: { type: 'string' },
    uid: { type: 'string' },
    name: { type: 'string', required: true },
    pack: { type: 'string' },
    description: { type: 'string' },
    enabled: { type: 'boolean', default: true },
    runner_type: { type: 'string', required: true },
    entry_point: { type: 'string', default: '' },
    parameters: { type: 'object', default: {} },
    output_schema: { type: 'object', default: {} },
    tags: tagsSchema,
    notify: notifySchema,
    metadata_file: { type: 'string', default: '' },
  },
  additionalProperties: false,
} as const

export type ActionMetadata = FromSchema<typeof actionMetadataSchema>

/** An action as it is stored and shown. Unique by (pack, name). */
export interface Action {
  readonly id: string
  readonly ref: string
  readonly uid: string
  readonly name: string
  readonly pack: string
  readonly description?: string | undefined
  readonly enabled: boolean
  readonly runner_type: string
  readonly entry_point: string
  readonly parameters: ParameterSchemas
  readonly output_schema: Record<string, unknown>
  readonly tags: { name: string; value: string }[]
  readonly notify: Record<string, unknown>
  readonly metadata_file: string
}
