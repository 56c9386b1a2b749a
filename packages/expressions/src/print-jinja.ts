import { floatValue, isFloat, isInt, reprFloat } from '@st2/python-values'
import type { CallArguments, Expression, FilterCall, Signature, Statement, Target } from './jinja/ast.ts'

/** How tightly what is written binds; each also allows everything below it in this list. */
const LEVEL = {
  conditional: 0,
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  concat: 6,
  product: 7,
  power: 8,
  filter: 9,
  sign: 10,
  postfix: 11,
  primary: 12,
} as const

const BINARY_LEVEL: Record<Extract<Expression, { type: 'binary' }>['operator'], number> = {
  '+': LEVEL.sum,
  '-': LEVEL.sum,
  '*': LEVEL.product,
  '/': LEVEL.product,
  '//': LEVEL.product,
  '%': LEVEL.product,
  '**': LEVEL.power,
}

/** The text of a parsed template: read again it gives the same statements, places apart. Signs of whitespace control keep all text as it is. */
export function printJinja(body: readonly Statement[]): string {
  const source = statements(body)
  // one newline at the very end does not count
  return source.endsWith('\n') ? `${source}\n` : source
}

/** The text of one expression without braces: read again it gives the same tree, places apart. */
export function printJinjaExpression(expression: Expression): string {
  return print(expression, LEVEL.conditional)
}

function statements(body: readonly Statement[]): string {
  return body
    .map((statement, at) => {
      const isAfterText = statement.type === 'text' && body[at - 1]?.type === 'text'
      return isAfterText ? `{#+ +#}${printStatement(statement)}` : printStatement(statement)
    })
    .join('')
}

function tag(content: string): string {
  return `{%+ ${content} +%}`
}

function printStatement(statement: Statement): string {
  switch (statement.type) {
    case 'text':
      return plainText(statement.text)
    case 'output':
      return `{{ ${print(statement.expression, LEVEL.conditional)} }}`
    case 'print':
      return tag(`print ${list(statement.items)}`)
    case 'if':
      return printIf(statement)
    case 'for':
      return printFor(statement)
    case 'set':
      return tag(`set ${target(statement.target)} = ${print(statement.value, LEVEL.conditional)}`)
    case 'set-block':
      return `${tag(setBlockHead(statement))}${statements(statement.body)}${tag('endset')}`
    case 'macro':
      return `${tag(`macro ${statement.name}(${signature(statement.signature)})`)}${statements(statement.body)}${tag('endmacro')}`
    case 'call-block':
      return `${tag(`call(${signature(statement.signature)}) ${print(statement.call, LEVEL.postfix)}`)}${statements(statement.body)}${tag('endcall')}`
    case 'filter-block':
      return `${tag(`filter ${filterChain(statement.filters)}`)}${statements(statement.body)}${tag('endfilter')}`
    case 'with':
      return `${tag(`with ${bindings(statement.bindings)}`)}${statements(statement.body)}${tag('endwith')}`
    case 'autoescape':
      return `${tag(`autoescape ${print(statement.value, LEVEL.conditional)}`)}${statements(statement.body)}${tag('endautoescape')}`
    case 'block':
      return `${tag(blockHead(statement))}${statements(statement.body)}${tag('endblock')}`
    case 'template-reference':
      return tag(reference(statement))
  }
}

