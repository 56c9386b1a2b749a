/**
 * How Python's values are held in JavaScript.
 *
 * | Python | here |
 * | --- | --- |
 * | None | `null` (`undefined` counts as it) |
 * | bool, str | `boolean`, `string` |
 * | int | an integral `number` below 2^64 in size that is not -0, or a `bigint` |
 * | float | any other `number`, or a `PyFloat` when the value is integral |
 * | list, tuple | an array, a `PyTuple` |
 * | dict | a plain object; a `Map` when a key is not text |
 * | set | a `Set` |
 * | anything else | a `PyObject` |
 */
import { PythonTypeError } from './errors.ts'

/** A float with an integral value. Only values made by Python's rules use it: JSON read elsewhere cannot tell 5.0 from 5. */
export class PyFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  toJSON(): number {
    return this.value
  }
}

/** A tuple: an array for everybody who does not ask. Make one with `PyTuple.from(items)`. A subclass names its `pyType`. */
export class PyTuple<T = unknown> extends Array<T> {
  /** `map`, `slice` and the like of a tuple give plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}

/** Base of every other value an expression may meet: undefined names, views, generators, look-ups. */
export abstract class PyObject {
  /** Name of the Python class, as `type(value).__name__` gives it. */
  abstract readonly pyType: string
  abstract pyRepr(): string

  pyStr(): string {
    return this.pyRepr()
  }

  pyTruth(): boolean {
    return true
  }

  /** Throws when the value can be no key of a dict. */
  pyRequireHashable(): void {
    return
  }

  pyEquals(other: unknown): boolean {
    return this === other
  }

  /** Whether `%` takes the value for a mapping: everything that has elements. */
  get pyHasElements(): boolean {
    return false
  }

  /** `left <operator> right` where the value is one of them; `undefined` where it knows nothing of the operator. */
  pyBinary(_operator: string, _left: unknown, _right: unknown, _maxLength: number): unknown {
    return undefined
  }

  /** Throws what the value says when it is taken for a number; those that say nothing are refused by whoever wants one. */
  pyRequireNumber(): void {
    return
  }
}

export type PyInt = number | bigint
export type Dict = Record<string, unknown> | Map<unknown, unknown>

/** Integers with more digits are neither read nor shown, as in Python (`sys.set_int_max_str_digits`). */
export const MAX_INT_DIGITS = 4300

/** Integral numbers from this size on are floats: JSON readers of upstream do the same. */
const INT_LIMIT = 2 ** 64

export function isInt(value: unknown): value is PyInt {
  if (typeof value === 'bigint') return true
  return typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) < INT_LIMIT
}

export function isFloat(value: unknown): value is number | PyFloat {
  return value instanceof PyFloat || (typeof value === 'number' && !isInt(value))
}

/** int, float or bool: what Python's arithmetic takes. */
export function isNumeric(value: unknown): value is number | bigint | boolean | PyFloat {
  return (
    typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof PyFloat
  )
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

export function isDict(value: unknown): value is Dict {
  return value instanceof Map || isPlainObject(value)
}

/** Wraps a float so that it stays one: 3 becomes `PyFloat(3)`, 3.5 stays 3.5. */
export function makeFloat(value: number): number | PyFloat {
  return isInt(value) ? new PyFloat(value) : value
}

/** Brings an int to its shortest form: a `number` where that is exact. */
export function makeInt(value: bigint): PyInt {
  const short = Number(value)
  return Number.isSafeInteger(short) ? short : value
}

export function floatValue(value: number | PyFloat): number {
  return value instanceof PyFloat ? value.value : value
}

/** Python's class name of a value, as messages show it. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  if (isInt(value)) return 'int'
  if (isFloat(value)) return 'float'
  if (value instanceof PyTuple) return 'pyType' in value ? String(value.pyType) : 'tuple'
  if (Array.isArray(value)) return 'list'
  if (isDict(value)) return 'dict'
  if (value instanceof Set) return 'set'
  if (value instanceof PyObject) return value.pyType
  if (typeof value === 'function') return 'function'
  throw new PythonTypeError('a value of the host language has no Python type')
}
