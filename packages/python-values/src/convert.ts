import { PythonOverflowError, PythonTypeError, PythonValueError } from './errors.ts'
import { floatValue, isFloat, makeInt, MAX_INT_DIGITS, type PyInt, PyFloat, typeName } from './kinds.ts'
import { repr } from './repr.ts'

const PREFIXES: Record<number, RegExp> = { 2: /^0[bB]_?/, 8: /^0[oO]_?/, 16: /^0[xX]_?/ }
const DIGITS = /^[0-9a-z]+(?:_[0-9a-z]+)*$/i

/** Python's `int()`. @throws PythonValueError `invalid literal for int() with base 10: 'x'` */
export function toInt(value: unknown, base = 10): PyInt {
  if (typeof value === 'string') return intFromText(value, base)
  if (typeof value === 'boolean') return Number(value)
  if (isFloat(value)) return intFromFloat(floatValue(value))
  if (typeof value === 'number' || typeof value === 'bigint') return value
  throw new PythonTypeError(
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  )
}

function intFromFloat(value: number): PyInt {
  if (Number.isNaN(value)) throw new PythonValueError('cannot convert float NaN to integer')
  if (!Number.isFinite(value)) throw new PythonOverflowError('cannot convert float infinity to integer')
  return makeInt(BigInt(Math.trunc(value)))
}

function intFromText(text: string, base: number): PyInt {
  if (base !== 0 && (base < 2 || base > 36)) throw new PythonValueError('int() base must be >= 2 and <= 36, or 0')
  const invalid = new PythonValueError(`invalid literal for int() with base ${base}: ${repr(text)}`)
  const [, sign = '', unsigned = ''] = /^([+-]?)([\s\S]*)$/.exec(asciiDigits(stripText(text))) ?? []
  const actualBase = base === 0 ? baseOf(unsigned) : base
  const prefix = PREFIXES[actualBase]
  const digits = prefix === undefined ? unsigned : unsigned.replace(prefix, '')
  if (!DIGITS.test(digits)) throw invalid
  const bare = digits.replaceAll('_', '').toLowerCase()
  if (base === 0 && actualBase === 10 && /^0+[1-9]/.test(bare)) throw invalid
  if (bare.length > MAX_INT_DIGITS && (actualBase & (actualBase - 1)) !== 0) {
    throw new PythonValueError(
      `Exceeds the limit (${MAX_INT_DIGITS} digits) for integer string conversion: value has ${bare.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    )
  }
  const size = digitsToInt(bare, actualBase)
  if (size === undefined) throw invalid
  return makeInt(sign === '-' ? -size : size)
}

function baseOf(digits: string): number {
  const found = Object.entries(PREFIXES).find(([, prefix]) => prefix.test(digits))
  return found === undefined ? 10 : Number(found[0])
}

function digitsToInt(digits: string, base: number): bigint | undefined {
  const values = Array.from(digits, (digit) => Number.parseInt(digit, 36))
  if (values.some((value) => value >= base)) return undefined
  if (base === 10) return BigInt(digits)
  return values.reduce((sum, value) => sum * BigInt(base) + BigInt(value), 0n)
}

const FLOAT_TEXT = /^[+-]?(?:(?:\d+(?:_\d+)*)?\.?(?:\d+(?:_\d+)*)?(?:e[+-]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i

/**
 * Python's `float()`, as a JavaScript number; inside an expression wrap it with `makeFloat`.
 *
 * @throws PythonValueError `could not convert string to float: 'x'`
 */
export function toFloat(value: unknown): number {
  if (typeof value === 'string') return floatFromText(value)
  if (typeof value === 'boolean' || typeof value === 'number') return Number(value)
  if (value instanceof PyFloat) return value.value
  if (typeof value === 'bigint') return floatFromInt(value)
  throw new PythonTypeError(`float() argument must be a string or a real number, not '${typeName(value)}'`)
}

export function floatFromInt(value: bigint): number {
  const float = Number(value)
  if (!Number.isFinite(float)) throw new PythonOverflowError('int too large to convert to float')
  return float
}

function floatFromText(text: string): number {
  const bare = asciiDigits(stripText(text)).toLowerCase()
  if (!FLOAT_TEXT.test(bare) || !/\d|inf|nan/.test(bare.replace(/e.*/, ''))) {
    throw new PythonValueError(`could not convert string to float: ${repr(text)}`)
  }
  if (bare.endsWith('nan')) return Number.NaN
  if (bare.includes('inf')) return bare.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(bare.replaceAll('_', ''))
}

/** Characters that `str.strip()` removes: wider than JavaScript's trim in the separators, without U+FEFF. */
export const PYTHON_SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const OUTER_SPACE = new RegExp(`^[${PYTHON_SPACE}]+|[${PYTHON_SPACE}]+$`, 'g')

export function stripText(text: string): string {
  return text.replace(OUTER_SPACE, '')
}

/** Decimal digits of any script count as 0 to 9. Unicode keeps them in runs of ten that start at …0 or …6. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (char) => {
    const code = char.codePointAt(0) ?? 0
    if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10)
    const low = code & 0xf
    return String(/\p{Nd}/u.test(String.fromCodePoint(code - low)) ? low : low - 6)
  })
}
