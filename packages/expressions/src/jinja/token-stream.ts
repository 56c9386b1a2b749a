import { repr } from '@st2/python-values'
import { type Position, TemplateSyntaxError } from './errors.ts'
import { describeKind, describeToken, type Token, type TokenKind } from './tokens.ts'

/** The tokens of a template and a place in them. */
export class TokenStream {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get current(): Token {
    return this.look(0)
  }

  look(ahead: number): Token {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1)
    if (token === undefined) throw new RangeError('a token stream has at least its end')
    if (token.error !== undefined) throw token.error
    return token
  }

  next(): Token {
    const token = this.current
    this.#advance()
    return token
  }

  /** What the lexer has against the token behind comes first, as upstream's reads one token ahead. */
  #advance(): void {
    this.#at++
    this.look(0)
  }

  isKind(kind: TokenKind): boolean {
    return this.current.kind === kind
  }

  isOperator(...operators: string[]): boolean {
    return this.current.kind === 'operator' && operators.includes(this.current.text)
  }

  isName(...names: string[]): boolean {
    return this.current.kind === 'name' && names.includes(this.current.text)
  }

  skipOperator(operator: string): boolean {
    if (!this.isOperator(operator)) return false
    this.#advance()
    return true
  }

  skipName(name: string): boolean {
    if (!this.isName(name)) return false
    this.#advance()
    return true
  }

  expectKind(kind: TokenKind): Token {
    if (!this.isKind(kind)) throw this.#unexpected(describeKind(kind))
    return this.next()
  }

  expectOperator(operator: string): Token {
    if (!this.isOperator(operator)) throw this.#unexpected(operator)
    return this.next()
  }

  expectName(name: string): Token {
    if (!this.isName(name)) throw this.#unexpected(name)
    return this.next()
  }

  fail(message: string, position: Position = this.current): TemplateSyntaxError {
    return new TemplateSyntaxError(message, position)
  }

  /** @source jinja2: lexer.py TokenStream.expect */
  #unexpected(expected: string): TemplateSyntaxError {
    const { current } = this
    if (current.kind === 'eof') return this.fail(`unexpected end of template, expected ${repr(expected)}.`)
    return this.fail(`expected token ${repr(expected)}, got ${repr(describeToken(current))}`)
  }
}
