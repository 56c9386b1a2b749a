import { PythonSyntaxError, repr, unescapeText } from '@st2/python-values'
import { type Position, TemplateSyntaxError } from './errors.ts'
import type { Token, TokenKind } from './tokens.ts'

/**
 * Splits a template into tokens, with `trim_blocks` and `lstrip_blocks` as the platform's environment sets them: the newline
 * after a block goes, and so do blanks before a block at the start of a line. `-` strips all whitespace, `+` keeps it.
 *
 * @source jinja2: lexer.py
 */
export function tokenize(source: string): Token[] {
  return new Lexer(normalise(source)).tokenize()
}

/** Tokens of one expression without braces around it. */
export function tokenizeExpression(source: string): Token[] {
  return new Lexer(normalise(source)).tokenizeExpression()
}

/** Newlines become `\n`, and one at the very end goes. */
function normalise(source: string): string {
  return source.replace(/\r\n?/g, '\n').replace(/\n$/, '')
}

const OPENING = /\{([{%#])([-+]?)/g
const RAW_BEGIN = /\{%[-+]?\s*raw\s*(?:-%\}\s*|%\})/y
const RAW_END = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\}\n?)/g
const COMMENT_END = /\+#\}|-#\}\s*|#\}\n?/g
const BLOCK_END = /\+%\}|-%\}\s*|%\}\n?/y
const VARIABLE_END = /-\}\}\s*|\}\}/y

const WHITESPACE = /\s+/y
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy
const NAME = /[\p{L}\p{N}\p{M}_]+/uy
const IDENTIFIER = /^[\p{L}\p{Nl}_][\p{L}\p{N}\p{M}_]*$/u
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}><=.:|,;]/y

/** Characters that the end of a tag may begin with. */
const MAY_END = '}%-+'

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

class Lexer {
  readonly #source: string
  readonly #tokens: Token[] = []
  #at = 0
  /** The text before this place ended a line, so that blanks from here on start one. */
  #lineStarting = true
  #line = 1
  #lineStart = 0
  #nextNewline: number

  constructor(source: string) {
    this.#source = source
    this.#nextNewline = newlineFrom(source, 0)
  }

