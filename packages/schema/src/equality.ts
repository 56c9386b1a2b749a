import { floatValue, isFloat, isInt } from '@st2/python-values'
import { isJsonObject } from './schema-type.ts'

/** Equality of JSON values: 1 is 1.0 but never true. */
export function jsonEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left === 'object' || typeof right === 'object' || typeof left === 'bigint' || typeof right === 'bigint') {
    return canonical(left) === canonical(right)
  }
  return false
}

export function areUnique(items: readonly unknown[]): boolean {
  const seen = new Set<string>()
  for (const item of items) seen.add(canonical(item))
  return seen.size === items.length
}

/** A text that two values share exactly when they are equal. */
function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (isInt(value)) return String(value)
  if (isFloat(value)) return String(floatValue(value) + 0)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (isJsonObject(value)) {
    const entries = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    return `{${entries.join(',')}}`
  }
  return String(value)
}
