import { makeFloat, toFloat, toInt } from '@st2/python-values'
import { positionAt, YaqlLexicalError } from './errors.ts'
import { unescapeQuoted } from './string-escapes.ts'

export type TokenKind =
  | 'number'
  | 'text'
  | 'constant'
  | 'word'
  | 'call'
  | 'variable'
  | 'operator'
  | 'punctuation'
  | 'end'

export interface Token {
  kind: TokenKind
  /** The operator or punctuation mark, the name of a call (without its parenthesis), word or variable. */
  text: string
  /** What a constant stands for. */
  value: unknown
  start: number
  end: number
}

const WORD_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'mod'])

const CONSTANTS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])

// Python's \w: letters and all kinds of numbers, no combining marks.
const WORD = '[\\p{L}\\p{N}_]'
const WORDS = new RegExp(`${WORD}*`, 'uy')
const NUMBER = new RegExp(`\\p{Nd}+(?:\\.?\\p{Nd}+)?(?!${WORD})`, 'uy')
const NAME = new RegExp(`(?!\\p{Nd})${WORD}+`, 'uy')
const QUOTED = /'(?:[^'\\]|\\[^\n])*'|"(?:[^"\\]|\\[^\n])*"|`(?:[^`\\]|\\[^\n])*`/uy
const OPERATOR = /\?\.|=~|!~|->|>=|<=|!=|=>|[.+\-*/><=[{()\],}]/y
const PUNCTUATION = '()[]{},'
const WORD_BEFORE = new RegExp(`${WORD}$`, 'u')

/** Word characters among the first 128, which is nearly all there are. */
const IS_ASCII_WORD = Array.from({ length: 128 }, (_, code) => /\w/.test(String.fromCharCode(code)))

/** Hands out tokens one by one: what stands behind a mistake is never looked at. */
export class Lexer {
  readonly source: string
  #at = 0

  constructor(source: string) {
    this.source = source
  }

  /** @throws YaqlLexicalError `Lexical error: illegal character '_' at position 4` */
  next(): Token {
    const { source } = this
    while (isBlank(source.charCodeAt(this.#at))) this.#at++
    const start = this.#at
    if (start >= source.length) return { kind: 'end', text: '', value: null, start, end: start }
    const char = source.charAt(start)
    if (char === '$') return this.#variable(start)
    if (PUNCTUATION.includes(char)) {
      this.#at++
      return this.#token('punctuation', char, char, start)
    }
    if (char === "'" || char === '"' || char === '`') return this.#quoted(start)
    return this.#wordLike(start) ?? this.#operator(start)
  }

  #variable(start: number): Token {
    this.#at++
    const name = this.#match(WORDS) ?? ''
    return this.#token('variable', name, `$${name}`, start)
  }

  #wordLike(start: number): Token | undefined {
    const code = this.source.charCodeAt(start)
    if (code < 128 && IS_ASCII_WORD[code] !== true) return undefined
    // a number or a name begins at a word boundary; the token before it may have ended without one, as `$` does
    if (start > 0 && this.#isWordBefore(start)) return undefined
    const number = this.#match(NUMBER)
    if (number !== undefined) return this.#number(number, start)
    const name = this.#match(NAME)
    if (name === undefined) return undefined
    if (this.source.charCodeAt(this.#at) === 40) {
      this.#at++
      return this.#token('call', name, name, start)
    }
    if (name.startsWith('__')) throw this.#illegal(start)
    if (WORD_OPERATORS.has(name)) return this.#token('operator', name, name, start)
    if (CONSTANTS.has(name)) return this.#token('constant', name, CONSTANTS.get(name), start)
    return this.#token('word', name, name, start)
  }

  #isWordBefore(start: number): boolean {
    const code = this.source.charCodeAt(start - 1)
    if (code < 128) return IS_ASCII_WORD[code] === true
    return WORD_BEFORE.test(this.source.slice(Math.max(0, start - 2), start))
  }

  #number(text: string, start: number): Token {
    return this.#token('number', text, numberValue(text), start)
  }

  #quoted(start: number): Token {
    const text = this.#match(QUOTED)
    if (text === undefined) throw this.#illegal(start)
    const inner = text.slice(1, -1)
    const value = text.startsWith('`')
      ? inner.replaceAll('\\`', '`')
      : unescapeQuoted(inner, (message) => {
          throw new YaqlLexicalError(message, positionAt(this.source, start), 'UnicodeDecodeError')
        })
    return this.#token('text', value, value, start)
  }

  #operator(start: number): Token {
    const text = this.#match(OPERATOR)
    if (text === undefined) throw this.#illegal(start)
    return this.#token('operator', text, text, start)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const text = pattern.exec(this.source)?.[0]
    if (text !== undefined) this.#at += text.length
    return text
  }

  #token(kind: TokenKind, text: string, value: unknown, start: number): Token {
    return { kind, text, value, start, end: this.#at }
  }

  #illegal(start: number): YaqlLexicalError {
    const position = positionAt(this.source, start)
    const char = String.fromCodePoint(this.source.codePointAt(start) ?? 0)
    return new YaqlLexicalError(`Lexical error: illegal character '${char}' at position ${position.offset}`, position)
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13
}

function numberValue(text: string): unknown {
  if (text.length < 16 && /^\d+$/.test(text)) return Number(text)
  return text.includes('.') ? makeFloat(toFloat(text)) : toInt(text)
}
