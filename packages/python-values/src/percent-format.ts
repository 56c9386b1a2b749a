/** Python's `text % values`. */
import { getKey, hasKey } from './dict.ts'
import { toInt } from './convert.ts'
import { PythonKeyError, PythonOverflowError, PythonTypeError, PythonValueError } from './errors.ts'
import { formatValue } from './format-spec.ts'
import { requireWithin } from './limits.ts'
import { isDict, isFloat, isInt, isNumeric, PyObject, PyTuple, typeName } from './kinds.ts'
import { ascii, repr, str } from './repr.ts'

const DIRECTIVE = /%(?:\(([^()]*)\))?([-#0 +]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S]?)/g

/** @throws PythonTypeError when values and directives do not fit */
export function formatPercent(template: string, values: unknown): string {
  const given = new Values(values)
  const text = template.replace(DIRECTIVE, (directive, ...rest: unknown[]) => {
    const [name, flags, width, precision, type] = rest
      .slice(0, 5)
      .map((part) => (part === undefined ? null : String(part)))
    const at = Number(rest[5]) + directive.length - 1
    return format(
      {
        name: name ?? null,
        flags: flags ?? '',
        width: width ?? null,
        precision: precision ?? null,
        type: type ?? '',
        at,
        isPlain: directive.length === 2,
      },
      given,
    )
  })
  given.requireAllUsed()
  return text
}

interface Directive {
  name: string | null
  flags: string
  width: string | null
  precision: string | null
  type: string
  at: number
  /** Nothing stands between the sign and the type. */
  isPlain: boolean
}

/** The values right of the operator: a tuple gives several, a mapping gives them by name. */
class Values {
  readonly #given: unknown
  readonly #list: unknown[]
  #used = 0

  constructor(given: unknown) {
    this.#given = given
    this.#list = given instanceof PyTuple ? [...given] : [given]
  }

  next(): unknown {
    if (this.#used >= this.#list.length) throw new PythonTypeError('not enough arguments for format string')
    return this.#list[this.#used++]
  }

  named(name: string): unknown {
    this.requireMapping()
    if (this.#given instanceof PyObject) this.#given.pyRequireNumber()
    if (!isDict(this.#given)) {
      throw new PythonTypeError(`${typeName(this.#given)} indices must be integers or slices, not str`)
    }
    this.#used = this.#list.length
    if (!hasKey(this.#given, name)) throw new PythonKeyError(repr(name))
    return getKey(this.#given, name)
  }

  requireMapping(): void {
    if (!this.#isMapping()) throw new PythonTypeError('format requires a mapping')
  }

  /** Lists count as mappings here, as they do in Python. */
  #isMapping(): boolean {
    if (this.#given instanceof PyObject) return this.#given.pyHasElements
    return isDict(this.#given) || (Array.isArray(this.#given) && !(this.#given instanceof PyTuple))
  }

  requireAllUsed(): void {
    if (this.#used < this.#list.length && !this.#isMapping()) {
      throw new PythonTypeError('not all arguments converted during string formatting')
    }
  }
}

function format(directive: Directive, values: Values): string {
  const { name, type } = directive
  if (type === '') throw new PythonValueError('incomplete format')
  if (directive.isPlain && type === '%') return '%'
  if (directive.isPlain && type === '(') {
    values.requireMapping()
    throw new PythonValueError('incomplete format key')
  }
  const width = measure(directive.width, values)
  const wanted = measure(directive.precision === '' ? '0' : directive.precision, values)
  const precision = wanted === null ? null : Math.max(0, wanted)
  const value = name === null ? values.next() : values.named(name)
  const text = convert(value, directive, precision)
  return pad(text, directive, width ?? 0)
}

/** A width or precision, written down or taken from the values by `*`. */
function measure(text: string | null, values: Values): number | null {
  if (text === null) return null
  const value = text === '*' ? values.next() : Number(text)
  if (!isInt(value) && typeof value !== 'boolean') throw new PythonTypeError('* wants int')
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) {
    throw new PythonOverflowError('Python int too large to convert to C ssize_t')
  }
  requireWithin('formatWidth', Math.abs(Number(value)))
  return Number(value)
}

const FLOAT_TYPES = 'eEfFgG'
const INT_TYPES: Record<string, string> = { d: 'd', i: 'd', u: 'd', x: 'x', X: 'X', o: 'o' }

function convert(value: unknown, { type, flags, at }: Directive, precision: number | null): string {
  if (type === 's') return cut(str(value), precision)
  if (type === 'r') return cut(repr(value), precision)
  if (type === 'a') return cut(ascii(value), precision)
  if (type === 'c') return character(value)
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const alternate = flags.includes('#') ? '#' : ''
  if (FLOAT_TYPES.includes(type)) {
    if (value instanceof PyObject) value.pyRequireNumber()
    if (!isNumeric(value)) throw new PythonTypeError(`must be real number, not ${typeName(value)}`)
    return formatValue(value, `${sign}${alternate}.${precision ?? 6}${type}`)
  }
  const int = Object.hasOwn(INT_TYPES, type) ? INT_TYPES[type] : undefined
  if (int === undefined) {
    const code = (type.codePointAt(0) ?? 0).toString(16)
    throw new PythonValueError(`unsupported format character '${type}' (0x${code}) at index ${at}`)
  }
  return withDigits(formatValue(integer(value, type), `${sign}${alternate}${int}`), precision)
}

function cut(text: string, precision: number | null): string {
  return precision === null ? text : Array.from(text).slice(0, precision).join('')
}

function character(value: unknown): string {
  if (typeof value === 'string' && Array.from(value).length === 1) return value
  if (isInt(value) || typeof value === 'boolean') {
    if (Number(value) < 0 || Number(value) > 0x10ffff) throw new PythonOverflowError('%c arg not in range(0x110000)')
    return String.fromCodePoint(Number(value))
  }
  throw new PythonTypeError('%c requires int or char')
}

function integer(value: unknown, type: string): number | bigint {
  if (value instanceof PyObject && !'xXo'.includes(type)) value.pyRequireNumber()
  if (isFloat(value) && 'xXo'.includes(type)) {
    throw new PythonTypeError(`%${type} format: an integer is required, not float`)
  }
  if (!isNumeric(value)) {
    const wanted = 'xXo'.includes(type) ? 'an integer' : 'a real number'
    throw new PythonTypeError(`%${type} format: ${wanted} is required, not ${typeName(value)}`)
  }
  return toInt(value)
}

const SIGNED = /^([-+ ]?(?:0[xXo])?)([\s\S]*)$/

/** The precision of an integer is its least number of digits. */
function withDigits(text: string, precision: number | null): string {
  const [, sign = '', digits = ''] = SIGNED.exec(text) ?? []
  return sign + digits.padStart(precision ?? 0, '0')
}

function pad(text: string, { flags, type }: Directive, width: number): string {
  const room = Math.max(0, Math.abs(width) - Array.from(text).length)
  if (flags.includes('-') || width < 0) return text + ' '.repeat(room)
  if (!flags.includes('0') || 'srac'.includes(type)) return ' '.repeat(room) + text
  const [, sign = '', digits = ''] = SIGNED.exec(text) ?? []
  return sign + '0'.repeat(room) + digits
}
