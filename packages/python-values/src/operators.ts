/** Python's binary and unary operators over all kinds of values. */
import { type ArithmeticOperator, arithmetic, negate as negateNumber } from './arithmetic.ts'
import { equals } from './compare.ts'
import { hasKey, requireHashable } from './dict.ts'
import { PythonOverflowError, PythonTypeError } from './errors.ts'
import { LimitError } from './limits.ts'
import { formatPercent } from './percent-format.ts'
import { COMPLEX_OPERATIONS, PyComplex } from './complex.ts'
import { toFloat } from './convert.ts'
import { isDict, isInt, isNumeric, PyObject, PyTuple, typeName } from './kinds.ts'

/** Texts and lists that repetition or concatenation may make; callers may pass a lower limit. */
export const MAX_SEQUENCE_LENGTH = 10_000_000

/** `left <operator> right`. @throws PythonTypeError with Python's text when the operands do not fit */
export function binary(
  operator: ArithmeticOperator,
  left: unknown,
  right: unknown,
  maxLength = MAX_SEQUENCE_LENGTH,
): unknown {
  if (isNumeric(left) && isNumeric(right)) return arithmetic(operator, left, right)
  if (left instanceof PyObject || right instanceof PyObject) {
    const result = ofObjects(operator, left, right, maxLength)
    if (result !== undefined) return result
  }
  if (operator === '+') return concatenate(left, right, maxLength)
  if (operator === '*') return repeatEither(left, right, maxLength)
  if (operator === '-' && left instanceof Set && right instanceof Set) return difference(left, right)
  if (operator === '%' && typeof left === 'string') {
    const text = formatPercent(left, right)
    requireLength(text.length, maxLength)
    return text
  }
  throw unsupported(operator, left, right)
}

function ofObjects(operator: ArithmeticOperator, left: unknown, right: unknown, maxLength: number): unknown {
  if (left instanceof PyComplex || right instanceof PyComplex) {
    const [a, b] = [asComplex(left), asComplex(right)]
    if (a !== undefined && b !== undefined && operator !== '//' && operator !== '%') {
      return COMPLEX_OPERATIONS[operator](a, b)
    }
    if (a !== undefined && b !== undefined) throw unsupported(operator, left, right)
  }
  const result = left instanceof PyObject ? left.pyBinary(operator, left, right, maxLength) : undefined
  if (result !== undefined || !(right instanceof PyObject)) return result
  return right.pyBinary(operator, left, right, maxLength)
}

function asComplex(value: unknown): PyComplex | undefined {
  if (value instanceof PyComplex) return value
  return isNumeric(value) ? new PyComplex(toFloat(value), 0) : undefined
}

export function negate(value: unknown): unknown {
  if (value instanceof PyComplex) return value.negative
  if (!isNumeric(value)) throw new PythonTypeError(`bad operand type for unary -: '${typeName(value)}'`)
  return negateNumber(value)
}

export function positive(value: unknown): unknown {
  if (value instanceof PyComplex) return value
  if (!isNumeric(value)) throw new PythonTypeError(`bad operand type for unary +: '${typeName(value)}'`)
  return typeof value === 'boolean' ? Number(value) : value
}

/** `item in container`. */
export function contains(container: unknown, item: unknown): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item)
    throw new PythonTypeError(`'in <string>' requires string as left operand, not ${typeName(item)}`)
  }
  if (Array.isArray(container)) return container.some((member) => Object.is(member, item) || equals(member, item))
  if (isDict(container)) {
    requireHashable(item)
    return hasKey(container, item)
  }
  if (container instanceof Set) {
    requireHashable(item)
    return container.has(item) || [...container].some((member) => equals(member, item))
  }
  throw new PythonTypeError(`argument of type '${typeName(container)}' is not iterable`)
}

function unsupported(operator: string, left: unknown, right: unknown): PythonTypeError {
  const shown = operator === '**' ? '** or pow()' : operator
  return new PythonTypeError(`unsupported operand type(s) for ${shown}: '${typeName(left)}' and '${typeName(right)}'`)
}

function concatenate(left: unknown, right: unknown, maxLength: number): unknown {
  if (typeof left === 'string' && typeof right === 'string') {
    requireLength(left.length + right.length, maxLength)
    return left + right
  }
  if (Array.isArray(left) && Array.isArray(right) && left instanceof PyTuple === right instanceof PyTuple) {
    requireLength(left.length + right.length, maxLength)
    return sameKind(left, [...left, ...right])
  }
  if (typeof left === 'string') throw new PythonTypeError(`can only concatenate str (not "${typeName(right)}") to str`)
  if (Array.isArray(left)) {
    const kind = typeName(left)
    throw new PythonTypeError(`can only concatenate ${kind} (not "${typeName(right)}") to ${kind}`)
  }
  throw unsupported('+', left, right)
}

function sameKind(model: unknown[], items: unknown[]): unknown[] {
  return model instanceof PyTuple ? PyTuple.from(items) : items
}

function repeatEither(left: unknown, right: unknown, maxLength: number): unknown {
  if (isSequence(left)) return repeat(left, right, maxLength)
  if (isSequence(right)) return repeat(right, left, maxLength)
  throw unsupported('*', left, right)
}

function isSequence(value: unknown): value is string | unknown[] {
  return typeof value === 'string' || Array.isArray(value)
}

function repeat(sequence: string | unknown[], count: unknown, maxLength: number): unknown {
  if (!isInt(count) && typeof count !== 'boolean') {
    throw new PythonTypeError(`can't multiply sequence by non-int of type '${typeName(count)}'`)
  }
  if (typeof count === 'bigint' && BigInt.asIntN(64, count) !== count) {
    throw new PythonOverflowError("cannot fit 'int' into an index-sized integer")
  }
  const times = Math.max(0, Number(count))
  requireLength(sequence.length * times, maxLength)
  if (typeof sequence === 'string') return sequence.repeat(times)
  return sameKind(sequence, Array.from({ length: times }, () => sequence).flat())
}

function requireLength(length: number, maxLength: number): void {
  if (length > maxLength) throw new LimitError('outputLength', maxLength)
}

function difference(left: Set<unknown>, right: Set<unknown>): Set<unknown> {
  return new Set([...left].filter((item) => !contains(right, item)))
}
