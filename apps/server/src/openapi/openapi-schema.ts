import { isSchema, type Schema } from '@st2/schema'

/** Keywords that only StackStorm knows; they go along under a name that OpenAPI allows. */
const OWN_KEYWORDS = ['secret', 'immutable', 'position']
const MAPS_OF_SCHEMAS = ['properties', 'patternProperties']
const LISTS_OF_SCHEMAS = ['allOf', 'anyOf', 'oneOf']

/**
 * A schema of StackStorm's dialect (draft 4, with `required: true` on the property) as OpenAPI 3.1 has it, which is JSON
 * Schema 2020-12.
 *
 * @param refer answers where a schema with a title is to be found; null: it is written out
 */
export function openapiSchema(schema: Schema, refer: (schema: Schema) => string | null): Schema {
  const result: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    // The object that holds the property says whether it is required.
    if (keyword === 'required') continue
    for (const [name, converted] of convert(keyword, value, schema, refer)) result[name] = converted
  }
  const required = requiredNames(schema)
  return required.length === 0 ? result : { ...result, required }
}

/** A schema where it is used: by reference when it has a place of its own. */
export function schemaOrReference(schema: Schema, refer: (schema: Schema) => string | null): Schema {
  const reference = refer(schema)
  if (reference === null) return openapiSchema(schema, refer)
  // The property that holds it may say what it is for.
  const { description } = schema
  return description === undefined ? { $ref: reference } : { $ref: reference, description }
}

function convert(
  keyword: string,
  value: unknown,
  schema: Schema,
  refer: (schema: Schema) => string | null,
): (readonly [string, unknown])[] {
  const inner = (item: unknown) => (isSchema(item) ? schemaOrReference(item, refer) : item)
  if (OWN_KEYWORDS.includes(keyword)) return [[`x-${keyword}`, value]]
  if (MAPS_OF_SCHEMAS.includes(keyword) && isSchema(value)) {
    return [[keyword, Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inner(item)]))]]
  }
  if (LISTS_OF_SCHEMAS.includes(keyword) && Array.isArray(value)) return [[keyword, value.map(inner)]]
  if (keyword === 'items') return Array.isArray(value) ? [['prefixItems', value.map(inner)]] : [['items', inner(value)]]
  if (keyword === 'additionalItems') return Array.isArray(schema['items']) ? [['items', inner(value)]] : []
  if (keyword === 'additionalProperties' || keyword === 'not') return [[keyword, inner(value)]]
  if (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') return exclusive(keyword, value, schema)
  if (keyword === 'minimum' && schema['exclusiveMinimum'] === true) return []
  if (keyword === 'maximum' && schema['exclusiveMaximum'] === true) return []
  return [[keyword, value]]
}

/** Draft 4 has a flag beside the limit; later drafts have the limit itself. */
function exclusive(keyword: 'exclusiveMinimum' | 'exclusiveMaximum', value: unknown, schema: Schema) {
  const limit = schema[keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum']
  return value === true ? [[keyword, limit] as const] : []
}

function requiredNames(schema: Schema): string[] {
  const { properties } = schema
  if (!isSchema(properties)) return []
  return Object.entries(properties)
    .filter(([, property]) => isSchema(property) && property['required'] === true)
    .map(([name]) => name)
}
