import { isInt, PythonTypeError, PythonValueError, PYTHON_SPACE, PyTuple, typeName } from '@st2/python-values'
import { encodeText } from '../bytes.ts'
import { isIterable, toList } from '../collections.ts'
import { textOf } from '../objects.ts'
import type { Scope } from '../scope.ts'
import type { Parameters } from '../signature.ts'
import { codePoints, textLength } from '../text.ts'
import { Undefined } from '../undefined.ts'
import { capitalize, caseFold, isLower, isTitle, isUpper, swapCase, title } from './letter-case.ts'
import { method, type MethodTable } from './method.ts'
import { expandTabs, makeTranslation, translate } from './translation.ts'

type Run = (text: string, args: unknown[], scope: Scope) => unknown

/** Where to look: all of the text unless told otherwise. */
const RANGE: Parameters = [
  ['start', null],
  ['end', null],
]

/** Methods of `str` with their parameters; all take positional arguments. */
const TABLE: Record<string, [Parameters, Run]> = {
  upper: [[], (text) => text.toUpperCase()],
  lower: [[], (text) => text.toLowerCase()],
  casefold: [[], caseFold],
  capitalize: [[], capitalize],
  title: [[], title],
  swapcase: [[], swapCase],
  strip: [[['chars', null]], (text, [chars]) => strip(text, chars, 'both')],
  lstrip: [[['chars', null]], (text, [chars]) => strip(text, chars, 'left')],
  rstrip: [[['chars', null]], (text, [chars]) => strip(text, chars, 'right')],
  split: [
    [
      ['sep', null],
      ['maxsplit', -1],
    ],
    (text, [sep, most]) => split(text, separatorArgument(sep), intArgument(most)),
  ],
  rsplit: [
    [
      ['sep', null],
      ['maxsplit', -1],
    ],
    (text, [sep, most]) => splitRight(text, separatorArgument(sep), intArgument(most)),
  ],
  splitlines: [[['keepends', false]], (text, [keep]) => splitLines(text, intArgument(keep) !== 0)],
  partition: [['sep'], (text, [sep]) => partition(text, textArgument(sep), text.indexOf(textArgument(sep)), 'left')],
  rpartition: [
    ['sep'],
    (text, [sep]) => partition(text, textArgument(sep), text.lastIndexOf(textArgument(sep)), 'right'),
  ],
  replace: [['old', 'new', ['count', -1]], (text, args, scope) => replaceIn(text, args, scope)],
  join: [['iterable'], joinMethod],
  startswith: [
    ['prefix', ...RANGE],
    (text, [prefix, start, end]) => {
      const range = rangeOf(text, start, end)
      return someOf(prefix, 'startswith', (part) => range !== null && range.text.startsWith(part))
    },
  ],
  endswith: [
    ['suffix', ...RANGE],
    (text, [suffix, start, end]) => {
      const range = rangeOf(text, start, end)
      return someOf(suffix, 'endswith', (part) => range !== null && range.text.endsWith(part))
    },
  ],
  removeprefix: [['prefix'], (text, [part]) => withoutPrefix(text, affix('removeprefix', part))],
  removesuffix: [['suffix'], (text, [part]) => withoutSuffix(text, affix('removesuffix', part))],
  find: [['sub', ...RANGE], (text, args) => findIn(text, args, 'first')],
  rfind: [['sub', ...RANGE], (text, args) => findIn(text, args, 'last')],
  index: [['sub', ...RANGE], (text, args) => requireFound(findIn(text, args, 'first'))],
  rindex: [['sub', ...RANGE], (text, args) => requireFound(findIn(text, args, 'last'))],
  count: [
    ['sub', ...RANGE],
    (text, [sub, start, end]) => {
      const range = rangeOf(text, start, end)
      const part = textArgument(sub)
      return range === null ? 0 : countIn(range.text, part)
    },
  ],
  zfill: [['width'], (text, [width], scope) => zeroFill(text, widthArgument(width, scope))],
  ljust: [['width', ['fillchar', ' ']], (text, [width, fill], scope) => text + padding(text, width, fill, scope)],
  rjust: [['width', ['fillchar', ' ']], (text, [width, fill], scope) => padding(text, width, fill, scope) + text],
  center: [['width', ['fillchar', ' ']], (text, [width, fill], scope) => center(text, width, fill, scope)],
  isdigit: [[], (text) => DIGITS.test(text)],
  isdecimal: [[], (text) => /^\p{Nd}+$/u.test(text)],
  isnumeric: [[], (text) => NUMERIC.test(text)],
  isalpha: [[], (text) => /^\p{L}+$/u.test(text)],
  isalnum: [[], (text) => /^[\p{L}\p{N}]+$/u.test(text)],
  isspace: [[], (text) => new RegExp(`^[${PYTHON_SPACE}]+$`).test(text)],
  islower: [[], isLower],
  isupper: [[], isUpper],
  istitle: [[], isTitle],
  isidentifier: [[], (text) => /^[\p{XIDS}_]\p{XIDC}*$/u.test(text)],
  isprintable: [[], (text) => !/\p{C}|\p{Zl}|\p{Zp}|(?! )\p{Zs}/u.test(text)],
  expandtabs: [[['tabsize', 8]], (text, [size], scope) => expandTabs(text, intArgument(size), scope)],
  translate: [['table'], (text, [table], scope) => translate(text, table, scope)],
  maketrans: [['x', ['y', undefined], ['z', undefined]], (_text, args) => makeTranslation(args)],
  encode: [
    [
      ['encoding', 'utf-8'],
      ['errors', 'strict'],
    ],
    (text, [encoding, errors]) =>
      encodeText(text, encodingArgument('encoding', encoding), encodingArgument('errors', errors)),
  ],
  isascii: [[], (text) => !/[^\p{ASCII}]/u.test(text)],
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export const STRING_METHODS: MethodTable = Object.fromEntries(
  Object.entries(TABLE).map(([name, [parameters, run]]) => {
    const apply: Run = (text, args, scope) => run(text, args.map(textOf), scope)
    return [name, method(isText, 'str', name, parameters, apply)]
  }),
)

function textArgument(value: unknown): string {
  if (typeof value === 'string') return value
  throw new PythonTypeError(`must be str, not ${typeName(value)}`)
}

function intArgument(value: unknown): number {
  if (isInt(value) || typeof value === 'boolean') return Number(value)
  throw new PythonTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
}

/** Digits beyond the decimal ones: raised, lowered, in circles, in other scripts. */
const DIGITS =
  /^[\p{Nd}\u{b2}\u{b3}\u{b9}\u{1369}-\u{1371}\u{19da}\u{2070}\u{2074}-\u{2079}\u{2080}-\u{2089}\u{2460}-\u{2468}\u{2474}-\u{247c}\u{2488}-\u{2490}\u{24ea}\u{24f5}-\u{24fd}\u{24ff}\u{2776}-\u{277e}\u{2780}-\u{2788}\u{278a}-\u{2792}\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]+$/u

/** Numbers that are letters too: those of Chinese. */
const NUMERIC =
  /^[\p{N}㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十卄卅卌参參叁叄四壱壹幺廾廿弌弍弎弐弑拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零\u{f96b}\u{f973}\u{f978}\u{f9b2}\u{f9d1}\u{f9d3}\u{f9fd}\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}]+$/u

