import { entriesOf, getKey, hasKey, sizeOf } from './dict.ts'
import { PythonTypeError } from './errors.ts'
import { isDict, isNumeric, PyFloat, PyObject, PyTuple, typeName } from './kinds.ts'

export type Ordering = '<' | '<=' | '>' | '>='

/** Python's `bool()`: None, zero and empty texts and containers are false. */
export function isTruthy(value: unknown): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value.length > 0
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'bigint') return value !== 0n
  if (value instanceof PyFloat) return value.value !== 0
  if (Array.isArray(value)) return value.length > 0
  if (isDict(value)) return sizeOf(value) > 0
  if (value instanceof Set) return value.size > 0
  if (value instanceof PyObject) return value.pyTruth()
  return true
}

/** Python's `==`: numbers by value (True is 1, 1 is 1.0), containers by content, a list never equals a tuple. */
export function equals(left: unknown, right: unknown): boolean {
  if (left instanceof PyObject) return left.pyEquals(right) || (right instanceof PyObject && right.pyEquals(left))
  if (right instanceof PyObject) return right.pyEquals(left)
  if (isNumeric(left)) return isNumeric(right) && sameNumber(left, right)
  if (left === null || left === undefined) return right === null || right === undefined
  if (Array.isArray(left)) return Array.isArray(right) && sameKindOfList(left, right) && sameItems(left, right)
  if (isDict(left)) return isDict(right) && sameEntries(left, right)
  if (left instanceof Set) return right instanceof Set && left.size === right.size && isSubset(left, right)
  return left === right
}

/**
 * Orders two values as Python does: negative, zero or positive, NaN when a float NaN takes part.
 *
 * @param operator the operator the error message shows
 * @throws PythonTypeError `'<' not supported between instances of 'str' and 'int'`
 */
export function compare(left: unknown, right: unknown, operator: Ordering = '<'): number {
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  if (Array.isArray(left) && Array.isArray(right) && sameKindOfList(left, right))
    return compareLists(left, right, operator)
  throw new PythonTypeError(
    `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
  )
}

const VERDICTS: Record<Ordering, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** `left < right` and its siblings; sets are compared as subsets. */
export function isOrdered(left: unknown, operator: Ordering, right: unknown): boolean {
  if (left instanceof Set && right instanceof Set) return SET_VERDICTS[operator](left, right)
  return VERDICTS[operator](compare(left, right, operator))
}

const SET_VERDICTS: Record<Ordering, (left: Set<unknown>, right: Set<unknown>) => boolean> = {
  '<': (left, right) => left.size < right.size && isSubset(left, right),
  '<=': (left, right) => isSubset(left, right),
  '>': (left, right) => right.size < left.size && isSubset(right, left),
  '>=': (left, right) => isSubset(right, left),
}

/** Python orders texts by code point, JavaScript by UTF-16 unit: they differ above U+FFFF. */
export function compareText(left: string, right: string): number {
  const end = Math.min(left.length, right.length)
  for (let at = 0; at < end; at++) {
    const a = left.charCodeAt(at)
    const b = right.charCodeAt(at)
    if (a === b) continue
    return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1
  }
  return left.length - right.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

type Numeric = number | bigint | boolean | PyFloat

function plain(value: Numeric): number | bigint {
  if (value instanceof PyFloat) return value.value
  return typeof value === 'boolean' ? Number(value) : value
}

function sameNumber(left: Numeric, right: Numeric): boolean {
  // `==` between number and bigint compares exact values, which is what Python does
  // oxlint-disable-next-line eqeqeq
  return plain(left) == plain(right)
}

function compareNumbers(left: Numeric, right: Numeric): number {
  const a = plain(left)
  const b = plain(right)
  if (a < b) return -1
  if (a > b) return 1
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : 0
}

function sameKindOfList(left: unknown[], right: unknown[]): boolean {
  return left instanceof PyTuple === right instanceof PyTuple
}

/** Python takes an item for equal to itself before it asks, so `[nan] == [nan]` for one NaN. */
function sameItem(left: unknown, right: unknown): boolean {
  return Object.is(left, right) || equals(left, right)
}

function sameItems(left: unknown[], right: unknown[]): boolean {
  return left.length === right.length && left.every((item, at) => sameItem(item, right[at]))
}

function sameEntries(left: Parameters<typeof entriesOf>[0], right: Parameters<typeof entriesOf>[0]): boolean {
  if (sizeOf(left) !== sizeOf(right)) return false
  return entriesOf(left).every(([key, value]) => hasKey(right, key) && sameItem(value, getKey(right, key)))
}

function isSubset(left: Set<unknown>, right: Set<unknown>): boolean {
  const others = [...right]
  return [...left].every((item) => right.has(item) || others.some((other) => equals(item, other)))
}

function compareLists(left: unknown[], right: unknown[], operator: Ordering): number {
  const end = Math.min(left.length, right.length)
  for (let at = 0; at < end; at++) {
    if (!sameItem(left[at], right[at])) return compare(left[at], right[at], operator)
  }
  return left.length - right.length
}
