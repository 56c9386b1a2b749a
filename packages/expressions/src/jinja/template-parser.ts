import { repr } from '@st2/python-values'
import type { Expression, ReferenceTag, Signature, Statement, Target } from './ast.ts'
import { type Position, TemplateAssertionError } from './errors.ts'
import { ExpressionParser } from './expression-parser.ts'
import { tokenize, tokenizeExpression } from './lexer.ts'
import { TokenStream } from './token-stream.ts'
import type { Token } from './tokens.ts'

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

/** As `parseExpression`, but what stands behind the expression is not looked at: how workflows are inspected. */
export function parseLoosely(source: string, maxDepth: number): Expression {
  return new ExpressionParser(new TokenStream(tokenizeExpression(source)), maxDepth).parse()
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
    const parse = Object.hasOwn(this.#parsers, tag.text) ? this.#parsers[tag.text] : undefined
    if (parse === undefined) throw this.#unknown(tag)
    if (this.#open.length >= this.#maxDepth)
      throw this.#stream.fail(`statements are nested deeper than ${this.#maxDepth} levels (limit depth)`)
    this.#stream.next()
    return parse(tag)
  }

  readonly #parsers: Record<string, (tag: Token) => Statement> = {
    if: (tag) => this.#if(tag),
    for: (tag) => this.#for(tag),
    set: (tag) => this.#set(tag),
    print: (tag) => this.#print(tag),
    macro: (tag) => this.#macro(tag),
    call: (tag) => this.#callBlock(tag),
    filter: (tag) => this.#filterBlock(tag),
    with: (tag) => this.#with(tag),
    autoescape: (tag) => this.#autoescape(tag),
    block: (tag) => this.#namedBlock(tag),
    include: (tag) => this.#include(tag),
    extends: (tag) => this.#reference(tag, 'extends'),
    import: (tag) => this.#import(tag),
    from: (tag) => this.#from(tag),
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
      return { type: 'if', branches, otherwise, position: positionOf(tag) }
    }
  }

  #for(tag: Token): Statement {
    const target = this.#target(true)
    this.#stream.expectName('in')
    const iterable = this.#expressions.parseTuple(false, ['recursive'])
    const condition = this.#stream.skipName('if') ? this.#expressions.parse() : null
    const isRecursive = this.#stream.skipName('recursive')
    const body = this.#block('for', ['endfor', 'else'])
    let otherwise: Statement[] = []
    if (this.#stream.next().text === 'else') {
      otherwise = this.#block('for', ['endfor'])
      this.#stream.next()
    }
    return { type: 'for', target, iterable, condition, isRecursive, body, otherwise, position: positionOf(tag) }
  }

  #set(tag: Token): Statement {
    const target = this.#target(false)
    const position = positionOf(tag)
    if (this.#stream.skipOperator('=')) {
      return { type: 'set', target, value: this.#expressions.parseTuple(), position }
    }
    const filters = this.#stream.skipOperator('|') ? this.#expressions.parseFilterChain() : []
    return { type: 'set-block', target, filters, body: this.#closedBlock('set', 'endset'), position }
  }

  #print(tag: Token): Statement {
    const items: Expression[] = []
    while (!this.#stream.isKind('block_end')) {
      if (items.length > 0) this.#stream.expectOperator(',')
      items.push(this.#expressions.parse())
    }
    return { type: 'print', items, position: positionOf(tag) }
  }

  #macro(tag: Token): Statement {
    const name = this.#nameTarget()
    const signature = this.#signature()
    return { type: 'macro', name, signature, body: this.#closedBlock('macro', 'endmacro'), position: positionOf(tag) }
  }

  #callBlock(tag: Token): Statement {
    const signature = this.#stream.isOperator('(') ? this.#signature() : { parameters: [], defaults: [] }
    const call = this.#expressions.parse()
    if (call.type !== 'call') throw this.#stream.fail('expected call', tag)
    return {
      type: 'call-block',
      signature,
      call,
      body: this.#closedBlock('call', 'endcall'),
      position: positionOf(tag),
    }
  }

  #signature(): Signature {
    const signature: Signature = { parameters: [], defaults: [] }
    this.#stream.expectOperator('(')
    while (!this.#stream.isOperator(')')) {
      if (signature.parameters.length > 0) this.#stream.expectOperator(',')
      const name = this.#nameTarget()
      if (this.#stream.skipOperator('=')) signature.defaults.push(this.#expressions.parse())
      else if (signature.defaults.length > 0) {
        throw this.#stream.fail('non-default argument follows default argument')
      }
      if (signature.parameters.includes(name)) throw this.#stream.fail(`duplicate argument ${repr(name)} in a macro`)
      signature.parameters.push(name)
    }
    this.#stream.expectOperator(')')
    return signature
  }

  #filterBlock(tag: Token): Statement {
    const filters = this.#expressions.parseFilterChain()
    return { type: 'filter-block', filters, body: this.#closedBlock('filter', 'endfilter'), position: positionOf(tag) }
  }

  #with(tag: Token): Statement {
    const bindings: { target: Target; value: Expression }[] = []
    while (!this.#stream.isKind('block_end')) {
      if (bindings.length > 0) this.#stream.expectOperator(',')
      if (this.#stream.isKind('block_end')) {
        throw this.#stream.fail("Expected an expression, got 'end of statement block'")
      }
      const target = this.#target(true)
      this.#stream.expectOperator('=')
      bindings.push({ target, value: this.#expressions.parse() })
    }
    return { type: 'with', bindings, body: this.#closedBlock('with', 'endwith'), position: positionOf(tag) }
  }

  #autoescape(tag: Token): Statement {
    const value = this.#expressions.parse()
    const body = this.#closedBlock('autoescape', 'endautoescape')
    return { type: 'autoescape', value, body, position: positionOf(tag) }
  }

  #namedBlock(tag: Token): Statement {
    const name = this.#stream.expectKind('name').text
    const isScoped = this.#stream.skipName('scoped')
    const isRequired = this.#stream.skipName('required')
    if (this.#stream.isOperator('-')) throw this.#stream.fail(HYPHENATED_BLOCK)
    const body = this.#closedBlock('block', 'endblock')
    if (isRequired && !body.every((part) => part.type === 'text' && part.text.trim() === '')) {
      throw this.#stream.fail('Required blocks can only contain comments or whitespace')
    }
    this.#stream.skipName(name)
    return { type: 'block', name, isScoped, isRequired, body, position: positionOf(tag) }
  }

  #reference(tag: Token, kind: ReferenceTag, names: string[] = []): Statement {
    const template = this.#expressions.parse()
    return { type: 'template-reference', tag: kind, template, names, position: positionOf(tag) }
  }

  #include(tag: Token): Statement {
    const statement = this.#reference(tag, 'include')
    if (this.#stream.isName('ignore') && this.#stream.look(1).text === 'missing') {
      this.#stream.next()
      this.#stream.next()
    }
    this.#skipImportContext()
    return statement
  }

  #import(tag: Token): Statement {
    const template = this.#expressions.parse()
    this.#stream.expectName('as')
    const names = [this.#nameTarget()]
    this.#skipImportContext()
    return { type: 'template-reference', tag: 'import', template, names, position: positionOf(tag) }
  }

  #from(tag: Token): Statement {
    const template = this.#expressions.parse()
    this.#stream.expectName('import')
    const names: string[] = []
    do {
      if (names.length > 0) this.#stream.expectOperator(',')
      if (this.#skipImportContext()) break
      names.push(this.#importedName())
    } while (!this.#skipImportContext() && this.#stream.isOperator(','))
    return { type: 'template-reference', tag: 'from', template, names, position: positionOf(tag) }
  }

  #importedName(): string {
    const token = this.#stream.current
    const name = this.#nameTarget()
    if (name.startsWith('_')) {
      throw new TemplateAssertionError('names starting with an underline can not be imported', token)
    }
    return this.#stream.skipName('as') ? this.#nameTarget() : name
  }

  #skipImportContext(): boolean {
    if (!this.#stream.isName('with', 'without') || this.#stream.look(1).text !== 'context') return false
    this.#stream.next()
    this.#stream.next()
    return true
  }

  #nameTarget(): string {
    const token = this.#stream.expectKind('name')
    if (RESERVED.has(token.text)) throw this.#stream.fail("can't assign to 'name'", token)
    return token.text
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

  /** The statements up to the one tag that ends them, which is consumed too. */
  #closedBlock(tag: string, end: string): Statement[] {
    const body = this.#block(tag, [end])
    this.#stream.next()
    return body
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

const HYPHENATED_BLOCK =
  'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.'

function positionOf({ line, column }: Position): Position {
  return { line, column }
}

/** Names that cannot be assigned to. */
const LITERALS: ReadonlySet<string> = new Set(['integer', 'float', 'string'])
const RESERVED = new Set(['true', 'True', 'false', 'False', 'none', 'None'])
