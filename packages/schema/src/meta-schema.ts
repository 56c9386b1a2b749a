import { JSON_TYPES } from './json-type.ts'
import type { Schema } from './schema-type.ts'

export const META_SCHEMA_URI = 'http://json-schema.org/draft-04/schema'

const ref = (name: string): Schema => ({ $ref: `${META_SCHEMA_URI}#${name === '' ? '' : `/definitions/${name}`}` })
const ofType = (type: string): Schema => ({ type })
const mapOfSchemas: Schema = { type: 'object', additionalProperties: ref('') }
const flagOrSchema: Schema = { anyOf: [ofType('boolean'), ref('')] }

const DEFINITIONS: Schema = {
  schemaArray: { type: 'array', minItems: 1, items: ref('') },
  positiveInteger: { type: 'integer', minimum: 0 },
  simpleTypes: { enum: [...JSON_TYPES] },
  stringArray: { type: 'array', items: ofType('string'), minItems: 1, uniqueItems: true },
}

const SHARED_PROPERTIES: Schema = {
  id: ofType('string'),
  $schema: ofType('string'),
  title: ofType('string'),
  description: ofType('string'),
  default: {},
  multipleOf: { type: 'number', minimum: 0, exclusiveMinimum: true },
  maximum: ofType('number'),
  exclusiveMaximum: ofType('boolean'),
  minimum: ofType('number'),
  exclusiveMinimum: ofType('boolean'),
  maxLength: ref('positiveInteger'),
  minLength: ref('positiveInteger'),
  pattern: ofType('string'),
  additionalItems: flagOrSchema,
  items: { anyOf: [ref(''), ref('schemaArray')] },
  maxItems: ref('positiveInteger'),
  minItems: ref('positiveInteger'),
  uniqueItems: ofType('boolean'),
  maxProperties: ref('positiveInteger'),
  minProperties: ref('positiveInteger'),
  required: ofType('boolean'),
  secret: ofType('boolean'),
  additionalProperties: flagOrSchema,
  definitions: mapOfSchemas,
  properties: mapOfSchemas,
  patternProperties: mapOfSchemas,
  dependencies: { type: 'object', additionalProperties: { anyOf: [ref(''), ref('stringArray')] } },
  enum: { type: 'array', minItems: 1, uniqueItems: true },
  position: { type: 'number', minimum: 0 },
  immutable: ofType('boolean'),
  allOf: ref('schemaArray'),
  anyOf: ref('schemaArray'),
  oneOf: ref('schemaArray'),
  not: ref(''),
}

const DEPENDENCIES: Schema = { exclusiveMaximum: ['maximum'], exclusiveMinimum: ['minimum'] }

/**
 * What a schema within a schema must be: like a parameter, but `type` may be a list, `format` is known, and keywords
 * nobody knows are let through (fifteen published packs have some; upstream's master refuses them, its 3.9 does not).
 */
export const nestedMetaSchema: Schema = {
  definitions: DEFINITIONS,
  type: 'object',
  properties: {
    ...SHARED_PROPERTIES,
    type: {
      anyOf: [ref('simpleTypes'), { type: 'array', items: ref('simpleTypes'), minItems: 1, uniqueItems: true }],
    },
    format: ofType('string'),
  },
  dependencies: DEPENDENCIES,
}

/**
 * What one parameter of an action or a runner, or one attribute of a config schema, must be.
 *
 * @source st2: st2common/st2common/util/schema/action_params.json
 */
export const PARAMETER_META_SCHEMA: Schema = {
  type: 'object',
  properties: { ...SHARED_PROPERTIES, type: { anyOf: [ref('simpleTypes')] } },
  dependencies: DEPENDENCIES,
  additionalProperties: false,
}

/**
 * What the schema of a trigger, a policy type or an inquiry must be: like a nested schema, but without unknown keywords.
 *
 * @source st2: st2common/st2common/util/schema/custom.json
 */
export const SCHEMA_META_SCHEMA: Schema = { ...nestedMetaSchema, additionalProperties: false }