  tokenize(): Token[] {
    return this.#guarded(() => {
      while (this.#at < this.#source.length) this.#root()
    })
  }

  tokenizeExpression(): Token[] {
    return this.#guarded(() => {
      // upstream reads an expression as if braces stood around it: closing ones end it
      if (this.#inside(VARIABLE_END)) this.#push('variable_end', '}}', this.#at)
    })
  }

  #guarded(read: () => void): Token[] {
    try {
      read()
      this.#push('eof', '', this.#source.length)
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error
      this.#tokens.push({ kind: 'error', text: '', line: error.line, column: error.column, error })
    }
    return this.#tokens
  }

  /** Text up to the next opening, and what the opening begins. */
  #root(): void {
    OPENING.lastIndex = this.#at
    const opening = OPENING.exec(this.#source)
    if (opening === null) {
      this.#push('data', this.#source.slice(this.#at), this.#at)
      this.#at = this.#source.length
      return
    }
    const [whole, kind, sign = ''] = opening
    this.#data(opening.index, sign, kind !== '{')
    RAW_BEGIN.lastIndex = opening.index
    const raw = kind === '%' ? RAW_BEGIN.exec(this.#source) : null
    if (raw !== null) this.#raw(opening.index, raw[0].length)
    else if (kind === '#') this.#comment(opening.index + whole.length)
    else this.#tag(kind === '%' ? 'block' : 'variable', opening.index, whole.length)
  }

  #data(end: number, sign: string, isBlock: boolean): void {
    const text = stripBefore(this.#source.slice(this.#at, end), sign, isBlock, this.#lineStarting)
    if (text !== '') this.#push('data', text, this.#at)
    this.#lineStarting = false
  }

  #raw(start: number, length: number): void {
    const begin = start + length
    RAW_END.lastIndex = begin
    const end = RAW_END.exec(this.#source)
    if (end === null) throw this.#error('Missing end of raw directive', start)
    this.#at = begin
    this.#lineStarting = this.#source[begin - 1] === '\n'
    this.#data(end.index, end[1] ?? '', true)
    this.#leave(RAW_END.lastIndex)
  }

  #comment(start: number): void {
    COMMENT_END.lastIndex = start
    if (COMMENT_END.exec(this.#source) === null) throw this.#error('Missing end of comment tag', start)
    this.#leave(COMMENT_END.lastIndex)
  }

  #tag(kind: 'block' | 'variable', start: number, length: number): void {
    this.#push(`${kind}_begin`, this.#source.slice(start, start + length), start)
    this.#at = start + length
    const isClosed = this.#inside(kind === 'block' ? BLOCK_END : VARIABLE_END)
    if (!isClosed) return
    const end = this.#at
    this.#leave((kind === 'block' ? BLOCK_END : VARIABLE_END).lastIndex)
    this.#push(`${kind}_end`, this.#source.slice(end, this.#at), end)
  }

  #leave(end: number): void {
    this.#lineStarting = this.#source[end - 1] === '\n'
    this.#at = end
  }

  /** Reads tokens up to the end of the tag. An end inside brackets is no end, so that `{{ {'a': {}} }}` can be written. */
  #inside(end: RegExp): boolean {
    const open: string[] = []
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at] ?? ''
      if (open.length === 0 && MAY_END.includes(char) && this.#match(end) !== null) return true
      if (!this.#skipSpace(char)) this.#token(char, open)
    }
    return false
  }

  #skipSpace(char: string): boolean {
    if (char > ' ' && char < '\x7f') return false
    const space = this.#match(WHITESPACE)
    this.#at += space?.length ?? 0
    return space !== null
  }

  /** The first character tells which kind of token can stand here. */
  #token(char: string, open: string[]): void {
    const found = isDigit(char)
      ? this.#number()
      : char === "'" || char === '"'
        ? this.#string()
        : (this.#name() ?? this.#operator(open))
    if (found === null) {
      const whole = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0)
      throw this.#error(`unexpected char ${repr(whole)} at ${this.#at}`, this.#at)
    }
    this.#at += found
  }

  #number(): number | null {
    const float = this.#match(FLOAT)
    const text = float ?? this.#match(INTEGER)
    if (text === null) return null
    this.#push(float === null ? 'integer' : 'float', text, this.#at)
    return text.length
  }

  #name(): number | null {
    const text = this.#match(NAME)
    if (text === null) return null
    if (!IDENTIFIER.test(text)) throw this.#error('Invalid character in identifier', this.#at)
    this.#push('name', text, this.#at)
    return text.length
  }

  #string(): number | null {
    const text = this.#match(STRING)
    if (text === null) return null
    this.#push('string', this.#unescape(text.slice(1, -1)), this.#at)
    return text.length
  }

  #unescape(body: string): string {
    try {
      return unescapeText(body)
    } catch (error) {
      if (!(error instanceof PythonSyntaxError)) throw error
      // upstream keeps what stands after the last colon of the codec's message
      throw this.#error(error.message.split(':').at(-1)?.trim() ?? error.message, this.#at)
    }
  }

  #operator(open: string[]): number | null {
    const text = this.#match(OPERATOR)
    if (text === null) return null
    const closing = CLOSING[text]
    if (closing !== undefined) open.push(closing)
    else if (text === ')' || text === ']' || text === '}') {
      const expected = open.pop()
      if (expected === undefined) throw this.#error(`unexpected '${text}'`, this.#at)
      if (expected !== text) throw this.#error(`unexpected '${text}', expected '${expected}'`, this.#at)
    }
    this.#push('operator', text, this.#at)
    return text.length
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#source)?.[0] ?? null
  }

  #push(kind: TokenKind, text: string, at: number): void {
    const { line, column } = this.#position(at)
    this.#tokens.push({ kind, text, line, column })
  }

  /** Places are asked for in ascending order, so each newline is looked for once. */
  #position(at: number): Position {
    while (this.#nextNewline < at) {
      this.#line++
      this.#lineStart = this.#nextNewline + 1
      this.#nextNewline = newlineFrom(this.#source, this.#lineStart)
    }
    return { line: this.#line, column: at - this.#lineStart + 1 }
  }

  #error(message: string, at: number): TemplateSyntaxError {
    return new TemplateSyntaxError(message, this.#position(at))
  }
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9'
}

function newlineFrom(source: string, from: number): number {
  const at = source.indexOf('\n', from)
  return at === -1 ? Number.POSITIVE_INFINITY : at
}

function stripBefore(text: string, sign: string, isBlock: boolean, lineStarting: boolean): string {
  if (sign === '-') return text.trimEnd()
  if (sign === '+' || !isBlock) return text
  const lineStart = text.lastIndexOf('\n') + 1
  return (lineStart > 0 || lineStarting) && /^\s+$/.test(text.slice(lineStart)) ? text.slice(0, lineStart) : text
}