function separatorArgument(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value
  throw new PythonTypeError(`must be str or None, not ${typeName(value)}`)
}

function affix(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new PythonTypeError(`${name}() argument must be str, not ${typeName(value)}`)
}

function encodingArgument(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new PythonTypeError(`encode() argument '${name}' must be str, not ${typeName(value)}`)
}

/** @param chars the characters to remove; null means whitespace */
export function strip(text: string, chars: unknown, side: 'left' | 'right' | 'both'): string {
  if (chars !== null && typeof chars !== 'string') {
    throw new PythonTypeError(`${side === 'both' ? '' : side.slice(0, 1)}strip arg must be None or str`)
  }
  const wanted = chars === null ? null : new Set(Array.from(chars))
  const points = Array.from(text)
  const isStripped = (char: string | undefined): boolean =>
    char !== undefined && (wanted === null ? SPACE.test(char) : wanted.has(char))
  let start = 0
  let end = points.length
  if (side !== 'right') while (start < end && isStripped(points[start])) start++
  if (side !== 'left') while (end > start && isStripped(points[end - 1])) end--
  return points.slice(start, end).join('')
}

const SPACE = new RegExp(`^[${PYTHON_SPACE}]$`)
const SPACES = new RegExp(`[${PYTHON_SPACE}]+`)