/** Text that would begin a tag stands in a raw block. */
function plainText(text: string): string {
  return /\{(?:[{%#]|$)/.test(text) ? `{%+ raw %}${text}{%+ endraw +%}` : text
}

function printIf({ branches, otherwise }: Extract<Statement, { type: 'if' }>): string {
  const parts = branches.map(
    ({ condition, body }, at) =>
      `${tag(`${at === 0 ? 'if' : 'elif'} ${print(condition, LEVEL.or)}`)}${statements(body)}`,
  )
  return `${parts.join('')}${printElse(otherwise)}${tag('endif')}`
}

function printFor({
  target: goal,
  iterable,
  condition,
  isRecursive,
  body,
  otherwise,
}: Extract<Statement, { type: 'for' }>): string {
  const filter = condition === null ? '' : ` if ${print(condition, LEVEL.conditional)}`
  const head = `for ${target(goal)} in ${print(iterable, LEVEL.or)}${filter}${isRecursive ? ' recursive' : ''}`
  return `${tag(head)}${statements(body)}${printElse(otherwise)}${tag('endfor')}`
}

function printElse(body: readonly Statement[]): string {
  return body.length === 0 ? '' : `${tag('else')}${statements(body)}`
}

function setBlockHead(statement: Extract<Statement, { type: 'set-block' }>): string {
  const name = `set ${target(statement.target)}`
  return statement.filters.length === 0 ? name : `${name} | ${filterChain(statement.filters)}`
}

function blockHead({ name, isScoped, isRequired }: Extract<Statement, { type: 'block' }>): string {
  return `block ${name}${isScoped ? ' scoped' : ''}${isRequired ? ' required' : ''}`
}

function bindings(all: Extract<Statement, { type: 'with' }>['bindings']): string {
  return all.map((one) => `${target(one.target)} = ${print(one.value, LEVEL.conditional)}`).join(', ')
}

function reference({ tag: kind, template, names }: Extract<Statement, { type: 'template-reference' }>): string {
  const head = `${kind} ${print(template, LEVEL.conditional)}`
  if (kind === 'import') return `${head} as ${names.join(', ')}`
  if (kind !== 'from') return head
  // only as a second name may a name begin with an underline
  const imported = names.map((name) => (name.startsWith('_') ? `name as ${name}` : name))
  return `${head} import ${imported.length === 0 ? 'with context' : imported.join(', ')}`
}

function signature({ parameters, defaults }: Signature): string {
  const firstDefault = parameters.length - defaults.length
  return parameters
    .map((name, at) => {
      const value = defaults[at - firstDefault]
      return value === undefined ? name : `${name}=${print(value, LEVEL.conditional)}`
    })
    .join(', ')
}

function target(goal: Target): string {
  if (goal.type === 'name') return goal.name
  if (goal.type === 'attribute') return `${goal.object}.${goal.name}`
  const items = goal.items.map((item) => (item.type === 'tuple' ? `(${target(item)})` : target(item)))
  return items.length === 1 ? `${items.join('')},` : items.join(', ')
}

function filterChain(filters: readonly FilterCall[]): string {
  return filters.map(filterCall).join(' | ')
}

function filterCall({ name, arguments: given }: FilterCall): string {
  const text = argumentList(given)
  return text === '' ? name : `${name}(${text})`
}

/** @param least what may stand here binds at least so tightly; everything else gets parentheses */
function print(expression: Expression, least: number): string {
  const text = printOpen(expression)
  return levelOf(expression) < least ? `(${text})` : text
}

function levelOf(expression: Expression): number {
  switch (expression.type) {
    case 'conditional':
      return LEVEL.conditional
    case 'logic':
      return LEVEL[expression.operator]
    case 'unary':
      return expression.operator === 'not' ? LEVEL.not : LEVEL.sign
    case 'comparison':
      return LEVEL.comparison
    case 'concat':
      return LEVEL.concat
    case 'binary':
      return BINARY_LEVEL[expression.operator]
    case 'filter':
    case 'test':
      return LEVEL.filter
    case 'call':
    case 'attribute':
    case 'item':
      return LEVEL.postfix
    case 'literal':
    case 'name':
    case 'tuple':
    case 'list':
    case 'dict':
    case 'slice':
      return LEVEL.primary
  }
}

function printOpen(expression: Expression): string {
  switch (expression.type) {
    case 'literal':
      return literal(expression.value)
    case 'name':
      return expression.name
    case 'tuple':
      return expression.items.length === 1 ? `(${list(expression.items)},)` : `(${list(expression.items)})`
    case 'list':
      return `[${list(expression.items)}]`
    case 'dict':
      return `{${expression.entries.map(({ key, value }) => `${printJinjaExpression(key)}: ${printJinjaExpression(value)}`).join(', ')}}`
    case 'attribute':
      return `${print(expression.object, LEVEL.postfix)}.${expression.name}`
    case 'item':
      return `${print(expression.object, LEVEL.postfix)}[${itemKey(expression.key)}]`
    case 'slice':
      return slice(expression)
    case 'call':
      return `${print(expression.callee, LEVEL.postfix)}(${argumentList(expression.arguments)})`
    case 'filter':
      return expression.value === null
        ? filterCall(expression)
        : `${print(expression.value, LEVEL.filter)} | ${filterCall(expression)}`
    case 'test':
      return printTest(expression)
    default:
      return operation(expression)
  }
}

/**
 * Parentheses even around nothing: what follows a bare name of a test could be its argument. Only as a bare argument, though, is `not`
 * a name.
 */
function printTest({ value, name, negated, arguments: given }: Extract<Expression, { type: 'test' }>): string {
  const head = `${print(value, LEVEL.filter)} is ${negated ? 'not ' : ''}${name}`
  const text = argumentList(given)
  return firstName(given.args[0]) === 'not' ? `${head} ${text}` : `${head}(${text})`
}

/** The name that an expression begins with. */
function firstName(expression: Expression | undefined): string | undefined {
  if (expression?.type === 'name') return expression.name
  if (expression?.type === 'attribute' || expression?.type === 'item') return firstName(expression.object)
  return expression?.type === 'call' ? firstName(expression.callee) : undefined
}

type Operation = Extract<Expression, { type: 'unary' | 'binary' | 'concat' | 'logic' | 'comparison' | 'conditional' }>

function operation(expression: Operation): string {
  switch (expression.type) {
    case 'unary':
      return expression.operator === 'not'
        ? `not ${print(expression.operand, LEVEL.not)}`
        : `${expression.operator}${print(expression.operand, LEVEL.sign)}`
    case 'binary': {
      const level = BINARY_LEVEL[expression.operator]
      return `${print(expression.left, level)} ${expression.operator} ${print(expression.right, level + 1)}`
    }
    case 'concat':
      return expression.parts.map((part) => print(part, LEVEL.concat + 1)).join(' ~ ')
    case 'logic': {
      const level = LEVEL[expression.operator]
      return `${print(expression.left, level)} ${expression.operator} ${print(expression.right, level + 1)}`
    }
    case 'comparison': {
      const rest = expression.rest.map(({ operator, operand }) => ` ${operator} ${print(operand, LEVEL.sum)}`)
      return `${print(expression.first, LEVEL.sum)}${rest.join('')}`
    }
    case 'conditional': {
      const head = `${print(expression.value, LEVEL.or)} if ${print(expression.condition, LEVEL.or)}`
      return expression.otherwise === null ? head : `${head} else ${print(expression.otherwise, LEVEL.conditional)}`
    }
  }
}

function literal(value: unknown): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (isInt(value)) return BigInt(value).toString()
  // beyond the largest float: the source was such a number too
  if (isFloat(value)) return floatValue(value) === Number.POSITIVE_INFINITY ? '1e999' : reprFloat(floatValue(value))
  throw new TypeError('a literal is a text, a number, true, false or none')
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r` }

/** On one line, since workflows have no expression that spans lines. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\'\n\r]/g, (char) => ESCAPES[char] ?? `\\${char}`)}'`
}

/** Slices side by side are a tuple that can have no parentheses. */
function itemKey(key: Expression): string {
  const hasSlices = key.type === 'tuple' && key.items.some((item) => item.type === 'slice')
  return hasSlices ? list(key.items) : printJinjaExpression(key)
}

function slice({ start, stop, step }: Extract<Expression, { type: 'slice' }>): string {
  const part = (expression: Expression | null): string => (expression === null ? '' : printJinjaExpression(expression))
  return step === null ? `${part(start)}:${part(stop)}` : `${part(start)}:${part(stop)}:${part(step)}`
}

function argumentList({ args, kwargs, rest, options }: CallArguments): string {
  return [
    ...args.map(printJinjaExpression),
    ...kwargs.map(({ name, value }) => `${name}=${printJinjaExpression(value)}`),
    ...(rest === null ? [] : [`*${printJinjaExpression(rest)}`]),
    ...(options === null ? [] : [`**${printJinjaExpression(options)}`]),
  ].join(', ')
}

function list(items: readonly Expression[]): string {
  return items.map(printJinjaExpression).join(', ')
}
