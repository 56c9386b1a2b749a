import { repr } from '@st2/python-values'
import type { Expression, Statement, Target } from './ast.ts'
import { ExpressionParser } from './expression-parser.ts'
import { tokenize, tokenizeExpression } from './lexer.ts'
import { TokenStream } from './token-stream.ts'
import type { Token } from './tokens.ts'

/** Statements of Jinja that have a meaning upstream and none here. */
const UNSUPPORTED = new Set([
  'macro',
  'call',
  'filter',
  'with',
  'block',
  'extends',
  'include',
  'import',
  'from',
  'autoescape',
  'print',
])

/** Parses the text of a template. @throws TemplateSyntaxError */
export function parseStatements(source: string, maxDepth: number): Statement[] {
  return new TemplateParser(new TokenStream(tokenize(source)), maxDepth).parse()
}

/** Parses one expression without braces. @throws TemplateSyntaxError */
export function parseExpression(source: string, maxDepth: number): Expression {
  const stream = new TokenStream(tokenizeExpression(source))
  const expression = new ExpressionParser(stream, maxDepth).parse()
  if (!stream.isKind('eof')) throw stream.fail('chunk after expression')
  return expression
}

class TemplateParser {
  readonly #stream: TokenStream
  readonly #expressions: ExpressionParser
  readonly #maxDepth: number
  /** Names of the statements around the current place, the innermost last; and what may end each. */
  readonly #open: { tag: string; ends: string[] }[] = []

  constructor(stream: TokenStream, maxDepth: number) {
    this.#stream = stream
    this.#maxDepth = maxDepth
    this.#expressions = new ExpressionParser(stream, maxDepth)
  }

  parse(): Statement[] {
    return this.#body([])
  }

  /** Statements up to one of the closing tags, whose `{%` is consumed and whose name is current. */
  #body(ends: string[]): Statement[] {
    const body: Statement[] = []
    while (!this.#stream.isKind('eof')) {
      const token = this.#stream.next()
      const position = { line: token.line, column: token.column }
      if (token.kind === 'data') body.push({ type: 'text', text: token.text, position })
      else if (token.kind === 'variable_begin') {
        body.push({ type: 'output', expression: this.#expressions.parseTuple(), position })
        this.#stream.expectKind('variable_end')
      } else {
        if (ends.length > 0 && this.#stream.isName(...ends)) return body
        body.push(this.#statement())
        this.#stream.expectKind('block_end')
      }
    }
    if (ends.length > 0) throw this.#unclosed(this.#stream.current)
    return body
  }

  #statement(): Statement {
    const tag = this.#stream.current
    if (tag.kind !== 'name') throw this.#stream.fail('tag name expected')
    const parse = this.#parsers[tag.text]
    if (parse === undefined || !Object.hasOwn(this.#parsers, tag.text)) throw this.#unknown(tag)
    if (this.#open.length >= this.#maxDepth)
      throw this.#stream.fail(`statements are nested deeper than ${this.#maxDepth} levels`)
    this.#stream.next()
    return parse(tag)
  }

  readonly #parsers: Record<string, (tag: Token) => Statement> = {
    if: (tag) => this.#if(tag),
    for: (tag) => this.#for(tag),
    set: (tag) => this.#set(tag),
  }

  #if(tag: Token): Statement {
    const branches: { condition: Expression; body: Statement[] }[] = []
    let otherwise: Statement[] = []
    for (;;) {
      const condition = this.#expressions.parseTuple(false)
      branches.push({ condition, body: this.#block('if', ['elif', 'else', 'endif']) })
      const end = this.#stream.next().text
      if (end === 'elif') continue
      if (end === 'else') {
        otherwise = this.#block('if', ['endif'])
        this.#stream.next()
      }
      return { type: 'if', branches, otherwise, position: { line: tag.line, column: tag.column } }
    }
  }

  #for(tag: Token): Statement {
    const target = this.#target(true)
    this.#stream.expectName('in')
    const iterable = this.#expressions.parseTuple(false)
    const condition = this.#stream.skipName('if') ? this.#expressions.parse() : null
    if (this.#stream.isName('recursive')) throw this.#stream.fail("'recursive' in a for statement is not supported yet")
    const body = this.#block('for', ['endfor', 'else'])
    let otherwise: Statement[] = []
    if (this.#stream.next().text === 'else') {
      otherwise = this.#block('for', ['endfor'])
      this.#stream.next()
    }
    const position = { line: tag.line, column: tag.column }
    return { type: 'for', target, iterable, condition, body, otherwise, position }
  }

  #set(tag: Token): Statement {
    const target = this.#target(false)
    const position = { line: tag.line, column: tag.column }
    if (this.#stream.skipOperator('=')) {
      return { type: 'set', target, value: this.#expressions.parseTuple(), position }
    }
    if (this.#stream.isOperator('|')) throw this.#stream.fail("filters of a 'set' block are not supported yet")
    const body = this.#block('set', ['endset'])
    this.#stream.next()
    return { type: 'set-block', target, body, position }
  }

  #target(isLoop: boolean): Target {
    const first = this.#singleTarget(isLoop)
    if (!this.#stream.isOperator(',')) return first
    const items = [first]
    while (this.#stream.skipOperator(',') && !this.#stream.isName('in') && !this.#stream.isOperator('=', ')')) {
      items.push(this.#singleTarget(isLoop))
    }
    return { type: 'tuple', items, position: first.position }
  }

  #singleTarget(isLoop: boolean): Target {
    if (this.#stream.skipOperator('(')) {
      const inner = this.#target(isLoop)
      this.#stream.expectOperator(')')
      return inner
    }
    if (LITERALS.has(this.#stream.current.kind)) throw this.#stream.fail("can't assign to 'const'")
    const token = this.#stream.expectKind('name')
    const position = { line: token.line, column: token.column }
    if (RESERVED.has(token.text)) throw this.#stream.fail("can't assign to 'const'", token)
    if (isLoop || !this.#stream.skipOperator('.')) return { type: 'name', name: token.text, position }
    return { type: 'attribute', object: token.text, name: this.#stream.expectKind('name').text, position }
  }

  #block(tag: string, ends: string[]): Statement[] {
    this.#stream.skipOperator(':')
    this.#stream.expectKind('block_end')
    this.#open.push({ tag, ends })
    const body = this.#body(ends)
    this.#open.pop()
    return body
  }

  #unknown(tag: Token): Error {
    if (UNSUPPORTED.has(tag.text)) return this.#stream.fail(`statement '${tag.text}' is not supported yet`, tag)
    return this.#stream.fail(`Encountered unknown tag ${repr(tag.text)}.${this.#hint(tag.text)}`, tag)
  }

  #unclosed(end: Token): Error {
    return this.#stream.fail(`Unexpected end of template.${this.#hint(null)}`, end)
  }

  /** @source jinja2: parser.py _fail_ut_eof */
  #hint(name: string | null): string {
    const innermost = this.#open.at(-1)
    const expected = new Set(this.#open.flatMap(({ ends }) => ends))
    if (innermost === undefined) return ''
    const currently = innermost.ends.map((end) => repr(end)).join(' or ')
    const looking =
      name !== null && expected.has(name)
        ? ` You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${currently}.`
        : ` Jinja was looking for the following tags: ${currently}.`
    return `${looking} The innermost block that needs to be closed is ${repr(innermost.tag)}.`
  }
}

/** Names that cannot be assigned to. */
const LITERALS: ReadonlySet<string> = new Set(['integer', 'float', 'string'])
const RESERVED = new Set(['true', 'True', 'false', 'False', 'none', 'None'])
