import { dictFrom, requireHashable } from './dict.ts'
import { equals } from './compare.ts'
import { PythonSyntaxError, PythonValueError } from './errors.ts'
import { syntaxError, type Token, tokenize } from './literal-lexer.ts'
import { floatValue, isDict, isFloat, isInt, makeFloat, makeInt, PyTuple } from './kinds.ts'
import { numberLiteral } from './number-literal.ts'
import { unescapeText } from './string-literal.ts'

/** Literals nested deeper than this are refused. Python's parser stops at about 200 too. */
export const MAX_LITERAL_DEPTH = 200

/**
 * Reads a Python literal, as `ast.literal_eval` does: texts, numbers, tuples, lists, dicts, True, False and None.
 * A set becomes an array, a tuple a `PyTuple`. Bytes and complex numbers are refused.
 *
 * @throws PythonValueError `malformed node or string…` for an expression that is no literal
 * @throws PythonSyntaxError (a PythonValueError too) for a text that is no expression
 */
export function parseLiteral(text: string): unknown {
  const reader = new LiteralReader(text.replace(/^[ \t]+/, ''))
  return reader.readAll()
}

/** Words that begin an expression which is no literal. */
const KEYWORD_NODES: Record<string, string> = { lambda: 'Lambda', not: 'UnaryOp' }
const CONSTANTS: Record<string, unknown> = { True: true, False: false, None: null }

/** What follows an operand in an expression that is no literal, and the name of Python's node for it. */
const OPERATOR_NODES: Record<string, string> = {
  '(': 'Call',
  '.': 'Attribute',
  '[': 'Subscript',
  and: 'BoolOp',
  or: 'BoolOp',
  if: 'IfExp',
  is: 'Compare',
  in: 'Compare',
  not: 'Compare',
  '<': 'Compare',
  '>': 'Compare',
  '==': 'Compare',
  '!=': 'Compare',
  '<=': 'Compare',
  '>=': 'Compare',
}
const UNARY = new Set(['-', '+', '~'])
const ARITHMETIC = new Set(['+', '-', '*', '/', '//', '%', '**', '@', '&', '|', '^'])

