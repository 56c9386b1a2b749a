import type { ParameterSchema, ParameterSchemas } from '@st2/model'

/**
 * What an action takes: the runner's parameters with the action's merged into them, the action winning per attribute.
 * An immutable parameter of the runner stays immutable whatever the action says.
 *
 * @source packs-and-runners.md 1.6.2, rest-api.md "/actions/views/parameters"
 */
export function effectiveParameters(runner: ParameterSchemas, action: ParameterSchemas): ParameterSchemas {
  const merged: Record<string, ParameterSchema> = {}
  for (const name of new Set([...Object.keys(runner), ...Object.keys(action)])) {
    define(merged, name, mergeOne(own(runner, name), own(action, name)))
  }
  return merged
}

function mergeOne(runner: ParameterSchema | undefined, action: ParameterSchema | undefined): ParameterSchema {
  if (runner === undefined || action === undefined) return runner ?? action ?? {}
  const merged = deepMerge(runner, action)
  return runner.immutable === true ? { ...merged, immutable: true } : merged
}

/** Objects merge key by key, an empty one replaces, everything else replaces. */
function deepMerge(base: object, over: object): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(base)) define(result, key, value)
  for (const [key, value] of Object.entries(over)) {
    const before = Object.hasOwn(result, key) ? result[key] : undefined
    define(result, key, isFilledObject(value) && isObject(before) ? deepMerge(before, value) : value)
  }
  return result
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFilledObject(value: unknown): value is object {
  return isObject(value) && Object.keys(value).length > 0
}

function own(schemas: ParameterSchemas, name: string): ParameterSchema | undefined {
  return Object.hasOwn(schemas, name) ? schemas[name] : undefined
}

/** A key may be named `__proto__`: it stays an ordinary key. */
function define<T>(target: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}
