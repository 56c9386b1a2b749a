import {
  equals,
  floatValue,
  isFloat,
  isInt,
  isTruthy,
  makeFloat,
  makeInt,
  PythonTypeError,
  PythonValueError,
  PyTuple,
  toInt,
  typeName,
} from '@st2/python-values'
import { intFromBytes, intToBytes } from '../bytes.ts'
import { textOf } from '../objects.ts'
import { method, type MethodTable } from './method.ts'

function isIntValue(value: unknown): value is number | bigint | boolean {
  return isInt(value) || typeof value === 'boolean'
}

function sizeOfInt(value: number | bigint | boolean): string {
  const int = BigInt(value)
  return int === 0n ? '' : (int < 0n ? -int : int).toString(2)
}

/** Of ints and bools: messages call both int. */
export const INT_METHODS: MethodTable = {
  bit_length: method(isIntValue, 'int', 'bit_length', [], (value) => sizeOfInt(value).length),
  bit_count: method(isIntValue, 'int', 'bit_count', [], (value) => sizeOfInt(value).replaceAll('0', '').length),
  conjugate: method(isIntValue, 'int', 'conjugate', [], (value) => makeInt(BigInt(value))),
  as_integer_ratio: method(isIntValue, 'int', 'as_integer_ratio', [], (value) =>
    PyTuple.from<unknown>([makeInt(BigInt(value)), 1]),
  ),
  to_bytes: method(
    isIntValue,
    'int',
    'to_bytes',
    [
      ['length', 1],
      ['byteorder', 'big'],
      ['signed', false],
    ],
    (value, [length, order, signed], scope) => {
      const size = indexArgument(length)
      scope.budget.requireLength(size)
      return intToBytes(BigInt(value), size, textArgument('to_bytes', order), isTruthy(signed))
    },
  ),
  from_bytes: method(
    isIntValue,
    'int',
    'from_bytes',
    ['bytes', ['byteorder', 'big'], ['signed', false]],
    (_value, [bytes, order, signed]) =>
      makeInt(intFromBytes(bytes, textArgument('from_bytes', order), isTruthy(signed))),
  ),
}

function indexArgument(value: unknown): number {
  if (isInt(value) || typeof value === 'boolean') return Number(value)
  throw new PythonTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
}

function textArgument(name: string, value: unknown): string {
  const text = textOf(value)
  if (typeof text === 'string') return text
  throw new PythonTypeError(`${name}() argument 'byteorder' must be str, not ${typeName(text)}`)
}

export const FLOAT_METHODS: MethodTable = {
  is_integer: method(isFloat, 'float', 'is_integer', [], (value) => {
    const float = floatValue(value)
    return Number.isFinite(float) && equals(toInt(float), float)
  }),
  conjugate: method(isFloat, 'float', 'conjugate', [], (value) => value),
  as_integer_ratio: method(isFloat, 'float', 'as_integer_ratio', [], (value) => ratioOf(floatValue(value))),
  hex: method(isFloat, 'float', 'hex', [], (value) => hexOf(floatValue(value))),
  fromhex: method(isFloat, 'float', 'fromhex', ['string'], (_value, [text]) => makeFloat(fromHex(textOf(text)))),
}

function ratioOf(value: number): PyTuple<unknown> {
  if (Number.isNaN(value)) throw new PythonValueError('cannot convert NaN to integer ratio')
  if (!Number.isFinite(value)) {
    throw new PythonValueError('cannot convert Infinity to integer ratio', {}, 'OverflowError')
  }
  let [top, power] = [value, 0]
  while (!Number.isInteger(top)) {
    top *= 2
    power++
  }
  return PyTuple.from<unknown>([makeInt(BigInt(top)), makeInt(2n ** BigInt(power))])
}

function hexOf(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (!Number.isFinite(value)) return `${sign}inf`
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Math.abs(value))
  const bits = view.getBigUint64(0)
  const digits = (bits & 0xf_ffff_ffff_ffffn).toString(16).padStart(13, '0')
  const power = Number(bits >> 52n)
  if (value === 0) return `${sign}0x0.0p+0`
  const shift = power === 0 ? -1022 : power - 1023
  return `${sign}0x${power === 0 ? 0 : 1}.${digits}p${shift < 0 ? '' : '+'}${shift}`
}

const HEX = /^\s*([+-]?)(?:(inf|infinity|nan)|(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d{1,9}))?)\s*$/i

function fromHex(text: unknown): number {
  if (typeof text !== 'string') throw new PythonTypeError('bad argument type for built-in operation')
  const [match, sign, special, whole = '', rest = '', power = '0'] = HEX.exec(text) ?? []
  if (match === undefined || (special === undefined && whole + rest === '')) {
    throw new PythonValueError('invalid hexadecimal floating-point string')
  }
  const size =
    special === undefined
      ? scaled(BigInt(`0x${whole}${rest}`), Number(power) - 4 * rest.length)
      : special.toLowerCase() === 'nan'
        ? Number.NaN
        : Number.POSITIVE_INFINITY
  if (special === undefined && !Number.isFinite(size)) {
    throw new PythonValueError('hexadecimal value too large to represent as a float', {}, 'OverflowError')
  }
  return sign === '-' ? -size : size
}

/** Two factors, since one alone may leave the range of floats. */
function scaled(digits: bigint, power: number): number {
  const half = Math.trunc(power / 2)
  return Number(digits) * 2 ** half * 2 ** (power - half)
}