class LiteralReader {
  readonly #tokens: Token[]
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#tokens = tokenize(text)
  }

  readAll(): unknown {
    const first = this.#operand()
    const value = this.#peek().text === ',' ? this.#bareTuple(first) : first
    if (this.#peek().kind === 'newline') this.#at++
    if (this.#peek().kind !== 'end') throw syntaxError(this.#peek().line)
    return value
  }

  #bareTuple(first: unknown): PyTuple {
    const items = [first]
    while (this.#take(',')) {
      if (this.#peek().kind === 'end') break
      items.push(this.#operand())
    }
    return PyTuple.from(items)
  }

  /** One literal, and a refusal by node name when an operator makes it something else. */
  #operand(): unknown {
    const start = this.#peek()
    if (this.#depth++ > MAX_LITERAL_DEPTH)
      throw new PythonSyntaxError(`too many nested parentheses (<unknown>, line ${start.line})`)
    const value = this.#unary()
    const next = this.#peek()
    if (next.kind === 'mark' || next.kind === 'name') {
      if (next.text === '+' || next.text === '-') throw this.#sum(value)
      const node = ARITHMETIC.has(next.text) ? 'BinOp' : OPERATOR_NODES[next.text]
      if (node !== undefined) throw malformed(node, start.line)
    }
    this.#depth--
    return value
  }

  /** Sums are read for the sake of complex numbers: what is wrong with one is told by its operands first. */
  #sum(left: unknown): PythonValueError {
    const { line } = this.#next()
    if (!isNumber(left)) return malformed(nodeOf(left), line)
    const sign = this.#peek()
    const right = this.#unary()
    if (sign.text === '-' || sign.text === '+') return malformed('UnaryOp', line)
    return malformed(isNumber(right) ? 'BinOp' : nodeOf(right), line)
  }

  #unary(): unknown {
    const token = this.#peek()
    if (token.kind !== 'mark' || !UNARY.has(token.text)) return this.#primary()
    this.#at++
    const after = this.#peek()
    if (token.text === '~' || (after.kind === 'mark' && UNARY.has(after.text))) throw malformed('UnaryOp', token.line)
    const value = this.#primary()
    if (!isNumber(value)) throw malformed(nodeOf(value), token.line)
    return token.text === '-' ? negative(value) : value
  }

  #primary(): unknown {
    const token = this.#next()
    if (token.kind === 'text') return this.#texts(token)
    if (token.kind === 'number') return readNumber(token)
    if (token.kind === 'name') return this.#name(token)
    if (token.text === '[') return this.#list(']')
    if (token.text === '(') return this.#parenthesised()
    if (token.text === '{') return this.#braces()
    if (token.text === '*') throw malformed('Starred', token.line)
    throw syntaxError(token.line)
  }

  #name(token: Token): unknown {
    if (Object.hasOwn(CONSTANTS, token.text)) return CONSTANTS[token.text]
    const keyword = KEYWORD_NODES[token.text]
    if (keyword !== undefined) throw malformed(keyword, token.line)
    const next = this.#peek()
    if (next.text === '=') throw syntaxError(token.line)
    if (token.text === 'set' && next.text === '(' && this.#tokens[this.#at + 1]?.text === ')') {
      this.#at += 2
      return []
    }
    if (next.kind === 'name' || next.kind === 'number' || next.kind === 'text') {
      if (OPERATOR_NODES[next.text] === undefined) throw syntaxError(token.line)
    }
    const isSum = next.text === '+' || next.text === '-'
    const node = ARITHMETIC.has(next.text) && !isSum ? 'BinOp' : (OPERATOR_NODES[next.text] ?? 'Name')
    throw malformed(node, token.line)
  }

  #texts(first: Token): string {
    let text = readText(first)
    while (this.#peek().kind === 'text') text += readText(this.#next())
    return text
  }

  #list(close: string): unknown[] {
    const items: unknown[] = []
    while (!this.#take(close)) {
      items.push(this.#operand())
      if (!this.#take(',') && this.#peek().text !== close) throw this.#unclosed()
    }
    return items
  }

  #parenthesised(): unknown {
    if (this.#take(')')) return PyTuple.from([])
    const first = this.#operand()
    if (this.#take(')')) return first
    if (!this.#take(',')) throw this.#unclosed()
    return PyTuple.from([first, ...this.#list(')')])
  }

  #braces(): unknown {
    if (this.#take('}')) return {}
    const first = this.#operand()
    if (!this.#take(':')) return this.#set(first)
    const entries: [unknown, unknown][] = [[first, this.#dictValue()]]
    while (!this.#take('}')) {
      if (!this.#take(',')) throw this.#unclosed()
      if (this.#take('}')) break
      const key = this.#operand()
      if (!this.#take(':')) throw syntaxError(this.#peek().line)
      entries.push([key, this.#dictValue()])
    }
    return dictFrom(entries)
  }

  #dictValue(): unknown {
    const { text, line } = this.#peek()
    if (text === '}' || text === ',') throw syntaxError(line, "expression expected after dictionary key and ':'")
    return this.#operand()
  }

  #set(first: unknown): unknown[] {
    const rest = this.#take(',') ? this.#list('}') : []
    if (rest.length === 0 && this.#tokens[this.#at - 1]?.text !== '}' && !this.#take('}')) throw this.#unclosed()
    const members: unknown[] = []
    for (const item of [first, ...rest]) {
      requireHashable(item)
      if (!members.some((member) => equals(member, item))) members.push(item)
    }
    return members
  }

  #unclosed(): PythonSyntaxError {
    const { kind, line } = this.#peek()
    const isOperand = kind === 'text' || kind === 'number' || kind === 'name'
    return syntaxError(line, isOperand ? 'invalid syntax. Perhaps you forgot a comma?' : 'invalid syntax')
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', line: 1 }
  }

  #next(): Token {
    const token = this.#peek()
    this.#at++
    return token
  }

  #take(mark: string): boolean {
    const token = this.#peek()
    if (token.kind !== 'mark' || token.text !== mark) return false
    this.#at++
    return true
  }
}

/** NOTE: upstream shows the address of the node, which says nothing; ours is fixed. */
function malformed(node: string, line: number): PythonValueError {
  return new PythonValueError(`malformed node or string on line ${line}: <ast.${node} object at 0x7f0000000000>`)
}

/** Python's name of the node that a literal value comes from. */
function nodeOf(value: unknown): string {
  if (value instanceof PyTuple) return 'Tuple'
  if (Array.isArray(value)) return 'List'
  return isDict(value) ? 'Dict' : 'Constant'
}

function isNumber(value: unknown): boolean {
  return isInt(value) || isFloat(value)
}

function negative(value: unknown): unknown {
  if (isInt(value)) return makeInt(-BigInt(value))
  return isFloat(value) ? makeFloat(-floatValue(value)) : value
}

const RADIX_NAMES: Record<string, string> = { '0x': 'hexadecimal', '0o': 'octal', '0b': 'binary' }

function readNumber(token: Token): unknown {
  const value = numberLiteral(token.text)
  if (value !== undefined) return value
  if (/^0[0-9]/.test(token.text)) {
    throw new PythonSyntaxError(
      `leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers (<unknown>, line ${token.line})`,
    )
  }
  const radix = RADIX_NAMES[token.text.slice(0, 2).toLowerCase()]
  if (radix !== undefined) throw syntaxError(token.line, `invalid ${radix} literal`)
  if (/[jJ]$/.test(token.text)) throw new PythonValueError('complex numbers are not supported')
  throw syntaxError(token.line, 'invalid decimal literal')
}

const TEXT = /^([A-Za-z]*)('''|"""|'|")([\s\S]*)\2$/

function readText(token: Token): string {
  const [, prefix = '', , body = ''] = TEXT.exec(token.text) ?? []
  const kind = prefix.toLowerCase()
  if (kind.includes('b')) throw new PythonValueError('bytes are not supported')
  if (kind.includes('f')) throw malformed('JoinedStr', token.line)
  if (!['', 'u', 'r'].includes(kind)) throw syntaxError(token.line)
  const lines = body.replace(/\r\n?/g, '\n')
  if (kind === 'r') return lines
  try {
    return unescapeText(lines)
  } catch (error) {
    if (error instanceof PythonSyntaxError) throw syntaxError(token.line, error.message)
    throw error
  }
}
