/** Python's arithmetic on numbers: ints of any size, floats that stay floats, bools that count as 0 and 1. */
import { floatFromInt } from './convert.ts'
import { COMPLEX_OPERATIONS, PyComplex } from './complex.ts'
import { PythonOverflowError, PythonZeroDivisionError } from './errors.ts'
import { requireWithin } from './limits.ts'
import { floatValue, isFloat, makeFloat, makeInt, type PyFloat } from './kinds.ts'

export type Numeric = number | bigint | boolean | PyFloat
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'

interface Operation {
  ints: (left: bigint, right: bigint) => unknown
  floats: (left: number, right: number) => number | PyComplex
}

const OPERATIONS: Record<ArithmeticOperator, Operation> = {
  '+': { ints: (a, b) => makeInt(a + b), floats: (a, b) => a + b },
  '-': { ints: (a, b) => makeInt(a - b), floats: (a, b) => a - b },
  '*': { ints: multiplyInts, floats: (a, b) => a * b },
  '/': { ints: (a, b) => makeFloat(divideInts(a, b)), floats: divideFloats },
  '//': { ints: floorDivideInts, floats: floorDivideFloats },
  '%': { ints: moduloInts, floats: moduloFloats },
  '**': { ints: powerInts, floats: powerFloats },
}

/** Small ints need no bigint; the result is checked for exactness. */
const FAST: Partial<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
}

export function arithmetic(operator: ArithmeticOperator, left: Numeric, right: Numeric): unknown {
  if (isFloat(left) || isFloat(right)) return float(OPERATIONS[operator].floats(asFloat(left), asFloat(right)))
  if (typeof left === 'number' && typeof right === 'number') {
    const quick = FAST[operator]?.(left, right)
    if (quick !== undefined && Number.isSafeInteger(quick)) return quick + 0
  }
  return OPERATIONS[operator].ints(BigInt(asInt(left)), BigInt(asInt(right)))
}

function float(result: number | PyComplex): unknown {
  return typeof result === 'number' ? makeFloat(result) : result
}

export function negate(value: Numeric): unknown {
  return isFloat(value) ? makeFloat(-floatValue(value)) : makeInt(-BigInt(asInt(value)))
}

export function absolute(value: Numeric): unknown {
  if (isFloat(value)) return makeFloat(Math.abs(floatValue(value)))
  const int = BigInt(asInt(value))
  return makeInt(int < 0n ? -int : int)
}

function asInt(value: Numeric): number | bigint {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'bigint' ? value : floatValue(value)
}

function asFloat(value: Numeric): number {
  if (typeof value === 'bigint') return floatFromInt(value)
  return typeof value === 'boolean' ? Number(value) : floatValue(value)
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length
}

/** Larger results are refused, so that a short expression cannot fill the memory. */
function checkSize(size: number): void {
  requireWithin('intBits', size)
}

function multiplyInts(left: bigint, right: bigint): unknown {
  checkSize(bitLength(left) + bitLength(right) - 1)
  return makeInt(left * right)
}

function divideInts(left: bigint, right: bigint): number {
  if (right === 0n) throw new PythonZeroDivisionError('division by zero')
  const a = Number(left)
  const b = Number(right)
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return a / b
  return divideBig(left, right)
}

/** Correctly rounded quotient of big ints: scaled so that the integer quotient has 64 bits and a sticky bit. */
function divideBig(left: bigint, right: bigint): number {
  const negative = left < 0n !== right < 0n
  const a = left < 0n ? -left : left
  const b = right < 0n ? -right : right
  const shift = bitLength(a) - bitLength(b) - 64
  const [top, bottom] = shift >= 0 ? [a, b << BigInt(shift)] : [a << BigInt(-shift), b]
  const quotient = (top / bottom) | (top % bottom === 0n ? 0n : 1n)
  // two factors, since 2 ** shift alone may leave the range of floats
  const half = Math.trunc(shift / 2)
  const result = Number(quotient) * 2 ** half * 2 ** (shift - half)
  if (!Number.isFinite(result)) throw new PythonOverflowError('integer division result too large for a float')
  return negative ? -result : result
}

function divideFloats(left: number, right: number): number {
  if (right === 0) throw new PythonZeroDivisionError('float division by zero')
  return left / right
}

function floorDivideInts(left: bigint, right: bigint): unknown {
  if (right === 0n) throw new PythonZeroDivisionError('integer division or modulo by zero')
  const quotient = left / right
  return makeInt(left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient)
}

function moduloInts(left: bigint, right: bigint): unknown {
  if (right === 0n) throw new PythonZeroDivisionError('integer modulo by zero')
  const rest = left % right
  return makeInt(rest !== 0n && rest < 0n !== right < 0n ? rest + right : rest)
}

function moduloFloats(left: number, right: number): number {
  if (right === 0) throw new PythonZeroDivisionError('float modulo')
  const rest = left % right
  if (rest === 0) return right < 0 ? -0 : 0
  return rest < 0 !== right < 0 ? rest + right : rest
}

/** @source CPython's float_floor_div: the quotient is taken from the remainder, then rounded to the nearest integer. */
function floorDivideFloats(left: number, right: number): number {
  if (right === 0) throw new PythonZeroDivisionError('float floor division by zero')
  const rest = left % right
  let quotient = (left - rest) / right
  if (rest !== 0 && rest < 0 !== right < 0) quotient -= 1
  if (quotient === 0) return Object.is(left / right, -0) || left / right < 0 ? -0 : 0
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

function powerInts(left: bigint, right: bigint): unknown {
  if (right < 0n) return float(powerFloats(floatFromInt(left), floatFromInt(right)))
  if (left !== 0n && left !== 1n && left !== -1n) checkSize((bitLength(left) - 1) * Number(right))
  return makeInt(left ** right)
}

function powerFloats(left: number, right: number): number | PyComplex {
  if (left === 0 && right < 0) throw new PythonZeroDivisionError('0.0 cannot be raised to a negative power')
  if (left === 1 || right === 0) return 1
  if (left === -1 && !Number.isFinite(right) && !Number.isNaN(right)) return 1
  if (left < 0 && Number.isFinite(left) && Number.isFinite(right) && !Number.isInteger(right)) {
    return COMPLEX_OPERATIONS['**'](new PyComplex(left, 0), new PyComplex(right, 0))
  }
  const result = left ** right
  if (!Number.isFinite(result) && Number.isFinite(left) && Number.isFinite(right)) {
    throw new PythonOverflowError("(34, 'Numerical result out of range')")
  }
  return result
}
