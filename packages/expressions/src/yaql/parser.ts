/** Operator precedence parser: the precedence is a table, the rest is argument lists. */
import { str } from '@st2/python-values'
import { DEFAULT_LIMITS } from '../limits.ts'
import type { ArgumentNode, CallNode, Node, RuleNode } from './ast.ts'
import { positionAt, YaqlGrammarError } from './errors.ts'
import { Lexer, type Token } from './lexer.ts'

interface Binary {
  level: number
  right?: true
  /** Name of the function behind the operator, where it is not `#operator_` and the sign. */
  functionName?: string
}

/** Higher binds tighter. */
const BINARY: Readonly<Record<string, Binary>> = {
  '.': { level: 11 },
  '?.': { level: 11 },
  '[': { level: 10, functionName: '#indexer' },
  '=~': { level: 8 },
  '!~': { level: 8 },
  '*': { level: 7 },
  '/': { level: 7 },
  mod: { level: 7 },
  '+': { level: 6 },
  '-': { level: 6 },
  '>': { level: 5 },
  '<': { level: 5 },
  '>=': { level: 5 },
  '<=': { level: 5 },
  '!=': { level: 5, functionName: '*not_equal' },
  '=': { level: 5, functionName: '*equal' },
  in: { level: 5 },
  and: { level: 3 },
  or: { level: 2 },
  '->': { level: 1, right: true },
}

const PREFIX: Readonly<Record<string, number>> = {
  '+': 9,
  '-': 9,
  not: 4,
}

/** @throws YaqlGrammarError, YaqlLexicalError with the place */
export function parseExpression(source: string, maxDepth = DEFAULT_LIMITS.depth): Node {
  return new Parser(source, maxDepth).parse()
}

class Parser {
  readonly #lexer: Lexer
  readonly #maxDepth: number
  #token: Token
  #depth = 0

  constructor(source: string, maxDepth: number) {
    this.#lexer = new Lexer(source)
    this.#maxDepth = maxDepth
    this.#token = this.#lexer.next()
  }

  parse(): Node {
    const node = this.#expression(0)
    if (this.#token.kind !== 'end') throw this.#unexpected()
    return node
  }

  #expression(minLevel: number): Node {
    this.#enter()
    const depth = this.#depth
    let left = this.#primary()
    for (;;) {
      const operator = this.#binary()
      if (operator === undefined || operator.level <= minLevel) break
      this.#enter()
      left = this.#operation(left, operator)
    }
    this.#depth = depth - 1
    return left
  }

  #enter(): void {
    if (++this.#depth > this.#maxDepth) {
      const message = `Parse error: the expression is nested deeper than ${this.#maxDepth} levels (limit depth)`
      throw new YaqlGrammarError(message, positionAt(this.#lexer.source, this.#token.start))
    }
  }

  #binary(): Binary | undefined {
    const { kind, text } = this.#token
    return kind === 'operator' || kind === 'punctuation' ? own(BINARY, text) : undefined
  }

