/** Keys of dicts and members of sets: one JavaScript value for all that Python takes for equal. */
import { isNumeric, isPlainObject, PyFloat, PyObject, PythonTypeError } from '@st2/python-values'
import { YaqlList } from './list.ts'
import { charge } from './meter.ts'

/** Implemented by values that are equal without being identical. */
export interface Hashed {
  /** A text that is the same for all equal values. @throws PythonTypeError `unhashable type: 'dict'` */
  hashText(): string
}

function isHashed(value: object): value is Hashed {
  return 'hashText' in value && value instanceof PyObject
}

/** @throws PythonTypeError `unhashable type: 'list'` */
export function hashKey(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('\0') ? `\0s${value}` : value
  if (value === null || value === undefined) return null
  if (isNumeric(value)) return numberKey(value)
  const text = structureKey(value)
  return text ?? value
}

function numberKey(value: number | bigint | boolean | PyFloat): unknown {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  const number = value instanceof PyFloat ? value.value : value
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? BigInt(number) : number + 0
}

/** The text of a compound key; undefined for what is only equal to itself. */
function structureKey(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    if (value instanceof YaqlList) throw new PythonTypeError("unhashable type: 'list'")
    charge(value.length >> 1)
    return `\0t[${value.map(part).join()}]`
  }
  if (value instanceof Set) return `\0f{${Array.from(value, part).sort().join()}}`
  if (value instanceof Map) return dictKey(value)
  if (value instanceof PyObject) {
    if (isHashed(value)) return value.hashText()
    value.pyRequireHashable()
    return undefined
  }
  return isPlainObject(value) ? dictKey(Object.entries(value)) : undefined
}

/** The key of a dict that can be one. */
export function dictKey(entries: Iterable<readonly [unknown, unknown]>): string {
  const parts = Array.from(entries, ([key, value]) => `${part(key)}:${part(value)}`)
  charge(parts.length)
  return `\0d{${parts.sort().join()}}`
}

/** A key inside a compound one: no two different ones give the same text. */
export function part(value: unknown): string {
  const key = hashKey(value)
  if (typeof key === 'string') return `s${key.length}:${key}`
  if (typeof key === 'object' && key !== null) return `o${identity(key)}`
  return `${typeof key}:${String(key)}`
}

const identities = new WeakMap<object, number>()
let lastIdentity = 0

function identity(value: object): number {
  const known = identities.get(value)
  if (known !== undefined) return known
  identities.set(value, ++lastIdentity)
  return lastIdentity
}
