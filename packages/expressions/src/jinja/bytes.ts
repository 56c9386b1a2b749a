/** Bytes, which only `encode` and `to_bytes` make. Each is held as a text of characters up to U+00FF. */
import { binary, isInt, PyObject, PythonTypeError, PythonValueError, typeName } from '@st2/python-values'
import { type DecodingFault, type FindFault, utf16Fault, utf8Fault } from './decoding-faults.ts'

export class PyBytes extends PyObject {
  readonly pyType = 'bytes'
  /** One character up to U+00FF for each byte. */
  readonly latin: string

  constructor(latin: string) {
    super()
    this.latin = latin
  }

  static of(bytes: Iterable<number>): PyBytes {
    return new PyBytes(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }

  get length(): number {
    return this.latin.length
  }

  values(): number[] {
    return Array.from(this.latin, (char) => char.charCodeAt(0))
  }

  override get pyHasElements(): boolean {
    return true
  }

  override pyBinary(operator: string, left: unknown, right: unknown, maxLength: number): unknown {
    if (operator === '+' && left === this) {
      if (!(right instanceof PyBytes)) throw new PythonTypeError(`can't concat ${typeName(right)} to bytes`)
      return new PyBytes(this.latin + right.latin)
    }
    const count = left === this ? right : left
    if (operator !== '*' || (!isInt(count) && typeof count !== 'boolean')) return undefined
    const repeated = binary('*', this.latin, count, maxLength)
    return typeof repeated === 'string' ? new PyBytes(repeated) : undefined
  }

  /** `item in bytes`. */
  holds(item: unknown): boolean {
    if (item instanceof PyBytes) return this.latin.includes(item.latin)
    if (!isInt(item) && typeof item !== 'boolean')
      throw new PythonTypeError(`a bytes-like object is required, not '${typeName(item)}'`)
    if (Number(item) < 0 || Number(item) > 255) throw new PythonValueError('byte must be in range(0, 256)')
    return this.latin.includes(String.fromCharCode(Number(item)))
  }

  pyRepr(): string {
    const quote = this.latin.includes("'") && !this.latin.includes('"') ? '"' : "'"
    return `b${quote}${this.latin.replace(/[^ -~]|[\\'"]/g, (char) => shown(char, quote))}${quote}`
  }

  override pyTruth(): boolean {
    return this.latin !== ''
  }

  override pyEquals(other: unknown): boolean {
    return other instanceof PyBytes && other.latin === this.latin
  }
}

const SHORT: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function shown(char: string, quote: string): string {
  if (char === "'" || char === '"') return char === quote ? `\\${char}` : char
  return SHORT[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
}

/** Encodings by all names that Python knows them by, written small with `_`. */
const ALIASES: Record<string, string> = {
  ...Object.fromEntries('utf_8 utf8 utf u8 cp65001'.split(' ').map((name) => [name, 'utf-8'])),
  ...Object.fromEntries('ascii us_ascii 646 ansi_x3.4_1968 iso646_us us'.split(' ').map((name) => [name, 'ascii'])),
  ...Object.fromEntries(
    'latin_1 latin1 latin iso_8859_1 iso8859_1 8859 cp819 l1 iso8859 iso_ir_100'
      .split(' ')
      .map((name) => [name, 'latin-1']),
  ),
  ...Object.fromEntries('utf_16 u16 utf16'.split(' ').map((name) => [name, 'utf-16'])),
  ...Object.fromEntries('utf_16_le utf_16le unicodelittleunmarked'.split(' ').map((name) => [name, 'utf-16-le'])),
  ...Object.fromEntries('utf_16_be utf_16be unicodebigunmarked'.split(' ').map((name) => [name, 'utf-16-be'])),
  ...Object.fromEntries('utf_32 u32 utf32'.split(' ').map((name) => [name, 'utf-32'])),
  ...Object.fromEntries('utf_32_le utf_32le'.split(' ').map((name) => [name, 'utf-32-le'])),
  ...Object.fromEntries('utf_32_be utf_32be'.split(' ').map((name) => [name, 'utf-32-be'])),
  utf_8_sig: 'utf-8-sig',
}

/** Codecs of Python that are no encodings of texts. */
const NO_TEXT_ENCODINGS = new Set(
  'hex hex_codec base64 base64_codec base_64 rot13 rot_13 bz2 bz2_codec zip zlib zlib_codec zip_codec uu uu_codec quopri quopri_codec quoted_printable'.split(
    ' ',
  ),
)

function encodingOf(given: string, verb: 'encode' | 'decode'): string {
  const name = given
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '_')
    .replace(/^_|_$/g, '')
  if (NO_TEXT_ENCODINGS.has(name)) {
    throw new LookupProblem(`'${given}' is not a text encoding; use codecs.${verb}() to handle arbitrary codecs`)
  }
  const encoding = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined
  if (encoding === undefined) throw new LookupProblem(`unknown encoding: ${given}`)
  return encoding
}

class LookupProblem extends PythonValueError {
  constructor(message: string) {
    super(message, {}, 'LookupError')
  }
}

/** Characters that an encoding has no bytes for. */
const UNFIT: Record<string, { test: (code: number) => boolean; reason: string }> = {
  ascii: { test: (code) => code > 0x7f, reason: 'ordinal not in range(128)' },
  'latin-1': { test: (code) => code > 0xff, reason: 'ordinal not in range(256)' },
}
const SURROGATES = {
  test: (code: number): boolean => code >= 0xd800 && code <= 0xdfff,
  reason: 'surrogates not allowed',
}

/** What an error handler makes of a character. */
const REPLACEMENTS: Record<string, (code: number) => string> = {
  ignore: () => '',
  replace: () => '?',
  xmlcharrefreplace: (code) => `&#${code};`,
  backslashreplace: (code) =>
    code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : code > 0xff
        ? `\\u${code.toString(16).padStart(4, '0')}`
        : `\\x${code.toString(16).padStart(2, '0')}`,
}

/** `text.encode(encoding, errors)`. @throws PythonValueError as UnicodeEncodeError or LookupError */
export function encodeText(text: string, given: string, errors: string): PyBytes {
  const encoding = encodingOf(given, 'encode')
  const { test, reason } = UNFIT[encoding] ?? SURROGATES
  const points = Array.from(text, (char) => char.codePointAt(0) ?? 0)
  const pieces: string[] = []
  for (let at = 0; at < points.length; at++) {
    const code = points[at] ?? 0
    if (!test(code)) {
      pieces.push(String.fromCodePoint(code))
      continue
    }
    if (errors === 'strict') throw encodeError(encoding, points, at, test, reason)
    const replace = Object.hasOwn(REPLACEMENTS, errors) ? REPLACEMENTS[errors] : undefined
    if (replace === undefined) throw new LookupProblem(`unknown error handler name '${errors}'`)
    pieces.push(replace(code))
  }
  return new PyBytes(ENCODERS[encoding]?.(pieces.join('')) ?? '')
}

function encodeError(
  encoding: string,
  points: number[],
  at: number,
  test: (code: number) => boolean,
  reason: string,
): PythonValueError {
  let end = at
  while (end < points.length && test(points[end] ?? 0)) end++
  const place =
    end - at === 1
      ? `character ${shownChar(points[at] ?? 0)} in position ${at}`
      : `characters in position ${at}-${end - 1}`
  return new PythonValueError(`'${encoding}' codec can't encode ${place}: ${reason}`, {}, 'UnicodeEncodeError')
}

function shownChar(code: number): string {
  return `'${REPLACEMENTS['backslashreplace']?.(code) ?? ''}'`
}

function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}