  #operation(left: Node, { level, right, functionName }: Binary): Node {
    const operator = this.#advance()
    if (operator.text === '[') {
      const args = this.#argumentsUntil(']')
      return this.#call('#indexer', [left, ...args], left.start)
    }
    const operand = this.#expression(right === true ? level - 1 : level)
    return this.#call(functionName ?? `#operator_${operator.text}`, [left, operand], left.start)
  }

  #primary(): Node {
    // looked at before the next token is read, so that the first mistake in the text is the one reported
    if (!canBegin(this.#token)) throw this.#unexpected()
    const token = this.#advance()
    const { start, end } = token
    switch (token.kind) {
      case 'number':
      case 'text':
      case 'constant':
        return {
          kind: 'constant',
          value: token.value,
          keyword: false,
          start,
          end,
        }
      case 'word':
        return {
          kind: 'constant',
          value: token.text,
          keyword: true,
          start,
          end,
        }
      case 'variable':
        return { kind: 'variable', name: token.text, start, end }
      case 'call':
        return {
          ...this.#call(token.text, this.#argumentsUntil(')'), start),
          isWritten: true,
        }
      case 'operator':
        return this.#prefix(token)
      case 'punctuation':
        return this.#enclosed(token)
      case 'end':
        throw this.#unexpected(token)
    }
  }

  #prefix(token: Token): Node {
    const level = own(PREFIX, token.text)
    if (level === undefined) throw this.#unexpected(token)
    return this.#call(`#unary_operator_${token.text}`, [this.#expression(level)], token.start)
  }

  #enclosed(token: Token): Node {
    if (token.text === '[') return this.#call('#list', this.#argumentsUntil(']'), token.start)
    if (token.text === '{') return this.#call('#map', this.#argumentsUntil('}'), token.start)
    if (token.text !== '(') throw this.#unexpected(token)
    const inner = this.#expression(0)
    const close = this.#expect(')')
    return { kind: 'group', inner, start: token.start, end: close.end }
  }

  /** Positional arguments, of which some may be left out, then named ones. */
  #argumentsUntil(close: string): ArgumentNode[] {
    const args: ArgumentNode[] = []
    if (this.#accept(close)) return args
    let skipped = this.#skipped(args)
    for (;;) {
      const value = this.#expression(0)
      if (this.#is('=>')) {
        const allowed = args.length === 0 || (skipped <= 1 && args.some((argument) => argument.kind !== 'skipped'))
        if (!allowed) throw this.#unexpected()
        return this.#named(args, value, close)
      }
      args.push(value)
      if (this.#accept(close)) return args
      this.#expect(',')
      skipped = this.#skipped(args)
    }
  }

  #skipped(args: ArgumentNode[]): number {
    let count = 0
    for (; this.#is(','); count++) {
      const { start } = this.#advance()
      args.push({ kind: 'skipped', start, end: start })
    }
    return count
  }

  #named(args: ArgumentNode[], first: Node, close: string): ArgumentNode[] {
    args.push(this.#rule(first))
    while (!this.#accept(close)) {
      this.#expect(',')
      args.push(this.#rule(this.#expression(0)))
    }
    return args
  }

  #rule(source: Node): RuleNode {
    this.#expect('=>')
    const destination = this.#expression(0)
    return {
      kind: 'rule',
      source,
      destination,
      start: source.start,
      end: destination.end,
    }
  }

  #call(name: string, args: ArgumentNode[], start: number): CallNode {
    const end = Math.max(this.#lastEnd, start)
    return { kind: 'call', name, args, isWritten: false, start, end }
  }

  #lastEnd = 0

  #advance(): Token {
    const token = this.#token
    if (token.kind !== 'end') {
      this.#lastEnd = token.end
      this.#token = this.#lexer.next()
    }
    return token
  }

  #is(text: string): boolean {
    const { kind } = this.#token
    return (kind === 'punctuation' || kind === 'operator') && this.#token.text === text
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false
    this.#advance()
    return true
  }

  #expect(text: string): Token {
    if (!this.#is(text)) throw this.#unexpected()
    return this.#advance()
  }

  #unexpected(token: Token = this.#token): YaqlGrammarError {
    const { source } = this.#lexer
    const position = positionAt(source, token.start)
    if (token.kind === 'end') return new YaqlGrammarError('Parse error: unexpected end of statement', position)
    const message = `Parse error: unexpected '${shown(token)}' at position ${position.offset} of expression '${source}'`
    return new YaqlGrammarError(message, position)
  }
}

function canBegin({ kind, text }: Token): boolean {
  if (kind === 'operator') return Object.hasOwn(PREFIX, text)
  if (kind === 'punctuation') return text === '(' || text === '[' || text === '{'
  return kind !== 'end'
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** A token as Python prints its value. */
function shown(token: Token): string {
  return token.kind === 'variable' ? `$${token.text}` : str(token.value)
}
