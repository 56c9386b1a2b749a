import { PythonError } from '@st2/python-values'

export interface PathToken {
  type:
    | 'ID'
    | 'NUMBER'
    | 'NAMED_OPERATOR'
    | 'DOUBLEDOT'
    | 'WHERE'
    | '*'
    | '.'
    | '['
    | ']'
    | '('
    | ')'
    | '$'
    | ','
    | ':'
    | '|'
    | '&'
  value: string
  /** How the table of operators calls it; empty for tokens that are none. */
  operator: string
  line: number
  column: number
  offset: number
}

const NAME = /[a-zA-Z_@][a-zA-Z0-9_@-]*/y
const NUMBER = /-?\d+/y
const MARKS = new Map<string, PathToken['type']>([
  ['*', '*'],
  ['.', '.'],
  ['[', '['],
  [']', ']'],
  ['(', '('],
  [')', ')'],
  ['$', '$'],
  [',', ','],
  [':', ':'],
  ['|', '|'],
  ['&', '&'],
])
const QUOTES: Record<string, PathToken['type']> = { "'": 'ID', '"': 'ID', '`': 'NAMED_OPERATOR' }
const QUOTE_NAMES: Record<string, string> = {
  "'": 'singlequoted field',
  '"': 'doublequoted field',
  '`': 'backquoted operator',
}

/** Tokens of a JSONPath, one at a time. @source jsonpath-rw: lexer.py */
export class JsonPathLexer {
  readonly #text: string
  #at = 0
  #line = 1
  #newline = 0

  constructor(text: string) {
    this.#text = text
  }

  /** @returns null at the end */
  next(): PathToken | null {
    this.#skipSpace()
    const char = this.#text[this.#at]
    if (char === undefined) return null
    if (Object.hasOwn(QUOTES, char)) return this.#quoted(char)
    const name = this.#match(NAME)
    if (name !== null) return name === 'where' ? this.#token('WHERE', name, 'where') : this.#token('ID', name)
    const number = this.#match(NUMBER)
    if (number !== null) return this.#token('NUMBER', number, '', String(BigInt(number)))
    if (this.#text.startsWith('..', this.#at)) return this.#token('DOUBLEDOT', '..', '..')
    const mark = MARKS.get(char)
    if (mark !== undefined) return this.#token(mark, char, char)
    throw lexerError(`Error on line ${this.#line}, col ${this.#at - this.#newline}: Unexpected character: ${char} `)
  }

  #skipSpace(): void {
    for (;;) {
      const char = this.#text[this.#at]
      if (char === '\n') {
        this.#line++
        this.#newline = this.#at
      } else if (char !== ' ' && char !== '\t') return
      this.#at++
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)?.[0] ?? null
  }

  #token(type: PathToken['type'], text: string, operator = '', value = text): PathToken {
    const offset = this.#at
    this.#at += text.length
    return { type, value, operator, line: this.#line, column: offset - this.#newline, offset }
  }

  /** A text in quotes; a backslash stands for the character behind it. */
  #quoted(quote: string): PathToken {
    let value = ''
    this.#at++
    for (;;) {
      const char = this.#text[this.#at]
      if (char === undefined) throw lexerError('Unexpected EOF in string literal or identifier')
      if (char === quote) break
      if (char === '\\') this.#at++
      const kept = this.#text[this.#at]
      if (char === '\\' && (kept === undefined || kept === '\n')) {
        const column = this.#at - 1 - this.#newline
        throw lexerError(
          `Error on line ${this.#line}, col ${column} while lexing ${QUOTE_NAMES[quote] ?? ''}: Unexpected character: \\ `,
        )
      }
      value += kept ?? ''
      this.#at++
    }
    return this.#token(QUOTES[quote] ?? 'ID', quote, '', value)
  }
}

function lexerError(message: string): PythonError {
  return new PythonError('JsonPathLexerError', message)
}
