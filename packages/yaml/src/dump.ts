import { implicitTag, pythonFloat } from './scalars.ts'

export interface DumpOptions {
  /** Spaces per level, 2 to 9. @default 2 */
  indent?: number
  /** Column after which a text is folded at its next space; Infinity: never. @default 80 */
  width?: number
  /** Characters beyond ASCII as they are instead of escapes. @default false */
  allowUnicode?: boolean
}

/** Collections nested deeper are refused; also what ends a value that contains itself. */
export const MAX_DUMP_DEPTH = 500

/**
 * Writes a JSON value in block style with sorted keys, byte for byte as PyYAML's
 * `safe_dump(value, default_flow_style=False, indent=…)`.
 * Undefined properties are left out; a value that is not JSON is a TypeError.
 */
export function dumpYaml(value: unknown, options: DumpOptions = {}): string {
  return new BlockWriter(options).write(value)
}

/** Where a node stands; it decides how a sequence is indented and whether a text may be folded. */
type Place = 'root' | 'sequence' | 'mapping' | 'key'

/** Keys from this length on, the five characters of their tag included, are written after `? `. */
const SIMPLE_KEY_LIMIT = 128
const STR_TAG_LENGTH = '!!str'.length

class BlockWriter {
  private readonly step: number
  private readonly width: number
  private readonly allowUnicode: boolean
  private out = ''
  private column = 0
  /** The last thing written was white space. */
  private afterSpace = true
  /** The line holds nothing but indentation and the indicators `-`, `?`, `:`. */
  private inIndentation = true

  constructor(options: DumpOptions) {
    const { indent = 2, width = 80, allowUnicode = false } = options
    this.step = indent > 1 && indent < 10 ? indent : 2
    this.width = width > this.step * 2 ? width : 80
    this.allowUnicode = allowUnicode
  }

  write(value: unknown): string {
    const isPlain = this.node(value, null, 'root', 0)
    this.newLine('\n')
    // a plain scalar alone needs an end mark: a reader could not know that it is complete
    return isPlain ? `${this.out}...\n` : this.out
  }

  /** @returns whether a plain scalar was written */
  private node(value: unknown, indent: number | null, place: Place, depth: number): boolean {
    if (depth > MAX_DUMP_DEPTH) throw new TypeError(`value is nested deeper than ${MAX_DUMP_DEPTH} levels`)
    if (Array.isArray(value)) return this.sequence(value, indent, place, depth)
    if (isPlainObject(value)) return this.mapping(value, indent, depth)
    return this.scalar(value, indent, place)
  }

  private sequence(items: readonly unknown[], indent: number | null, place: Place, depth: number): boolean {
    if (items.length === 0) return this.token('[]')
    // beneath its key a sequence is not indented
    const own = place === 'mapping' && !this.inIndentation ? (indent ?? 0) : this.deeper(indent)
    for (const item of items) {
      this.startLine(own)
      this.indicator('-')
      this.node(item === undefined ? null : item, own, 'sequence', depth + 1)
    }
    return false
  }

  private mapping(value: Record<string, unknown>, indent: number | null, depth: number): boolean {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined)
    if (keys.length === 0) return this.token('{}')
    const own = this.deeper(indent)
    for (const key of keys.sort(byCodePoint)) {
      this.startLine(own)
      this.key(key, own)
      this.node(value[key], own, 'mapping', depth + 1)
    }
    return false
  }

  private key(key: string, indent: number): void {
    if (isSimpleKey(key)) {
      this.scalar(key, indent, 'key')
      this.put(':')
      this.inIndentation = false
      return
    }
    this.indicator('?')
    this.scalar(key, indent, 'mapping')
    this.startLine(indent)
    this.indicator(':')
  }

  private deeper(indent: number | null): number {
    return indent === null ? 0 : indent + this.step
  }

  private scalar(value: unknown, indent: number | null, place: Place): boolean {
    if (typeof value !== 'string') {
      this.token(scalarText(value))
      return true
    }
    const continuation = indent === null ? this.step : indent + this.step
    const shape = shapeOf(value, this.allowUnicode)
    const isPlain = shape.plain && implicitTag(value) === 'str'
    if (isPlain) this.plain(value, continuation, place)
    else if (shape.singleQuoted && !(place === 'key' && shape.multiline)) this.singleQuoted(value, continuation, place)
    else this.doubleQuoted(value, continuation, place)
    return isPlain
  }

  /** Plain texts have no line breaks; a single space past the width becomes one. */
  private plain(text: string, indent: number, place: Place): void {
    this.space()
    this.afterSpace = false
    this.inIndentation = false
    if (place === 'key' || this.column + text.length <= this.width) return this.put(text)
    for (const run of text.split(/( +)/)) {
      if (run === ' ' && this.column > this.width) {
        this.startLine(indent)
        this.afterSpace = false
        this.inIndentation = false
      } else this.put(run)
    }
  }

  private singleQuoted(text: string, indent: number, place: Place): void {
    this.token("'")
    const runs = text.split(/( +|[\n\x85\u2028\u2029]+)/)
    // a space at either end yields an empty run beside it, which is how the ends are told apart
    for (const [index, run] of runs.entries()) {
      if (index % 2 === 0) this.put(run.replaceAll("'", "''"))
      else if (!run.startsWith(' ')) this.lineBreaks(run, indent)
      else if (run === ' ' && this.column > this.width && place !== 'key' && isInside(runs, index))
        this.startLine(indent)
      else this.put(run)
    }
    this.put("'")
    this.afterSpace = false
    this.inIndentation = false
  }

  /** Inside quotes a reader folds one line feed away, so one more is written. */
  private lineBreaks(run: string, indent: number): void {
    if (run.startsWith('\n')) this.newLine('\n')
    for (const char of run) this.newLine(char)
    this.startLine(indent)
  }

  private doubleQuoted(text: string, indent: number, place: Place): void {
    this.token('"')
    const chars = Array.from(text)
    let pending = ''
    for (const [index, char] of chars.entries()) {
      const escape = escapeOf(char, this.allowUnicode)
      if (escape !== null) {
        this.put(pending + escape)
        pending = ''
      }
      // at a space, or beside an escape; an escape itself may stand one column further out
      const mayFold = place !== 'key' && index > 0 && index < chars.length - 1 && (char === ' ' || pending === '')
      if (mayFold && this.column + (escape === null ? lengthOf(pending) : -1) > this.width) {
        this.put(`${pending}\\`)
        pending = ''
        this.startLine(indent)
        this.inIndentation = false
        // a reader drops leading spaces unless the first is escaped
        if (chars[escape === null ? index : index + 1] === ' ') this.put('\\')
      }
      if (escape === null) pending += char
    }
    this.put(`${pending}"`)
    this.afterSpace = false
    this.inIndentation = false
  }

  private token(text: string): false {
    this.space()
    this.put(text)
    this.afterSpace = false
    this.inIndentation = false
    return false
  }

  private indicator(mark: string): void {
    const wasInIndentation = this.inIndentation
    this.token(mark)
    this.inIndentation = wasInIndentation
  }

  private space(): void {
    if (!this.afterSpace) this.put(' ')
  }

  /** Goes to the indentation: on this line when only indentation and indicators stand before it, else on a new one. */
  private startLine(indent: number): void {
    const isPast = this.column > indent || (this.column === indent && !this.afterSpace)
    if (!this.inIndentation || isPast) this.newLine('\n')
    if (this.column >= indent) return
    this.put(' '.repeat(indent - this.column))
    this.afterSpace = true
  }

  private newLine(lineBreak: string): void {
    this.out += lineBreak
    this.column = 0
    this.afterSpace = true
    this.inIndentation = true
  }

  private put(text: string): void {
    this.out += text
    this.column += lengthOf(text)
  }
}

