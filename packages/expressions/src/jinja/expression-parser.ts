import { numberLiteral, repr } from '@st2/python-values'
import type { CallArguments, ComparisonOperator, Expression, FilterCall } from './ast.ts'
import { type Position, TemplateSyntaxError } from './errors.ts'
import { COMPARISONS, CONCAT, CONSTANTS, LEVELS, SUM } from './operator-tables.ts'
import type { TokenStream } from './token-stream.ts'
import { describeToken, type Token } from './tokens.ts'

/** A Pratt parser for Jinja's expressions. @source jinja2: parser.py */
export class ExpressionParser {
  readonly #stream: TokenStream
  readonly #maxHeight: number
  #depth = 0

  constructor(stream: TokenStream, maxHeight: number) {
    this.#stream = stream
    this.#maxHeight = maxHeight
  }

  /** One expression; with commas it is a tuple, as in `{{ 1, 2 }}` and `for a, b in …`. */
  parseTuple(withConditional = true, endNames: readonly string[] = []): Expression {
    const start = this.#stream.current
    return this.#tuple(start, () => (withConditional ? this.parse() : this.#or()), false, endNames)
  }

  /** One expression, inline `if` included. */
  parse(): Expression {
    const start = this.#stream.current
    this.#enter(start)
    let result = this.#or()
    while (this.#stream.skipName('if')) {
      const condition = this.#or()
      const otherwise = this.#stream.skipName('else') ? this.parse() : null
      result = {
        type: 'conditional',
        condition,
        value: result,
        otherwise,
        ...this.#base(start, result, condition, otherwise),
      }
    }
    this.#depth--
    return result
  }

  /** As `parse`, without inline `if`: what may stand before the `if` of a `for`. */
  parseWithoutConditional(): Expression {
    return this.#or()
  }

  #enter(position: Position): void {
    if (++this.#depth > this.#maxHeight) throw this.#tooDeep(position)
  }

