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

export const WORD_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'mod'])

const CONSTANTS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])

const BLANKS = /[ \t\r\n]*/y
// Python's \w: letters and all kinds of numbers, no combining marks.
const WORD = '[\\p{L}\\p{N}_]'
const VARIABLE = new RegExp(`\\$${WORD}*`, 'uy')
const NUMBER = new RegExp(`\\p{Nd}+(?:\\.?\\p{Nd}+)?(?!${WORD})`, 'uy')
const NAME = new RegExp(`(?!\\p{Nd})${WORD}+`, 'uy')
const QUOTED = /'(?:[^'\\]|\\[^\n])*'|"(?:[^"\\]|\\[^\n])*"|`(?:[^`\\]|\\[^\n])*`/uy
const OPERATOR = /\?\.|=~|!~|->|>=|<=|!=|=>|[.+\-*/><=[{()\],}]/y
const PUNCTUATION = new Set('()[]{},')
const WORD_BEFORE = new RegExp(`${WORD}$`, 'u')

/** Hands out tokens one by one: what stands behind a mistake is never looked at. */
export class Lexer {
  readonly source: string
  #at = 0

  constructor(source: string) {
    this.source = source
  }

  /** @throws YaqlLexicalError `Lexical error: illegal character '_' at position 4` */
  next(): Token {
    this.#match(BLANKS)
    const start = this.#at
    if (start >= this.source.length) return { kind: 'end', text: '', value: null, start, end: start }
    return this.#variable(start) ?? this.#wordLike(start) ?? this.#quoted(start) ?? this.#operator(start)
  }

  #variable(start: number): Token | undefined {
    const text = this.#match(VARIABLE)
    return text === undefined ? undefined : this.#token('variable', text.slice(1), text, start)
  }

  #wordLike(start: number): Token | undefined {
    // a number or a name begins at a word boundary; the token before it may have ended without one, as `$` does
    if (start > 0 && WORD_BEFORE.test(this.source.slice(Math.max(0, start - 2), start))) return undefined
    const number = this.#match(NUMBER)
    if (number !== undefined) return this.#number(number, start)
    const name = this.#match(NAME)
    if (name === undefined) return undefined
    if (this.source[this.#at] === '(') {
      this.#at++
      return this.#token('call', name, name, start)
    }
    if (name.startsWith('__')) throw this.#illegal(start)
    if (WORD_OPERATORS.has(name)) return this.#token('operator', name, name, start)
    if (CONSTANTS.has(name)) return this.#token('constant', name, CONSTANTS.get(name), start)
    return this.#token('word', name, name, start)
  }

  #number(text: string, start: number): Token {
    return this.#token('number', text, text.includes('.') ? makeFloat(toFloat(text)) : toInt(text), start)
  }

  #quoted(start: number): Token | undefined {
    const text = this.#match(QUOTED)
    if (text === undefined) return undefined
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
    return this.#token(PUNCTUATION.has(text) ? 'punctuation' : 'operator', text, text, start)
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