interface Shape {
  plain: boolean
  singleQuoted: boolean
  multiline: boolean
  /** It holds characters that only double quotes can write. */
  special: boolean
}

const LINE_BREAK = /[\n\x85\u2028\u2029]/
const OUTER_SPACE = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/
/** Spaces beside a line break would be lost in single quotes. */
const SPACE_AT_BREAK = / [\n\x85\u2028\u2029]|[\n\x85\u2028\u2029] /
const INDICATOR =
  /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?-](?:[\0 \t\r\n\x85\u2028\u2029]|$))|:(?:[\0 \t\r\n\x85\u2028\u2029]|$)|(?<=[\0 \t\r\n\x85\u2028\u2029])#/
const NEEDS_ESCAPE = /[^\n\x20-\x7E]/
const NEEDS_ESCAPE_UNICODE = /[^\n\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFE}]/u

/** Which styles a text can be written in. */
export function shapeOf(text: string, allowUnicode: boolean): Shape {
  const multiline = LINE_BREAK.test(text)
  const special = (allowUnicode ? NEEDS_ESCAPE_UNICODE : NEEDS_ESCAPE).test(text)
  const singleQuoted = !special && !SPACE_AT_BREAK.test(text)
  return {
    plain: singleQuoted && !multiline && !OUTER_SPACE.test(text) && !INDICATOR.test(text),
    singleQuoted,
    multiline,
    special,
  }
}

function isSimpleKey(key: string): boolean {
  return key !== '' && !LINE_BREAK.test(key) && lengthOf(key) + STR_TAG_LENGTH < SIMPLE_KEY_LIMIT
}

function isInside(runs: readonly string[], index: number): boolean {
  const isFirst = index === 1 && runs[0] === ''
  const isLast = index === runs.length - 2 && runs[index + 1] === ''
  return !isFirst && !isLast
}

const NAMED_ESCAPES: Record<string, string> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1B': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\xA0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
}

/** null when the character stands for itself in double quotes. */
export function escapeOf(char: string, allowUnicode: boolean): string | null {
  if (char >= ' ' && char <= '~' && char !== '"' && char !== '\\') return null
  if (allowUnicode && /^[\xA0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]$/.test(char)) return null
  const named = NAMED_ESCAPES[char]
  if (named !== undefined) return named
  const code = char.codePointAt(0) ?? 0
  const digits = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}

/** A value that is neither text nor collection. */
export function scalarText(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return numberText(value)
  throw new TypeError(`a value of type ${typeof value} cannot be written as YAML`)
}

/** Whole numbers are integers, as they are when read from JSON. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  if (Number.isInteger(value) && !Object.is(value, -0)) return String(BigInt(value))
  const text = pythonFloat(value)
  return text.includes('.') ? text : text.replace('e', '.0e')
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return true
  throw new TypeError(`an object of class ${value.constructor.name} cannot be written as YAML`)
}

function lengthOf(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 0xdc00 && code <= 0xdfff) length -= 1
  }
  return length
}

function byCodePoint(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length)
  for (let index = 0; index < shorter; index += 1) {
    const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)]
    if (a === b) continue
    // surrogates stand for code points above every other unit
    return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1
  }
  return left.length - right.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}
