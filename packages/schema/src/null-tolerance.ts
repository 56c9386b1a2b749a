import { isSchema, own, type Schema } from './schema-type.ts'

/**
 * Lets null pass for every property that is optional or has a default, as long as that default is null or absent.
 * NOTE: such a property without a type becomes "string or null", as upstream has it; `enum` is not extended.
 * NOTE: `type: null` becomes `[null, null]`, which upstream's own meta-schema then refuses; here it is harmless.
 *
 * @source st2: st2common/st2common/util/schema/__init__.py modify_schema_allow_default_none
 */
export function allowNull(schema: Schema): Schema {
  const properties = own(schema, 'properties')
  if (!isSchema(properties)) return schema
  const tolerant = Object.entries(properties).map(([name, property]) => [
    name,
    isSchema(property) ? allowNullBeneath(hasNullDefault(property) ? allowNullItself(property) : property) : property,
  ])
  return { ...schema, properties: Object.fromEntries(tolerant) }
}

function hasNullDefault(property: Schema): boolean {
  const isOptional = !property['required']
  return (isOptional || Object.hasOwn(property, 'default')) && (property['default'] ?? null) === null
}

function allowNullItself(property: Schema): Schema {
  const { anyOf, oneOf } = property
  if (Array.isArray(anyOf) && !anyOf.some(isNullType)) return { ...property, anyOf: [...anyOf, { type: 'null' }] }
  if (Array.isArray(oneOf) && !oneOf.some(isNullType)) return { ...property, oneOf: [...oneOf, { type: 'null' }] }
  const type = own(property, 'type') ?? 'string'
  if (Array.isArray(type)) return type.some(isNullType) ? property : { ...property, type: [...type, 'null'] }
  const isSingle = anyOf === undefined && oneOf === undefined
  return isSingle ? { ...property, type: [type, 'null'] } : property
}

function isNullType(type: unknown): boolean {
  return type === 'null' || (isSchema(type) && own(type, 'type') === 'null')
}

function allowNullBeneath(property: Schema): Schema {
  const { items, properties } = property
  const type = own(property, 'type')
  const hasItemProperties = isSchema(items) && isSchema(items['properties'])
  const withItems = hasType(type, 'array') && hasItemProperties ? { ...property, items: allowNull(items) } : property
  return hasType(type, 'object') && isSchema(properties) ? allowNull(withItems) : withItems
}

export function hasType(type: unknown, name: string): boolean {
  return type === name || (Array.isArray(type) && type.includes(name))
}
