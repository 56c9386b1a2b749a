import { PythonValueError } from './errors.ts'
import { entriesOf } from './dict.ts'
import { requireWithin } from './limits.ts'
import { floatValue, isDict, isFloat, isInt, MAX_INT_DIGITS, type PyInt, PyObject, PyTuple, typeName } from './kinds.ts'

/** Python's `repr()`. */
export function repr(value: unknown): string {
  return reprAt(value, 0)
}

/** Python's `ascii()`: `repr` with everything else escaped. */
export function ascii(value: unknown): string {
  return repr(value).replace(/[^\0-\x7f]/gu, (char) => escapeCode(char.codePointAt(0) ?? 0))
}

/** Python's `str()`: texts as they are, everything else as `repr` shows it. */
export function str(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof PyObject) return value.pyStr()
  return reprAt(value, 0)
}

/** Deep values have no text. Python's own limit depends on its stack (about 1,000). */
function reprAt(value: unknown, depth: number): string {
  requireWithin('valueDepth', depth)
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return reprString(value)
  if (isInt(value)) return reprInt(value)
  if (isFloat(value)) return reprFloat(floatValue(value))
  const item = (inner: unknown): string => reprAt(inner, depth + 1)
  if (value instanceof PyTuple) return value.length === 1 ? `(${item(value[0])},)` : `(${value.map(item).join(', ')})`
  if (Array.isArray(value)) return `[${value.map(item).join(', ')}]`
  if (isDict(value))
    return `{${entriesOf(value)
      .map(([key, inner]) => `${item(key)}: ${item(inner)}`)
      .join(', ')}}`
  if (value instanceof Set) return value.size === 0 ? 'set()' : `{${[...value].map(item).join(', ')}}`
  if (value instanceof PyObject) return value.pyRepr()
  return `<${typeName(value)}>`
}

/** @throws PythonValueError for more digits than Python shows */
function reprInt(value: PyInt): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  const text = BigInt(value).toString()
  if (text.length > MAX_INT_DIGITS + 1) {
    throw new PythonValueError(
      `Exceeds the limit (${MAX_INT_DIGITS} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
    )
  }
  return text
}

/** Shortest digits that read back as the same float; an exponent below 1e-4 and from 1e16 on. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [mantissa = '0', power = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  return sign + placePoint(digits, Number(power))
}

function placePoint(digits: string, power: number): string {
  if (power < -4 || power >= 16) {
    const mantissa = digits.length > 1 ? `${digits.slice(0, 1)}.${digits.slice(1)}` : digits
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  }
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0')
  return `${whole}.${digits.slice(power + 1) || '0'}`
}

const SHORT_ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

// What str.isprintable() refuses, without the blank.
const UNPRINTABLE = /[\\'"\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/gu
const NEEDS_WORK = /[^ !#-&(-[\]-~]/

function reprString(text: string): string {
  if (!NEEDS_WORK.test(text)) return `'${text}'`
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  return quote + text.replace(UNPRINTABLE, (char) => escapeChar(char, quote)) + quote
}

function escapeChar(char: string, quote: string): string {
  if (char === ' ') return char
  if (char === "'" || char === '"') return char === quote ? `\\${char}` : char
  const short = SHORT_ESCAPES[char]
  if (short !== undefined) return short
  return escapeCode(char.codePointAt(0) ?? 0)
}

function escapeCode(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}
