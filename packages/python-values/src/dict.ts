/** Reading and building dicts, whether a plain object or a Map holds them. Only own keys exist: a prototype is never looked at. */
import { PythonTypeError } from './errors.ts'
import { type Dict, isDict, isNumeric, PyFloat, PyObject, PyTuple, typeName } from './kinds.ts'

/** Integral key names would change places in a plain object. */
const INDEX_LIKE = /^(?:0|[1-9]\d{0,9})$/

export function entriesOf(dict: Dict): [unknown, unknown][] {
  return dict instanceof Map ? [...dict] : Object.entries(dict)
}

export function keysOf(dict: Dict): unknown[] {
  return dict instanceof Map ? [...dict.keys()] : Object.keys(dict)
}

export function valuesOf(dict: Dict): unknown[] {
  return dict instanceof Map ? [...dict.values()] : Object.values(dict)
}

export function sizeOf(dict: Dict): number {
  return dict instanceof Map ? dict.size : Object.keys(dict).length
}

export function hasKey(dict: Dict, key: unknown): boolean {
  if (dict instanceof Map) return dict.has(storedKey(dict, key))
  return typeof key === 'string' && Object.hasOwn(dict, key)
}

/** The value under a key, `undefined` when there is none (a stored None is `null`). */
export function getKey(dict: Dict, key: unknown): unknown {
  if (!hasKey(dict, key)) return undefined
  const value: unknown = dict instanceof Map ? dict.get(storedKey(dict, key)) : dict[String(key)]
  return value === undefined ? null : value
}

/** `dict[key] = value`: an equal key that is there already stays. */
export function setKey(dict: Map<unknown, unknown>, key: unknown, value: unknown): void {
  dict.set(storedKey(dict, key), value)
}

export function deleteKey(dict: Map<unknown, unknown>, key: unknown): void {
  dict.delete(storedKey(dict, key))
}

/**
 * Builds a dict; a later key replaces the value of an equal earlier one (1, 1.0 and True are equal).
 * A plain object where keys are text, a Map otherwise, and for index-like names, whose order an object would not keep.
 */
export function dictFrom(entries: Iterable<readonly [unknown, unknown]>): Dict {
  const map = new Map<unknown, unknown>()
  for (const [key, value] of entries) {
    requireHashable(key)
    map.set(storedKey(map, key), value)
  }
  const keys = [...map.keys()]
  const fits = keys.every(
    (key) => typeof key === 'string' && key !== '__proto__' && (keys.length === 1 || !INDEX_LIKE.test(key)),
  )
  return fits ? Object.fromEntries(map) : map
}

/** Lists, dicts and sets are no keys and no members of sets. */
export function requireHashable(value: unknown): void {
  if (value instanceof PyTuple) {
    for (const item of value) requireHashable(item)
  } else if (value instanceof PyObject) {
    value.pyRequireHashable()
  } else if (Array.isArray(value) || isDict(value) || value instanceof Set) {
    throw new PythonTypeError(`unhashable type: '${typeName(value)}'`)
  }
}

/** The key already in the map that equals this one, else the key itself. */
function storedKey(map: Map<unknown, unknown>, key: unknown): unknown {
  if (map.has(key) || !hasAliases(key)) return key
  const wanted = canonical(key)
  for (const stored of map.keys()) if (hasAliases(stored) && canonical(stored) === wanted) return stored
  return key
}

/** Numbers and tuples have several JavaScript values that Python takes for the same key. */
function hasAliases(key: unknown): boolean {
  return isNumeric(key) || key instanceof PyTuple
}

/** One text for all keys that are equal. */
function canonical(key: unknown): unknown {
  if (key instanceof PyTuple) return `(${key.map((item) => JSON.stringify(canonical(item))).join()})`
  if (key instanceof PyFloat) return String(BigInt(key.value))
  if (typeof key === 'boolean') return String(Number(key))
  if (typeof key === 'bigint') return String(key)
  if (typeof key === 'number') return Number.isInteger(key) ? String(BigInt(key)) : String(key)
  return typeof key === 'string' ? `'${key}'` : key
}
