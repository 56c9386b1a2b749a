import { floatValue, isFloat, isInt } from '@st2/python-values'
import type { ArgumentNode, CallNode, Node } from './ast.ts'

const BINARY_PREFIX = '#operator_'
const UNARY_PREFIX = '#unary_operator_'
/** Operators whose functions have names of their own. */
const NAMED_OPERATORS: Readonly<Record<string, string>> = { '*equal': '=', '*not_equal': '!=' }

/**
 * The text of a parsed expression: read again it gives the same tree, places apart. Parentheses are nodes of the tree, so none are
 * added: a tree that no text was parsed into must bring those it needs.
 */
export function printYaql(node: Node): string {
  switch (node.kind) {
    case 'constant':
      return node.keyword ? String(node.value) : constant(node.value)
    case 'variable':
      return `$${node.name}`
    case 'group':
      return `(${printYaql(node.inner)})`
    case 'call':
      return node.isWritten ? `${node.name}(${argumentList(node.args)})` : notation(node)
  }
}

function constant(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (isInt(value)) return BigInt(value).toString()
  if (isFloat(value)) return decimal(floatValue(value))
  throw new TypeError('a constant is a text, a number, true, false or null')
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`
}

/** The language has no exponents. */
function decimal(value: number): string {
  // the shortest power of ten beyond the largest float
  if (value === Number.POSITIVE_INFINITY) return `1${'0'.repeat(309)}.0`
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const power = Number(exponent)
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0')
  return `${whole}.${digits.slice(power + 1) || '0'}`
}

/** Operators, indexes, lists and mappings. */
function notation({ name, args }: CallNode): string {
  if (name === '#list') return `[${argumentList(args)}]`
  if (name === '#map') return `{${argumentList(args)}}`
  const [first, ...others] = args
  if (first === undefined) throw new TypeError(`${name} needs an operand`)
  if (name === '#indexer') return `${argument(first)}[${argumentList(others)}]`
  if (name.startsWith(UNARY_PREFIX)) return unary(name.slice(UNARY_PREFIX.length), argument(first))
  const operator = Object.hasOwn(NAMED_OPERATORS, name) ? NAMED_OPERATORS[name] : name.slice(BINARY_PREFIX.length)
  const [second] = others
  if (second === undefined) throw new TypeError(`${name} needs two operands`)
  return binary(argument(first), operator ?? '', argument(second))
}

function unary(operator: string, operand: string): string {
  return operator === 'not' ? `not ${operand}` : `${operator}${operand}`
}

function binary(left: string, operator: string, right: string): string {
  const isTight = operator === '.' || operator === '?.'
  // digits on both sides of a point would be one number
  const wouldMerge = /\p{Nd}$/u.test(left) && /^\p{Nd}/u.test(right)
  return isTight && !wouldMerge ? `${left}${operator}${right}` : `${left} ${operator} ${right}`
}

/** Nothing stands where an argument is left out. */
function argumentList(args: readonly ArgumentNode[]): string {
  return args.map(argument).join(', ')
}

function argument(node: ArgumentNode): string {
  if (node.kind === 'skipped') return ''
  if (node.kind === 'rule') return `${printYaql(node.source)} => ${printYaql(node.destination)}`
  return printYaql(node)
}