  #tooDeep(position: Position): TemplateSyntaxError {
    return new TemplateSyntaxError(
      `the expression is nested deeper than ${this.#maxHeight} levels (limit depth)`,
      position,
    )
  }

  /** The position and height of a node made of others; refuses what is too high to be evaluated on the stack. */
  #base(token: Position, ...children: (Expression | null)[]): { position: Position; height: number } {
    const height = 1 + children.reduce((most, child) => Math.max(most, child?.height ?? 0), 0)
    if (height > this.#maxHeight) throw this.#tooDeep(token)
    return { position: { line: token.line, column: token.column }, height }
  }

  #or(): Expression {
    return this.#logic('or', () => this.#logic('and', () => this.#not()))
  }

  #logic(operator: 'and' | 'or', operand: () => Expression): Expression {
    const start = this.#stream.current
    let left = operand()
    while (this.#stream.skipName(operator)) {
      const right = operand()
      left = { type: 'logic', operator, left, right, ...this.#base(start, left, right) }
    }
    return left
  }

  #not(): Expression {
    const start = this.#stream.current
    if (!this.#stream.skipName('not')) return this.#comparison()
    this.#enter(start)
    const operand = this.#not()
    this.#depth--
    return { type: 'unary', operator: 'not', operand, ...this.#base(start, operand) }
  }

  #comparison(): Expression {
    const start = this.#stream.current
    const first = this.#binary(SUM)
    const rest: { operator: ComparisonOperator; operand: Expression }[] = []
    for (let operator = this.#comparisonOperator(); operator !== null; operator = this.#comparisonOperator()) {
      rest.push({ operator, operand: this.#binary(SUM) })
    }
    if (rest.length === 0) return first
    return { type: 'comparison', first, rest, ...this.#base(start, first, ...rest.map(({ operand }) => operand)) }
  }

  #comparisonOperator(): ComparisonOperator | null {
    const { kind, text } = this.#stream.current
    if (kind === 'operator') {
      const operator = COMPARISONS[text]
      if (operator === undefined) return null
      this.#stream.next()
      return operator
    }
    if (this.#stream.skipName('in')) return 'in'
    if (!this.#stream.isName('not')) return null
    const next = this.#stream.look(1)
    if (next.kind !== 'name' || next.text !== 'in') return null
    this.#stream.next()
    this.#stream.next()
    return 'not in'
  }

  #binary(level: number): Expression {
    const start = this.#stream.current
    let left = this.#unary(true)
    for (;;) {
      const found = this.#stream.isKind('operator') ? LEVELS[this.#stream.current.text] : undefined
      if (found === undefined || found.level < level) return left
      this.#stream.next()
      const right = this.#binary(found.level + 1)
      if (found.operator === '~') left = this.#concat(start, left, right)
      else left = { type: 'binary', operator: found.operator, left, right, ...this.#base(start, left, right) }
    }
  }

  /** `a ~ b ~ c` is one node. */
  #concat(start: Token, left: Expression, right: Expression): Expression {
    const parts = [left, right]
    while (this.#stream.skipOperator('~')) parts.push(this.#binary(CONCAT + 1))
    return { type: 'concat', parts, ...this.#base(start, ...parts) }
  }

  #unary(withFilters: boolean): Expression {
    const start = this.#stream.current
    let node: Expression
    if (this.#stream.isOperator('-', '+')) {
      this.#stream.next()
      this.#enter(start)
      const operand = this.#unary(false)
      this.#depth--
      node = { type: 'unary', operator: start.text === '-' ? '-' : '+', operand, ...this.#base(start, operand) }
    } else {
      node = this.#primary()
    }
    node = this.#postfix(node)
    return withFilters ? this.#filters(node) : node
  }

  #primary(): Expression {
    const token = this.#stream.current
    if (token.kind === 'name') {
      this.#stream.next()
      if (Object.hasOwn(CONSTANTS, token.text))
        return { type: 'literal', value: CONSTANTS[token.text], ...this.#base(token) }
      return { type: 'name', name: token.text, ...this.#base(token) }
    }
    if (token.kind === 'string') return this.#string(token)
    if (token.kind === 'integer' || token.kind === 'float') {
      this.#stream.next()
      return { type: 'literal', value: numberLiteral(token.text), ...this.#base(token) }
    }
    if (this.#stream.isOperator('(')) return this.#parenthesised(token)
    if (this.#stream.isOperator('[')) return this.#list(token)
    if (this.#stream.isOperator('{')) return this.#dict(token)
    throw this.#stream.fail(`unexpected ${repr(describeToken(token))}`, token)
  }

  /** Literals that stand side by side are one text. */
  #string(token: Token): Expression {
    let value = ''
    while (this.#stream.isKind('string')) value += this.#stream.next().text
    return { type: 'literal', value, ...this.#base(token) }
  }

  #parenthesised(start: Token): Expression {
    this.#stream.next()
    const result = this.#tuple(start, () => this.parse(), true)
    this.#stream.expectOperator(')')
    return result
  }

  #tuple(start: Token, item: () => Expression, isParenthesised: boolean, endNames: readonly string[] = []): Expression {
    const items: Expression[] = []
    let isTuple = false
    while (!this.#isTupleEnd() && !this.#stream.isName(...endNames)) {
      items.push(item())
      if (!this.#stream.skipOperator(',')) break
      isTuple = true
    }
    const [first] = items
    if (!isTuple && first !== undefined) return first
    if (!isTuple && !isParenthesised) {
      throw this.#stream.fail(`Expected an expression, got ${repr(describeToken(this.#stream.current))}`)
    }
    return { type: 'tuple', items, ...this.#base(start, ...items) }
  }

  #isTupleEnd(): boolean {
    return this.#stream.isKind('variable_end') || this.#stream.isKind('block_end') || this.#stream.isOperator(')')
  }

  #list(start: Token): Expression {
    this.#stream.next()
    const items: Expression[] = []
    while (!this.#stream.isOperator(']')) {
      if (items.length > 0) this.#stream.expectOperator(',')
      if (this.#stream.isOperator(']')) break
      items.push(this.parse())
    }
    this.#stream.expectOperator(']')
    return { type: 'list', items, ...this.#base(start, ...items) }
  }

  #dict(start: Token): Expression {
    this.#stream.next()
    const entries: { key: Expression; value: Expression }[] = []
    while (!this.#stream.isOperator('}')) {
      if (entries.length > 0) this.#stream.expectOperator(',')
      if (this.#stream.isOperator('}')) break
      const key = this.parse()
      this.#stream.expectOperator(':')
      entries.push({ key, value: this.parse() })
    }
    this.#stream.expectOperator('}')
    return { type: 'dict', entries, ...this.#base(start, ...entries.flatMap(({ key, value }) => [key, value])) }
  }

  #postfix(operand: Expression): Expression {
    let node = operand
    for (;;) {
      if (this.#stream.isOperator('.', '[')) node = this.#subscript(node)
      else if (this.#stream.isOperator('(')) node = this.#call(node)
      else return node
    }
  }

  #subscript(object: Expression): Expression {
    const token = this.#stream.next()
    if (token.text === '[') return this.#items(object, token)
    const name = this.#stream.next()
    if (name.kind === 'name') return { type: 'attribute', object, name: name.text, ...this.#base(token, object) }
    if (name.kind !== 'integer') throw this.#stream.fail('expected name or number', name)
    const key: Expression = { type: 'literal', value: numberLiteral(name.text), ...this.#base(name) }
    return { type: 'item', object, key, ...this.#base(token, object) }
  }

  #items(object: Expression, token: Token): Expression {
    const keys: Expression[] = []
    while (!this.#stream.isOperator(']')) {
      if (keys.length > 0) this.#stream.expectOperator(',')
      keys.push(this.#key())
    }
    this.#stream.expectOperator(']')
    const [first] = keys
    const key: Expression =
      keys.length === 1 && first !== undefined ? first : { type: 'tuple', items: keys, ...this.#base(token, ...keys) }
    return { type: 'item', object, key, ...this.#base(token, object, key) }
  }

  /** An index, or a slice `start:stop:step` whose parts may all be left out. */
  #key(): Expression {
    const token = this.#stream.current
    let start: Expression | null = null
    if (!this.#stream.isOperator(':')) {
      start = this.parse()
      if (!this.#stream.isOperator(':')) return start
    }
    this.#stream.next()
    const stop = this.#isSlicePartEmpty() ? null : this.parse()
    const step = this.#stream.skipOperator(':') && !this.#isSlicePartEmpty() ? this.parse() : null
    return { type: 'slice', start, stop, step, ...this.#base(token, start, stop, step) }
  }

  #isSlicePartEmpty(): boolean {
    return this.#stream.isOperator(':', ']', ',')
  }

  #call(callee: Expression): Expression {
    const token = this.#stream.current
    const callArguments = this.#arguments()
    return {
      type: 'call',
      callee,
      arguments: callArguments,
      ...this.#base(token, callee, ...expressionsOf(callArguments)),
    }
  }

  #arguments(): CallArguments {
    const open = this.#stream.expectOperator('(')
    const found: CallArguments = { args: [], kwargs: [], rest: null, options: null }
    let isFirst = true
    while (!this.#stream.isOperator(')')) {
      if (!isFirst) {
        this.#stream.expectOperator(',')
        if (this.#stream.isOperator(')')) break
      }
      this.#argument(found, open)
      isFirst = false
    }
    this.#stream.expectOperator(')')
    return found
  }

  #argument(found: CallArguments, open: Token): void {
    const require = (isAllowed: boolean): void => {
      if (!isAllowed) throw this.#stream.fail('invalid syntax for function call expression', open)
    }
    if (this.#stream.skipOperator('*')) {
      require(found.rest === null && found.options === null)
      found.rest = this.parse()
    } else if (this.#stream.skipOperator('**')) {
      require(found.options === null)
      found.options = this.parse()
    } else if (this.#stream.isKind('name') && this.#isAssignment()) {
      require(found.options === null)
      const name = this.#stream.next().text
      this.#stream.next()
      found.kwargs.push({ name, value: this.parse() })
    } else {
      require(found.rest === null && found.options === null && found.kwargs.length === 0)
      found.args.push(this.parse())
    }
  }

  #isAssignment(): boolean {
    const next = this.#stream.look(1)
    return next.kind === 'operator' && next.text === '='
  }

  #filters(operand: Expression): Expression {
    let node = operand
    for (;;) {
      if (this.#stream.isOperator('|')) node = this.#filter(node)
      else if (this.#stream.isName('is')) node = this.#test(node)
      else if (this.#stream.isOperator('(')) node = this.#call(node)
      else return node
    }
  }

  /** The filters of a block, `upper | replace('A', 'b')`, innermost first; what they work on is the block's text. */
  parseFilterChain(): FilterCall[] {
    const filters = [this.#filterCall(null)]
    while (this.#stream.skipOperator('|')) filters.push(this.#filterCall(null))
    return filters
  }

  #filter(value: Expression): Expression {
    this.#stream.next()
    return this.#filterCall(value)
  }

  #filterCall(value: Expression | null): FilterCall {
    const token = this.#stream.current
    const name = this.#dottedName()
    const given = this.#stream.isOperator('(') ? this.#arguments() : noArguments()
    return { type: 'filter', value, name, arguments: given, ...this.#base(token, value, ...expressionsOf(given)) }
  }

  #dottedName(): string {
    let name = this.#stream.expectKind('name').text
    while (this.#stream.skipOperator('.')) name += `.${this.#stream.expectKind('name').text}`
    return name
  }

  #test(value: Expression): Expression {
    const token = this.#stream.next()
    const negated = this.#stream.skipName('not')
    const name = this.#dottedName()
    const given = this.#testArguments()
    return {
      type: 'test',
      value,
      name,
      negated,
      arguments: given,
      ...this.#base(token, value, ...expressionsOf(given)),
    }
  }

  /** `is divisibleby 3` and `is in [1, 2]` take one operand without parentheses. */
  #testArguments(): CallArguments {
    if (this.#stream.isOperator('(')) return this.#arguments()
    const { kind } = this.#stream.current
    const isOperand = kind === 'name' || kind === 'string' || kind === 'integer' || kind === 'float'
    if (!isOperand && !this.#stream.isOperator('[', '{')) return noArguments()
    if (this.#stream.isName('else', 'or', 'and')) return noArguments()
    if (this.#stream.isName('is')) throw this.#stream.fail('You cannot chain multiple tests with is')
    return { ...noArguments(), args: [this.#postfix(this.#primary())] }
  }
}

function noArguments(): CallArguments {
  return { args: [], kwargs: [], rest: null, options: null }
}

function expressionsOf(given: CallArguments): (Expression | null)[] {
  return [...given.args, ...given.kwargs.map(({ value }) => value), given.rest, given.options]
}
