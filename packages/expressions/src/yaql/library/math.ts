/** Numbers. @source yaql: yaql/standard_library/math.py */
import {
  absolute,
  binary,
  floatValue,
  isFloat,
  isInt,
  makeFloat,
  makeInt,
  negate,
  positive,
  isOrdered,
  type Ordering,
  PyFloat,
  type PyInt,
  requireWithin,
  PythonTypeError,
  PythonValueError,
  round,
  toFloat,
  toInt,
  valueLimits,
} from '@st2/python-values'
import { calculate, chargeInt, divide } from '../quick-operators.ts'
import { declare, type FunctionDeclaration, optional, required } from '../resolution/declaration.ts'
import { callFunction } from '../resolution/invoke.ts'
import { any, int, nullable, number } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { truthy } from '../values/equal.ts'
import { typeNameOf } from '../values/kinds.ts'
import { toBigInt, toPlace } from './numbers.ts'

type Int = PyInt | boolean
type Number_ = PyInt | number | PyFloat

const numbers = [required('left', number), required('right', number)] as const
const integers = [required('left', int), required('right', int)] as const
const shifted = [required('value', int), required('bitsNumber', int)] as const
const ORDERINGS: readonly Ordering[] = ['<', '<=', '>', '>=']

export const MATH_FUNCTIONS: readonly FunctionDeclaration[] = [
  declare('#operator_+', 'function', numbers, 'Sum.', (_scope, left, right) => calculate('+', left, right)),
  declare('#operator_-', 'function', numbers, 'Difference.', (_scope, left, right) => calculate('-', left, right)),
  declare('#operator_*', 'function', numbers, 'Product.', (_scope, left, right) => calculate('*', left, right)),
  declare('#operator_/', 'function', numbers, 'Quotient; of two integers, rounded down.', (_scope, left, right) =>
    divide(left, right),
  ),
  declare('#operator_mod', 'function', numbers, 'Remainder, with the sign of the divisor.', (_scope, left, right) =>
    calculate('%', left, right),
  ),
  declare('#unary_operator_+', 'function', [required('op', number)], 'The number.', (_scope, value) => positive(value)),
  declare('#unary_operator_-', 'function', [required('op', number)], 'The negative.', (_scope, value) => negate(value)),
  ...ORDERINGS.map((sign) =>
    declare(`#operator_${sign}`, 'function', numbers, 'Compares numbers.', (_scope, left, right) =>
      isOrdered(left, sign, right),
    ),
  ),
  declare('abs', 'function', [required('op', number)], 'The number without its sign.', (_scope, value) =>
    absolute(value),
  ),
  declare('int', 'function', [required('value', any)], 'An integer; 0 for null.', (_scope, value) => asInt(value)),
  declare('float', 'function', [required('value', any)], 'A floating point number; 0.0 for null.', (_scope, value) =>
    asFloat(value),
  ),
  declare('random', 'function', [], 'A random number from 0 up to, but without, 1.', (scope) =>
    makeFloat(scope.evaluation.random()),
  ),
  declare(
    'random',
    'function',
    [required('from', any), required('to', any)],
    'A random integer; both ends may come up.',
    (scope, from, to) => randomInt(scope, from, to),
  ),
  declare(
    'bitwiseAnd',
    'function',
    integers,
    'Bits set in both.',
    bitwise((a, b) => a & b),
  ),
  declare(
    'bitwiseOr',
    'function',
    integers,
    'Bits set in either.',
    bitwise((a, b) => a | b),
  ),
  declare(
    'bitwiseXor',
    'function',
    integers,
    'Bits set in one of both.',
    bitwise((a, b) => a ^ b),
  ),
  declare('bitwiseNot', 'function', [required('arg', int)], 'All bits turned.', (_scope, value) =>
    makeInt(~toBigInt(value)),
  ),
  declare('shiftBitsLeft', 'function', shifted, 'Bits moved to the left.', (_scope, value, bits) => {
    requireShift(bits)
    const exact = toBigInt(value)
    if (exact !== 0n) requireWithin('intBits', Number(bits))
    return exact === 0n ? 0 : makeInt(exact << toBigInt(bits))
  }),
  declare('shiftBitsRight', 'function', shifted, 'Bits moved to the right.', (_scope, value, bits) => {
    requireShift(bits)
    const exact = toBigInt(value)
    if (Number(bits) > valueLimits().intBits * 2) return exact < 0n ? -1 : 0
    return makeInt(exact >> toBigInt(bits))
  }),
  declare('max', 'function', [required('a', any), required('b', any)], 'The greater one.', (scope, a, b) =>
    truthy(callFunction(scope, '#operator_>', [b, a])) ? b : a,
  ),
  declare('min', 'function', [required('a', any), required('b', any)], 'The smaller one.', (scope, a, b) =>
    truthy(callFunction(scope, '#operator_>', [b, a])) ? a : b,
  ),
  declare(
    'pow',
    'function',
    [required('a', number), required('b', number), optional('c', nullable(number), null)],
    'a to the power of b, modulo c if that is given.',
    (_scope, a, b, c) => (c === null ? calculate('**', a, b) : modularPower(a, b, c)),
  ),
  declare('sign', 'function', [required('num', number)], '-1, 0 or 1.', (_scope, value) =>
    isOrdered(value, '>', 0) ? 1 : isOrdered(value, '<', 0) ? -1 : 0,
  ),
  declare(
    'round',
    'function',
    [required('number', number), optional('ndigits', int, 0)],
    'Rounded to so many digits, halves to the even neighbour.',
    (_scope, value, digits) => round(value, toPlace(digits)),
  ),
  declare('isInteger', 'function', [required('value', any)], 'Whether the value is an integer.', (_scope, value) =>
    isInt(value),
  ),
  declare('isNumber', 'function', [required('value', any)], 'Whether the value is a number.', (_scope, value) =>
    number.accepts(value),
  ),
  declare('hex', 'function', [required('num', nullable(number))], 'The integer in base 16.', (_scope, value) => {
    if (!isInt(value)) {
      throw new PythonTypeError(`'${typeNameOf(value)}' object cannot be interpreted as an integer`)
    }
    const exact = BigInt(value)
    return exact < 0n ? `-0x${(-exact).toString(16)}` : `0x${exact.toString(16)}`
  }),
]

