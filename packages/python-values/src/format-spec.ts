/** Python's format specifications: what stands after the colon in `'{:>8.2f}'.format(x)`. */
import { PythonOverflowError, PythonTypeError, PythonValueError } from './errors.ts'
import { floatValue, isFloat, isNumeric, typeName } from './kinds.ts'
import { toFloat, toInt } from './convert.ts'
import { requireWithin } from './limits.ts'
import { reprFloat, str } from './repr.ts'
import { fixed } from './rounding.ts'

interface Spec {
  fill: string
  align: string
  sign: string
  /** `z`: a result of minus zero loses its sign. */
  dropsNegativeZero: boolean
  alternate: boolean
  width: number
  grouping: string
  precision: number | null
  type: string
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([\s\S])?$/u

/** Python's `format(value, spec)`. @throws PythonValueError for a specification that does not fit the value */
export function formatValue(value: unknown, text: string): string {
  if (text === '') return str(value)
  if (typeof value !== 'string' && !isNumeric(value)) {
    throw new PythonTypeError(`unsupported format string passed to ${typeName(value)}.__format__`)
  }
  const spec = parseSpec(text, value)
  if (typeof value === 'string') return pad(formatString(value, spec), spec, '<')
  if (isFloat(value)) return padNumber(formatFloat(floatValue(value), spec), spec)
  return padNumber(formatInt(value, spec), spec)
}

function parseSpec(text: string, value: unknown): Spec {
  const match = SPEC.exec(text)
  if (match === null)
    throw new PythonValueError(`Invalid format specifier '${text}' for object of type '${typeName(value)}'`)
  const [, fill, align, sign, dropsNegativeZero, alternate, zero, width, grouping, precision, type] = match
  const spec: Spec = {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined || typeof value === 'string' ? '' : '='),
    sign: sign ?? '',
    dropsNegativeZero: dropsNegativeZero !== undefined,
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? '',
    precision: precision === undefined ? null : Number(precision),
    type: type ?? '',
  }
  if (spec.width >= 2 ** 63 || (spec.precision ?? 0) >= 2 ** 63) {
    throw new PythonValueError('Too many decimal digits in format string')
  }
  requireWithin('formatWidth', spec.width)
  return spec
}

/** Types that ints, and floats, can be shown in. */
const INT_TYPES = 'bcdnoxX'
const FLOAT_TYPES = 'eEfFgGn%'

function unknownCode(spec: Spec, kind: string): PythonValueError {
  return new PythonValueError(`Unknown format code '${spec.type}' for object of type '${kind}'`)
}

function formatString(value: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownCode(spec, 'str')
  if (spec.sign === ' ') throw new PythonValueError('Space not allowed in string format specifier')
  if (spec.sign !== '') throw new PythonValueError('Sign not allowed in string format specifier')
  if (spec.dropsNegativeZero) throw noCoercion('string')
  if (spec.grouping !== '') throw new PythonValueError(`Cannot specify '${spec.grouping}' with 's'.`)
  if (spec.align === '=') throw new PythonValueError("'=' alignment not allowed in string format specifier")
  return spec.precision === null ? value : Array.from(value).slice(0, spec.precision).join('')
}

const RADIX: Record<string, { base: number; prefix: string }> = {
  b: { base: 2, prefix: '0b' },
  o: { base: 8, prefix: '0o' },
  x: { base: 16, prefix: '0x' },
  X: { base: 16, prefix: '0X' },
}

function noCoercion(kind: string): PythonValueError {
  return new PythonValueError(`Negative zero coercion (z) not allowed in ${kind} format specifier`)
}

function formatInt(value: number | bigint | boolean, spec: Spec): string {
  const isFloatType = spec.type !== 'n' && FLOAT_TYPES.includes(spec.type)
  if (spec.type !== '' && isFloatType) return formatFloat(toFloat(value), spec)
  if (!INT_TYPES.includes(spec.type)) throw unknownCode(spec, typeName(value))
  if (spec.dropsNegativeZero) throw noCoercion('integer')
  if (spec.precision !== null) throw new PythonValueError('Precision not allowed in integer format specifier')
  const int = BigInt(toInt(value))
  if (spec.type === 'c') return characterOf(int)
  const { base, prefix } = RADIX[spec.type] ?? { base: 10, prefix: '' }
  const size = (int < 0n ? -int : int).toString(base)
  const digits = group(spec.type === 'X' ? size.toUpperCase() : size, spec.grouping, base === 10 ? 3 : 4)
  return signOf(int < 0n, spec) + (spec.alternate ? prefix : '') + digits
}