function units(text: string, size: 2 | 4, order: 'little' | 'big'): string {
  const numbers =
    size === 2
      ? Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
      : Array.from(text, (char) => char.codePointAt(0) ?? 0)
  return numbers
    .map((number) => {
      const bytes = Array.from({ length: size }, (_, at) => String.fromCharCode((number >>> (8 * at)) & 0xff))
      return (order === 'little' ? bytes : bytes.reverse()).join('')
    })
    .join('')
}

const ENCODERS: Record<string, (text: string) => string> = {
  'utf-8': utf8,
  'utf-8-sig': (text) => `\xef\xbb\xbf${utf8(text)}`,
  ascii: (text) => text,
  'latin-1': (text) => text,
  'utf-16': (text) => `\xff\xfe${units(text, 2, 'little')}`,
  'utf-16-le': (text) => units(text, 2, 'little'),
  'utf-16-be': (text) => units(text, 2, 'big'),
  'utf-32': (text) => `\xff\xfe\0\0${units(text, 4, 'little')}`,
  'utf-32-le': (text) => units(text, 4, 'little'),
  'utf-32-be': (text) => units(text, 4, 'big'),
}

/** Encodings that the host's own decoder reads. */
const DECODERS: Record<string, { label: string; findFault: FindFault }> = {
  'utf-8': { label: 'utf-8', findFault: utf8Fault },
  'utf-8-sig': { label: 'utf-8', findFault: utf8Fault },
  'utf-16': { label: 'utf-16le', findFault: utf16Fault('little') },
  'utf-16-le': { label: 'utf-16le', findFault: utf16Fault('little') },
  'utf-16-be': { label: 'utf-16be', findFault: utf16Fault('big') },
}

