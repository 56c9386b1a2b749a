/**
 * A schema of StackStorm's dialect: JSON Schema draft 4, but `required: true` stands inside a property (draft 3) and
 * `secret`, `immutable` and `position` are carried along. Nested schemas may hold keywords nobody knows.
 */
export type Schema = Readonly<Record<string, unknown>>

/** One parameter of an action or a runner, one attribute of a config schema. */
export type ParameterSchema = Schema

export function isSchema(value: unknown): value is Schema {
  return isJsonObject(value)
}

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Only own keys exist: `constructor` or `toString` is not a property of every value. */
export function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}