function asInt(value: unknown): unknown {
  if (value === null) return 0
  if (typeof value === 'string' || typeof value === 'boolean' || isInt(value) || isFloat(value)) return toInt(value)
  throw notAnInt(value)
}

function notAnInt(value: unknown): PythonTypeError {
  const type = typeNameOf(value)
  return new PythonTypeError(`int() argument must be a string, a bytes-like object or a real number, not '${type}'`)
}

function asFloat(value: unknown): unknown {
  if (value === null) return new PyFloat(0)
  if (typeof value === 'string' || typeof value === 'boolean' || isInt(value) || isFloat(value)) {
    return makeFloat(toFloat(value))
  }
  throw new PythonTypeError(`float() argument must be a string or a real number, not '${typeNameOf(value)}'`)
}

function bitwise(operate: (left: bigint, right: bigint) => bigint) {
  return (_scope: Scope, left: Int, right: Int): unknown => {
    const result = operate(toBigInt(left), toBigInt(right))
    return typeof left === 'boolean' && typeof right === 'boolean' ? result !== 0n : makeInt(result)
  }
}

function requireShift(bits: Int): void {
  if (toBigInt(bits) < 0n) throw new PythonValueError('negative shift count')
}

function modularPower(base: Number_, exponent: Number_, modulus: Number_): unknown {
  if (!isInt(base) || !isInt(exponent) || !isInt(modulus)) {
    throw new PythonTypeError('pow() 3rd argument not allowed unless all arguments are integers')
  }
  const m = BigInt(modulus)
  if (m === 0n) throw new PythonValueError('pow() 3rd argument cannot be 0')
  const size = m < 0n ? -m : m
  let power = BigInt(exponent)
  let factor = modulo(BigInt(base), size)
  if (power < 0n) {
    factor = inverse(factor, size)
    power = -power
  }
  let result = modulo(1n, size)
  for (; power > 0n; power >>= 1n) {
    chargeInt(size)
    chargeInt(power)
    if ((power & 1n) === 1n) result = (result * factor) % size
    factor = (factor * factor) % size
  }
  return makeInt(m < 0n && result !== 0n ? result - size : result)
}

function modulo(value: bigint, size: bigint): bigint {
  const rest = value % size
  return rest < 0n ? rest + size : rest
}

function inverse(value: bigint, size: bigint): bigint {
  let [a, b, x, y] = [value, size, 1n, 0n]
  while (b !== 0n) {
    chargeInt(size)
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  if (a !== 1n && size !== 1n) throw new PythonValueError('base is not invertible for the given modulus')
  return modulo(x, size)
}

/** @source CPython: Lib/random.py randint */
function randomInt(scope: Scope, from: unknown, to: unknown): unknown {
  const end = binary('+', requireAddable(to), 1)
  const low = randomBound(from, 'non-integer arg 1 for randrange()')
  const high = randomBound(end, 'non-integer stop for randrange()')
  const width = high - low
  if (width <= 0n) throw new PythonValueError(`empty range for randrange() (${low}, ${high}, ${width})`)
  const place = BigInt(Math.floor(scope.evaluation.random() * 2 ** 53))
  return makeInt(low + (place * width) / 2n ** 53n)
}

function requireAddable(value: unknown): unknown {
  if (isInt(value) || isFloat(value) || typeof value === 'boolean') return value
  const type = typeNameOf(value)
  if (typeof value === 'string' || Array.isArray(value)) {
    throw new PythonTypeError(`can only concatenate ${type} (not "int") to ${type}`)
  }
  throw new PythonTypeError(`unsupported operand type(s) for +: '${type}' and 'int'`)
}

function randomBound(value: unknown, problem: string): bigint {
  if (isInt(value) || typeof value === 'boolean') return BigInt(value)
  if (value !== null && !(isFloat(value) && Number.isInteger(floatValue(value)))) {
    asInt(value)
    throw new PythonValueError(problem)
  }
  if (!isFloat(value)) throw notAnInt(value)
  return BigInt(floatValue(value))
}