function split(text: string, separator: string | null, most: number): string[] {
  if (separator === null) return splitSpaces(text, most)
  const parts = text.split(requireSeparator(separator))
  if (most < 0 || parts.length <= most + 1) return parts
  return [...parts.slice(0, most), parts.slice(most).join(separator)]
}

function requireSeparator(separator: string): string {
  if (separator === '') throw new PythonValueError('empty separator')
  return separator
}

function splitSpaces(text: string, most: number): string[] {
  const parts: string[] = []
  let rest = strip(text, null, 'left')
  while (rest !== '') {
    const space = most >= 0 && parts.length >= most ? null : SPACES.exec(rest)
    if (space === null) {
      parts.push(rest)
      break
    }
    parts.push(rest.slice(0, space.index))
    rest = rest.slice(space.index + space[0].length)
  }
  return parts
}

function splitRight(text: string, separator: string | null, most: number): string[] {
  const reverse = (value: string): string => Array.from(value).reverse().join('')
  const turned = separator === null ? null : reverse(requireSeparator(separator))
  return split(reverse(text), turned, most).map(reverse).reverse()
}

const LINE_END = /\r\n|[\n\r\v\f\p{Zl}\p{Zp}]|\p{Cc}/gu
/** Control characters that end a line; others match the pattern above and are part of a line. */
const ENDS_LINE = new Set(['\r\n', '\n', '\r', '\v', '\f', '\u2028', '\u2029', '\x1c', '\x1d', '\x1e', '\x85'])

export function splitLines(text: string, keepEnds: boolean): string[] {
  const lines: string[] = []
  let from = 0
  for (const end of text.matchAll(LINE_END)) {
    if (!ENDS_LINE.has(end[0])) continue
    const next = end.index + end[0].length
    lines.push(text.slice(from, keepEnds ? next : end.index))
    from = next
  }
  return from < text.length ? [...lines, text.slice(from)] : lines
}

function partition(text: string, separator: string, at: number, side: 'left' | 'right'): PyTuple {
  requireSeparator(separator)
  if (at === -1) return PyTuple.from(side === 'left' ? [text, '', ''] : ['', '', text])
  return PyTuple.from([text.slice(0, at), separator, text.slice(at + separator.length)])
}

function replaceIn(text: string, [old, replacement, count]: unknown[], scope: Scope): string {
  return replaceText(
    text,
    argumentOf('replace', 1, old),
    argumentOf('replace', 2, replacement),
    intArgument(count),
    scope,
  )
}

function argumentOf(name: string, place: number, value: unknown): string {
  if (typeof value === 'string') return value
  throw new PythonTypeError(`${name}() argument ${place} must be str, not ${typeName(value)}`)
}

/** @param count how many occurrences to replace; negative means all */
export function replaceText(text: string, old: string, replacement: string, count: number, scope: Scope): string {
  const parts = old === '' ? ['', ...Array.from(text), ''] : text.split(old)
  const most = count < 0 ? parts.length - 1 : Math.min(count, parts.length - 1)
  scope.budget.requireLength(text.length + most * replacement.length)
  return (
    parts.slice(0, most + 1).join(replacement) +
    parts
      .slice(most + 1)
      .map((part) => old + part)
      .join('')
  )
}

