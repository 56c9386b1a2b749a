import type { FromSchema } from './from-schema.ts'
import { notifySchema } from './notify.ts'
import type { ParameterSchemas } from './parameter.ts'
import { tagsSchema } from './tags.ts'

/** Metadata of an action as its YAML file and `POST /actions` give it. @source packs-and-runners.md 1.6 */
export const actionMetadataSchema = {
  title: 'ActionMetadata',
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

/** A file that is written below the pack's actions folder. */
const dataFilesSchema = {
  type: 'array',
  description: "Files to write below the pack's actions folder.",
  items: {
    type: 'object',
    properties: {
      file_path: { type: 'string', required: true, description: 'Relative to the actions folder.' },
      content: { type: 'string', required: true },
    },
    additionalProperties: false,
  },
} as const

/**
 * What upstream stores when an action comes over the API without an output schema: the defaults of that schema's own
 * schema. @source rest-api.md 2
 */
const NO_OUTPUT_SCHEMA = {
  additionalItems: {},
  items: {},
  uniqueItems: false,
  required: false,
  secret: false,
  additionalProperties: {},
  definitions: {},
  properties: {},
  patternProperties: {},
  immutable: false,
} as const

/** Body of `PUT /actions/{ref_or_id}`: the whole action. @source rest-schemas.md 4 */
export const actionUpdateSchema = {
  ...actionMetadataSchema,
  title: 'ActionUpdate',
  properties: {
    ...actionMetadataSchema.properties,
    output_schema: { type: 'object', default: NO_OUTPUT_SCHEMA },
    data_files: dataFilesSchema,
  },
} as const

export type ActionUpdate = FromSchema<typeof actionUpdateSchema>

/** Body of `POST /actions`. */
export const actionCreateSchema = {
  ...actionUpdateSchema,
  title: 'ActionCreate',
  properties: { ...actionUpdateSchema.properties, pack: { type: 'string', default: 'default' } },
} as const

export type ActionCreate = FromSchema<typeof actionCreateSchema>

/** Body of `DELETE /actions/{ref_or_id}`; may be absent. */
export const actionDeleteSchema = {
  title: 'ActionDelete',
  type: 'object',
  properties: {
    remove_files: { type: 'boolean', default: false, description: 'Remove its metadata file and entry point too.' },
  },
  additionalProperties: false,
} as const

export type ActionDelete = FromSchema<typeof actionDeleteSchema>

/** Body of `POST /actions/{ref_or_id}/clone`. */
export const actionCloneSchema = {
  title: 'ActionClone',
  type: 'object',
  properties: {
    dest_pack: { type: 'string', required: true },
    dest_action: { type: 'string', required: true, description: 'Name of the clone.' },
    overwrite: { type: 'boolean', default: false, description: 'Replace an action that has this name already.' },
  },
  additionalProperties: false,
} as const

export type ActionClone = FromSchema<typeof actionCloneSchema>

export const actionSchema = {
  title: 'Action',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    ref: { type: 'string', required: true, description: 'pack.name' },
    uid: { type: 'string', required: true },
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    description: { type: 'string' },
    enabled: { type: 'boolean', required: true },
    runner_type: { type: 'string', required: true },
    entry_point: { type: 'string', required: true, description: "Relative to the pack's actions folder." },
    parameters: { type: 'object', required: true, description: 'Parameter name → its schema.' },
    output_schema: { type: 'object', required: true },
    tags: {
      type: 'array',
      required: true,
      items: {
        type: 'object',
        properties: { name: { type: 'string', required: true }, value: { type: 'string', required: true } },
      },
    },
    notify: { type: 'object', required: true },
    metadata_file: { type: 'string', required: true, description: 'Relative to the pack; empty: there is none.' },
  },
} as const

/** An action as it is stored and shown. Unique by (pack, name). */
export type Action = Readonly<Omit<FromSchema<typeof actionSchema>, 'parameters'>> & {
  readonly parameters: ParameterSchemas
}