function characterOf(code: bigint): string {
  if (BigInt.asIntN(64, code) !== code) throw new PythonOverflowError('Python int too large to convert to C long')
  if (code < 0n || code > 0x10ffffn) throw new PythonOverflowError('%c arg not in range(0x110000)')
  return String.fromCodePoint(Number(code))
}

function formatFloat(value: number, spec: Spec): string {
  if (!FLOAT_TYPES.includes(spec.type)) throw unknownCode(spec, 'float')
  const text = floatDigits(Math.abs(value), spec)
  const isZero = spec.dropsNegativeZero && !/[1-9]/.test(text.replace(/e.*/i, ''))
  const negative = !isZero && (value < 0 || Object.is(value, -0))
  const [, whole = '', rest = ''] = /^(\d*)([\s\S]*)$/.exec(text) ?? []
  return signOf(negative, spec) + group(whole, spec.grouping, 3) + rest
}

function floatDigits(size: number, spec: Spec): string {
  const precision = spec.precision ?? 6
  requireWithin('formatPrecision', precision)
  if (!Number.isFinite(size)) {
    const text = reprFloat(size) + (spec.type === '%' ? '%' : '')
    return 'EFG'.includes(spec.type || ' ') ? text.toUpperCase() : text
  }
  if (spec.type === '%') return `${fixedAny(size * 100, precision)}%`
  if (spec.type === 'f' || spec.type === 'F') return fixedAny(size, precision)
  if (spec.type === 'e' || spec.type === 'E') return exponential(size, precision, spec.type)
  if (spec.type === '' && spec.precision === null) return reprFloat(size)
  return general(size, Math.max(1, precision), spec)
}

function fixedAny(size: number, precision: number): string {
  if (size < 1e21) return fixed(size, precision)
  return BigInt(size).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '')
}

function exponential(size: number, precision: number, letter: string): string {
  const [mantissa = '', power = '+0'] = roundedExponential(size, precision).split('e')
  return `${mantissa}${letter}${power.slice(0, 1)}${power.slice(1).padStart(2, '0')}`
}

/** `toExponential` sends exact halves up; Python sends them to the even neighbour. */
function roundedExponential(size: number, precision: number): string {
  const [exact = '', power = ''] = size.toExponential(Math.min(100, precision + 40)).split('e')
  const kept = exact.slice(0, precision === 0 ? 1 : precision + 2)
  const isHalf = /^\.?50*$/.test(exact.slice(kept.length))
  return isHalf && Number(kept.at(-1)) % 2 === 0 ? `${kept}e${power}` : size.toExponential(precision)
}

function general(size: number, precision: number, spec: Spec): string {
  const letter = spec.type === 'G' ? 'E' : 'e'
  const power = size === 0 ? 0 : Number(size.toExponential(precision - 1).split('e')[1])
  const isPlain = power >= -4 && power < (spec.type === '' ? precision - 1 : precision)
  const text = isPlain ? fixedAny(size, Math.max(0, precision - 1 - power)) : exponential(size, precision - 1, letter)
  if (spec.alternate) return text.includes('.') ? text : text.replace(/^\d+/, '$&.')
  const [digits = '', exponent = ''] = text.split(/(?=e)/i)
  const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
  return (spec.type === '' && isPlain && !short.includes('.') ? `${short}.0` : short) + exponent
}

function signOf(negative: boolean, spec: Spec): string {
  if (negative) return '-'
  return spec.sign === '-' ? '' : spec.sign
}

function group(digits: string, separator: string, size: number): string {
  if (separator === '') return digits
  return digits.replace(new RegExp(`\\B(?=(?:[0-9a-fA-F]{${size}})+$)`, 'g'), separator)
}

function padNumber(text: string, spec: Spec): string {
  if (spec.align !== '=') return pad(text, spec, '>')
  const [, sign = '', digits = ''] = /^([-+ ]?(?:0[bBoOxX])?)([\s\S]*)$/.exec(text) ?? []
  return sign + spec.fill.repeat(Math.max(0, spec.width - text.length)) + digits
}

function pad(text: string, spec: Spec, fallback: string): string {
  const room = Math.max(0, spec.width - Array.from(text).length)
  const align = spec.align === '' ? fallback : spec.align
  if (align === '<') return text + spec.fill.repeat(room)
  if (align === '>') return spec.fill.repeat(room) + text
  const left = Math.floor(room / 2)
  return spec.fill.repeat(left) + text + spec.fill.repeat(room - left)
}
