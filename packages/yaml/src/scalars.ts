/** The scalar tags that PyYAML's SafeLoader knows; `merge` and `value` have a meaning only as mapping keys. */
export type ScalarTag = 'str' | 'null' | 'bool' | 'int' | 'float' | 'timestamp' | 'binary' | 'merge' | 'value'

export type ScalarValue = string | number | boolean | null

/** What a text means as a plain scalar (PyYAML's implicit resolvers: YAML 1.1 without `y` and `n`). */
export function implicitTag(text: string): ScalarTag {
  if (text === '') return 'null'
  const first = text.charCodeAt(0)
  if (first >= ZERO && first <= NINE) return numberTag(text)
  switch (text[0]) {
    case '+':
    case '-':
    case '.':
      return numberTag(text)
    case 'y':
    case 'Y':
    case 't':
    case 'T':
    case 'f':
    case 'F':
    case 'o':
    case 'O':
      return BOOLEANS.has(text) ? 'bool' : 'str'
    case 'n':
    case 'N':
      if (BOOLEANS.has(text)) return 'bool'
      return NULLS.has(text) ? 'null' : 'str'
    case '~':
      return text === '~' ? 'null' : 'str'
    case '<':
      return text === '<<' ? 'merge' : 'str'
    case '=':
      return text === '=' ? 'value' : 'str'
    default:
      return 'str'
  }
}

/**
 * The value of a scalar under a tag, as upstream's JSON shows it: a date becomes ISO text, binary its UTF-8 text.
 *
 * @throws RangeError with the reason when the text is not a value of the tag
 */
export function scalarValue(tag: ScalarTag, text: string): ScalarValue {
  switch (tag) {
    case 'str':
      return text
    case 'null':
      return null
    case 'bool':
      return booleanValue(text)
    case 'int':
      return integerValue(text)
    case 'float':
      return floatValue(text)
    case 'timestamp':
      return timestampValue(text)
    case 'binary':
      return binaryValue(text)
    case 'merge':
    case 'value':
      throw new RangeError(`could not determine a constructor for the tag 'tag:yaml.org,2002:${tag}'`)
  }
}