/** `bytes.decode(encoding, errors)`. @throws PythonValueError as UnicodeDecodeError or LookupError */
export function decodeBytes({ latin }: PyBytes, given: string, errors: string): string {
  const encoding = encodingOf(given, 'decode')
  if (encoding === 'latin-1') return latin
  if (encoding === 'ascii') return decodeAscii(latin, errors)
  const decoder = DECODERS[encoding]
  if (decoder === undefined) throw new LookupProblem(`unknown encoding: ${given}`)
  const { label, findFault } = decoder
  const bytes = Uint8Array.from(latin, (char) => char.charCodeAt(0))
  const ignoreBOM = encoding !== 'utf-8-sig' && encoding !== 'utf-16'
  const fault = findFault(bytes, 0)
  if (fault === null || errors === 'replace') return new TextDecoder(label, { ignoreBOM }).decode(bytes)
  if (errors === 'strict') throw undecodable(encoding, bytes, fault)
  if (errors !== 'ignore') throw new LookupProblem(`unknown error handler name '${errors}'`)
  return new TextDecoder(label, { ignoreBOM }).decode(withoutFaults(bytes, findFault))
}

function decodeAscii(latin: string, errors: string): string {
  const at = latin.search(/[\x80-\xff]/)
  if (at === -1) return latin
  if (errors === 'ignore') return latin.replace(/[\x80-\xff]/g, '')
  if (errors === 'replace') return latin.replace(/[\x80-\xff]/g, '\ufffd')
  if (errors !== 'strict') throw new LookupProblem(`unknown error handler name '${errors}'`)
  const byte = latin.charCodeAt(at).toString(16)
  const message = `'ascii' codec can't decode byte 0x${byte} in position ${at}: ordinal not in range(128)`
  throw new PythonValueError(message, {}, 'UnicodeDecodeError')
}

function withoutFaults(bytes: Uint8Array, findFault: FindFault): Uint8Array {
  const kept = new Uint8Array(bytes.length)
  let length = 0
  for (let from = 0; from < bytes.length; ) {
    const fault = findFault(bytes, from)
    const part = bytes.subarray(from, fault?.start)
    kept.set(part, length)
    length += part.length
    from = fault?.end ?? bytes.length
  }
  return kept.subarray(0, length)
}

function undecodable(encoding: string, bytes: Uint8Array, { start, end, reason }: DecodingFault): PythonValueError {
  const byte = (bytes[start] ?? 0).toString(16).padStart(2, '0')
  const place = end - start === 1 ? `byte 0x${byte} in position ${start}` : `bytes in position ${start}-${end - 1}`
  return new PythonValueError(`'${encoding}' codec can't decode ${place}: ${reason}`, {}, 'UnicodeDecodeError')
}

/** `int.to_bytes(length, byteorder, signed=…)`. */
export function intToBytes(value: bigint, length: number, order: string, signed: boolean): PyBytes {
  if (order !== 'big' && order !== 'little') {
    throw new PythonValueError("byteorder must be either 'little' or 'big'")
  }
  if (length < 0) throw new PythonValueError('length argument must be non-negative')
  if (value < 0n && !signed) throw new PythonValueError("can't convert negative int to unsigned", {}, 'OverflowError')
  const bits = length * 8
  const fits = signed ? BigInt.asIntN(bits, value) === value : BigInt.asUintN(bits, value) === value
  if (!fits) throw new PythonValueError('int too big to convert', {}, 'OverflowError')
  const digits =
    bits === 0
      ? ''
      : BigInt.asUintN(bits, value)
          .toString(16)
          .padStart(length * 2, '0')
  const bytes = Array.from({ length }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16))
  return PyBytes.of(order === 'big' ? bytes : bytes.reverse())
}

export function intFromBytes(value: unknown, order: string, signed: boolean): bigint {
  if (order !== 'big' && order !== 'little') {
    throw new PythonValueError("byteorder must be either 'little' or 'big'")
  }
  const bytes = bytesOf(value)
  const digits = (order === 'big' ? bytes : bytes.toReversed())
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  const size = digits === '' ? 0n : BigInt(`0x${digits}`)
  return signed ? BigInt.asIntN(bytes.length * 8, size) : size
}

function bytesOf(value: unknown): number[] {
  if (value instanceof PyBytes) return value.values()
  if (!Array.isArray(value)) throw new PythonTypeError(`cannot convert '${typeName(value)}' object to bytes`)
  return value.map((item: unknown) => {
    if (!isInt(item)) throw new PythonTypeError(`'${typeName(item)}' object cannot be interpreted as an integer`)
    if (item < 0 || item > 255) throw new PythonValueError('bytes must be in range(0, 256)')
    return Number(item)
  })
}
