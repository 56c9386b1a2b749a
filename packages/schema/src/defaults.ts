import { hasType } from './null-tolerance.ts'
import { isJsonObject, isSchema, own, type Schema } from './schema-type.ts'

type JsonObject = Readonly<Record<string, unknown>>

/**
 * The value with defaults in the place of what is absent or null: through `properties` and `items`, not through
 * `patternProperties`, `additionalProperties` or `additionalItems`. A default whose `dependencies` are neither given nor
 * have a default is left out. The value stays as it was; what did not change is shared with it.
 *
 * @source st2: st2common/st2common/util/schema/__init__.py assign_default_values
 */
export function applyDefaults(schema: Schema, value: unknown): unknown {
  const type = own(schema, 'type')
  if (type === 'object' && isJsonObject(value)) return withObjectDefaults(schema, value)
  if (type === 'array' && Array.isArray(value)) return withItemDefaults(schema, value)
  return value
}

function withObjectDefaults(schema: Schema, value: JsonObject): JsonObject {
  const properties = own(schema, 'properties')
  if (!isSchema(properties)) return value
  const result: Record<string, unknown> = { ...value }
  let isChanged = false
  for (const [name, property] of Object.entries(properties)) {
    if (!isSchema(property)) continue
    const given = own(result, name)
    const mayDefault = Object.hasOwn(property, 'default') && isUnlocked(schema, properties, name, result)
    const filled = withDefault(property, given, mayDefault)
    if (filled === given) continue
    result[name] = filled
    isChanged = true
  }
  return isChanged ? result : value
}

/** Whether everything the property depends on is there, or has a default of its own. */
function isUnlocked(schema: Schema, properties: Schema, name: string, value: JsonObject): boolean {
  const dependencies = own(schema, 'dependencies')
  const needed = isSchema(dependencies) ? own(dependencies, name) : undefined
  const names: string[] = Array.isArray(needed) ? needed.map(String) : isSchema(needed) ? Object.keys(needed) : []
  return names.every((each) => {
    const other = own(properties, each)
    return (isSchema(other) && Object.hasOwn(other, 'default')) || Object.hasOwn(value, each)
  })
}

function withItemDefaults(schema: Schema, value: readonly unknown[]): readonly unknown[] {
  const items = own(schema, 'items')
  if (!isSchema(items) && !Array.isArray(items)) return value
  const filled = value.map((item) => item)
  let isChanged = false
  for (const [index, given] of value.entries()) {
    const itemSchema: unknown = Array.isArray(items) ? items[index] : items
    if (!isSchema(itemSchema)) continue
    filled[index] = withDefault(itemSchema, given, Object.hasOwn(itemSchema, 'default'))
    isChanged ||= filled[index] !== given
  }
  return isChanged ? filled : value
}

function withDefault(schema: Schema, given: unknown, mayDefault: boolean): unknown {
  const value = mayDefault && (given ?? null) === null ? copied(schema['default']) : given
  if ((value ?? null) === null) return value
  const type = own(schema, 'type')
  if (hasType(type, 'array') && Array.isArray(value)) return withItemDefaults(schema, value)
  if (hasType(type, 'object') && isJsonObject(value)) return withObjectDefaults(schema, value)
  return value
}

/** Defaults are copied, so that whoever changes a value does not change the schema. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)]))
}