function joinMethod(separator: string, [iterable]: unknown[], scope: Scope): string {
  if (iterable instanceof Undefined) iterable.requireLenient()
  if (!isIterable(iterable)) throw new PythonTypeError('can only join an iterable')
  return joinTexts(
    separator,
    toList(iterable, scope)
      .map(textOf)
      .map((item, at) => {
        if (typeof item === 'string') return item
        throw new PythonTypeError(`sequence item ${at}: expected str instance, ${typeName(item)} found`)
      }),
    scope,
  )
}

export function joinTexts(separator: string, texts: string[], scope: Scope): string {
  scope.budget.requireLength(texts.reduce((sum, text) => sum + text.length + separator.length, 0))
  return texts.join(separator)
}

function someOf(parts: unknown, name: string, matches: (part: string) => boolean): boolean {
  if (typeof parts === 'string') return matches(parts)
  if (parts instanceof PyTuple) return parts.some((part) => matches(memberText(name, part)))
  throw new PythonTypeError(`${name} first arg must be str or a tuple of str, not ${typeName(parts)}`)
}

function memberText(name: string, value: unknown): string {
  const part = textOf(value)
  if (typeof part === 'string') return part
  throw new PythonTypeError(`tuple for ${name} must only contain str, not ${typeName(part)}`)
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}

function withoutSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
}

/** Python's index of a place: in code points. */
function pointsBefore(text: string, at: number): number {
  return at <= 0 ? at : textLength(text.slice(0, at))
}

/** The part of a text between two indexes and where it begins; null when the start lies behind the end of the text. */
function rangeOf(text: string, start: unknown, end: unknown): { text: string; offset: number } | null {
  if (start === null && end === null) return { text, offset: 0 }
  const points = codePoints(text)
  const from = boundary(start, 0, points.length)
  const to = Math.min(boundary(end, points.length, points.length), points.length)
  if (from > points.length || from > to) return null
  return { text: Array.from(points.slice(from, to)).join(''), offset: from }
}

function boundary(value: unknown, fallback: number, length: number): number {
  if (value === null) return fallback
  if (!isInt(value) && typeof value !== 'boolean') {
    throw new PythonTypeError('slice indices must be integers or None or have an __index__ method')
  }
  const index = Number(value)
  return index < 0 ? Math.max(0, index + length) : index
}

function findIn(text: string, [sub, start, end]: unknown[], which: 'first' | 'last'): number {
  const range = rangeOf(text, start, end)
  const part = textArgument(sub)
  if (range === null) return -1
  const at = which === 'first' ? range.text.indexOf(part) : range.text.lastIndexOf(part)
  return at === -1 ? -1 : range.offset + pointsBefore(range.text, at)
}

function requireFound(at: number): number {
  if (at === -1) throw new PythonValueError('substring not found')
  return at
}

function countIn(text: string, part: string): number {
  return part === '' ? textLength(text) + 1 : text.split(part).length - 1
}

function widthArgument(value: unknown, scope: Scope): number {
  const width = intArgument(value)
  scope.budget.requireLength(width)
  return width
}

function zeroFill(text: string, width: number): string {
  const zeros = '0'.repeat(Math.max(0, width - textLength(text)))
  const sign = text.startsWith('-') || text.startsWith('+') ? text.slice(0, 1) : ''
  return sign + zeros + text.slice(sign.length)
}

function padding(text: string, width: unknown, fill: unknown, scope: Scope): string {
  if (typeof fill !== 'string' || textLength(fill) !== 1) {
    const found = typeof fill === 'string' ? '' : `, not ${typeName(fill)}`
    throw new PythonTypeError(
      found === ''
        ? 'The fill character must be exactly one character long'
        : `The fill character must be a unicode character${found}`,
    )
  }
  return fill.repeat(Math.max(0, widthArgument(width, scope) - textLength(text)))
}

/** @source CPython's pad for str.center: an odd rest goes to the left when the width is odd. */
export function center(text: string, width: unknown, fill: unknown, scope: Scope): string {
  const all = padding(text, width, fill, scope)
  const room = textLength(all)
  const left = Math.floor(room / 2) + (room & intArgument(width) & 1)
  const one = room === 0 ? '' : all.slice(0, all.length / room)
  return one.repeat(left) + text + one.repeat(room - left)
}