/** A float as Python's repr prints it: always with a point, an exponent below 1e-4 and from 1e16 on. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = '', exponent = '0'] = value.toExponential().split('e')
    const power = Number(exponent)
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  }
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

const ZERO = 48
const NINE = 57
const BOOLEANS = new Map<string, boolean>(
  [
    ...['yes', 'true', 'on'].map((word) => [word, true] as const),
    ...['no', 'false', 'off'].map((word) => [word, false] as const),
  ].flatMap(([word, value]) => [
    [word, value] as const,
    [word.charAt(0).toUpperCase() + word.slice(1), value] as const,
    [word.toUpperCase(), value] as const,
  ]),
)
const NULLS = new Set(['null', 'Null', 'NULL'])

/** A float needs its point, an exponent its sign. */
const FLOAT = wholeOf(
  /[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?/,
  /\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?/,
  /[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*/,
  /[-+]?\.(?:inf|Inf|INF)/,
  /\.(?:nan|NaN|NAN)/,
)
/** Binary, leading-zero octal, decimal, hexadecimal, sexagesimal. */
const INTEGER = wholeOf(
  /[-+]?0b[0-1_]+/,
  /[-+]?0[0-7_]+/,
  /[-+]?(?:0|[1-9][0-9_]*)/,
  /[-+]?0x[0-9a-fA-F_]+/,
  /[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+/,
)
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/
const DATE_TIME =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?$/
const TIMESTAMP_PARTS =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?(?:[ \t]*(Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?)?$/

function wholeOf(...alternatives: RegExp[]): RegExp {
  return new RegExp(`^(?:${alternatives.map((alternative) => alternative.source).join('|')})$`)
}

function numberTag(text: string): ScalarTag {
  if (INTEGER.test(text)) return 'int'
  if (FLOAT.test(text)) return 'float'
  return DATE.test(text) || DATE_TIME.test(text) ? 'timestamp' : 'str'
}

function booleanValue(text: string): boolean {
  const value = BOOLEANS.get(text.toLowerCase())
  if (value === undefined) throw new RangeError(`invalid boolean '${text}'`)
  return value
}

function integerValue(text: string): number {
  const { sign, digits } = signAndDigits(text)
  if (digits.startsWith('0b')) return sign * digitsValue(text, digits.slice(2), 2)
  if (digits.startsWith('0x')) return sign * digitsValue(text, digits.slice(2), 16)
  if (digits !== '0' && digits.startsWith('0')) return sign * digitsValue(text, digits, 8)
  if (digits.includes(':')) return sign * sexagesimal(digits.split(':').map((part) => digitsValue(text, part, 10)))
  return sign * digitsValue(text, digits, 10) || 0
}

const DIGITS: Record<2 | 8 | 10 | 16, RegExp> = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-fA-F]+$/ }

/** NOTE: integers past 2^53 lose precision, as they do in every JSON body of this platform. */
function digitsValue(text: string, given: string, base: 2 | 8 | 10 | 16): number {
  const digits = given.trim()
  if (!DIGITS[base].test(digits)) throw new RangeError(`invalid integer '${text}' in base ${base}`)
  return base === 10 ? Number(digits) : Number.parseInt(digits, base)
}

function floatValue(text: string): number {
  const { sign, digits } = signAndDigits(text.toLowerCase())
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY
  if (digits === '.nan') return Number.NaN
  if (digits.includes(':')) return sign * sexagesimal(digits.split(':').map((part) => decimalValue(text, part)))
  return sign * decimalValue(text, digits)
}

const PYTHON_FLOATS: Record<string, number> = { inf: Infinity, infinity: Infinity, nan: Number.NaN }
const DECIMAL = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/

function decimalValue(text: string, given: string): number {
  const digits = given.trim()
  const named = PYTHON_FLOATS[digits]
  if (named !== undefined) return named
  if (!DECIMAL.test(digits)) throw new RangeError(`could not convert '${text}' to a float`)
  return Number(digits)
}

function signAndDigits(text: string): { sign: 1 | -1; digits: string } {
  const digits = text.replaceAll('_', '')
  if (digits.startsWith('-')) return { sign: -1, digits: digits.slice(1) }
  return { sign: 1, digits: digits.startsWith('+') ? digits.slice(1) : digits }
}

function sexagesimal(parts: number[]): number {
  return parts.reduce((total, part) => total * 60 + part, 0)
}

function timestampValue(text: string): string {
  const match = TIMESTAMP_PARTS.exec(text)
  if (match === null) throw new RangeError(`invalid timestamp '${text}'`)
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const date = isoDate(text, year ?? 0, month ?? 0, day ?? 0)
  if (match[4] === undefined) return date
  return `${date}T${isoTime(text, hour ?? 0, minute ?? 0, second ?? 0)}${isoFraction(match[7])}${isoZone(text, match)}`
}

function isoDate(text: string, year: number, month: number, day: number): string {
  const daysInMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  if (year < 1) throw new RangeError(`year is out of range in '${text}'`)
  if (month < 1 || month > 12) throw new RangeError(`month must be in 1..12 in '${text}'`)
  if (day < 1 || day > daysInMonth) throw new RangeError(`day is out of range for month in '${text}'`)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function isoTime(text: string, hour: number, minute: number, second: number): string {
  if (hour > 23) throw new RangeError(`hour must be in 0..23 in '${text}'`)
  if (minute > 59) throw new RangeError(`minute must be in 0..59 in '${text}'`)
  if (second > 59) throw new RangeError(`second must be in 0..59 in '${text}'`)
  return `${two(hour)}:${two(minute)}:${two(second)}`
}

/** Microseconds, left out when there are none. */
function isoFraction(digits: string | undefined): string {
  const micros = (digits ?? '').slice(0, 6).padEnd(6, '0')
  return micros === '000000' ? '' : `.${micros}`
}

function isoZone(text: string, match: RegExpExecArray): string {
  const [zone, sign, hours, minutes] = [match[8], match[9], match[10], match[11]]
  if (zone === undefined) return ''
  const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  if (offset >= 24 * 60) throw new RangeError(`offset must be less than 24 hours in '${text}'`)
  return `${sign === '-' && offset > 0 ? '-' : '+'}${two(Math.floor(offset / 60))}:${two(offset % 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function binaryValue(text: string): string {
  if (/[^\0-\x7F]/.test(text)) throw new RangeError('failed to convert base64 data into ascii')
  try {
    const bytes = Uint8Array.from(atob(base64Digits(text)), (char) => char.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new RangeError('failed to decode base64 data that holds UTF-8 text', { cause: error })
  }
}

/** Python skips what is no base64 and stops at the first padding that completes a group of four. */
function base64Digits(text: string): string {
  let digits = ''
  let padding = 0
  for (const char of text) {
    if (/[A-Za-z0-9+/]/.test(char)) {
      digits += char
      padding = 0
    } else if (char === '=' && digits.length % 4 >= 2) {
      padding += 1
      if ((digits.length % 4) + padding === 4) return digits
    }
  }
  if (digits.length % 4 !== 0) throw new RangeError('incorrect padding')
  return digits
}
