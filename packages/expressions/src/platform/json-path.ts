import { PythonError, requireWithin } from '@st2/python-values'
import { JsonPathLexer, type PathToken } from './json-path-lexer.ts'
import {
  child,
  descendants,
  type Find,
  fields,
  index,
  intersect,
  open,
  parent,
  root,
  slice,
  self,
  union,
  where,
} from './json-path-steps.ts'
import type { FunctionHost } from './function-table.ts'

export type FindInValue = (value: unknown, host: FunctionHost) => unknown[]

/**
 * What a JSONPath finds, in the dialect of jsonpath-rw. `[…]` binds less tightly than everything before it: in `a..b[0]` it
 * takes the first element of what `a..b` finds each time.
 */
export function findByPath(value: unknown, path: string, host: FunctionHost): unknown[] {
  return parsePath(path)(value, host)
}

export function parsePath(path: string): FindInValue {
  const find = new PathParser(path).parse()
  return (value, host) =>
    find(open(value), host).map((place) => {
      if (place === null) throw new PythonError('AttributeError', "'NoneType' object has no attribute 'value'")
      return place.value
    })
}

type Join = (left: Find, right: Find) => Find

/** Operators between two paths, from loose to tight; all bind to the left. */
const OPERATORS: Record<string, { level: number; join: Join }> = {
  '..': { level: 1, join: descendants },
  '.': { level: 2, join: child },
  '|': { level: 3, join: union },
  '&': { level: 4, join: intersect },
  where: { level: 5, join: where },
}

class PathParser {
  readonly #lexer: JsonPathLexer
  #current: PathToken | null
  #depth = 0

  constructor(path: string) {
    this.#lexer = new JsonPathLexer(path)
    this.#current = this.#lexer.next()
  }

  parse(): Find {
    const path = this.#path(0)
    if (this.#current !== null) throw this.#unexpected()
    return path
  }

  #path(level: number): Find {
    let left = this.#primary()
    for (;;) {
      const token = this.#current
      if (token === null) return left
      if (token.type === '[' && level === 0) left = child(left, this.#brackets())
      else {
        const operator = Object.hasOwn(OPERATORS, token.operator) ? OPERATORS[token.operator] : undefined
        if (operator === undefined || operator.level < level) return left
        this.#next()
        left = operator.join(left, this.#path(operator.level + 1))
      }
    }
  }

  #primary(): Find {
    const token = this.#current
    switch (token?.type) {
      case 'ID':
        return fields(this.#names())
      case '*':
        this.#next()
        return fields(['*'])
      case '$':
        this.#next()
        return root
      case '[':
        return this.#brackets()
      case '(':
        return this.#parenthesised()
      case 'NAMED_OPERATOR':
        this.#next()
        return namedOperator(token)
      default:
        throw this.#unexpected()
    }
  }

  #parenthesised(): Find {
    requireWithin('valueDepth', ++this.#depth)
    this.#next()
    const inner = this.#path(0)
    this.#expect(')')
    this.#depth--
    return inner
  }

  #names(): string[] {
    const names = [this.#expect('ID').value]
    while (this.#current?.type === ',') {
      this.#next()
      names.push(this.#expect('ID').value)
    }
    return names
  }

  #brackets(): Find {
    this.#expect('[')
    const found = this.#bracketed()
    this.#expect(']')
    return found
  }

  #bracketed(): Find {
    if (this.#current?.type === 'ID') return fields(this.#names())
    if (this.#current?.type === '*') {
      this.#next()
      return slice(null, null)
    }
    const start = this.#number()
    if (start !== null && this.#current?.type !== ':') return index(start)
    this.#expect(':')
    return slice(start, this.#number())
  }

  #number(): number | null {
    if (this.#current?.type !== 'NUMBER') return null
    const number = Number(this.#current.value)
    this.#next()
    return number
  }

  #expect(type: PathToken['type']): PathToken {
    const token = this.#current
    if (token?.type !== type) throw this.#unexpected()
    this.#next()
    return token
  }

  #next(): void {
    this.#current = this.#lexer.next()
  }

  #unexpected(): PythonError {
    const token = this.#current
    if (token === null) return new PythonError('AttributeError', "'NoneType' object has no attribute 'lineno'")
    const { line, column, value, type } = token
    return new PythonError('Exception', `Parse error at ${line}:${column} near token ${value} (${type})`)
  }
}

function namedOperator({ value, line, offset }: PathToken): Find {
  if (value === 'this') return self
  if (value === 'parent') return parent
  throw new PythonError('Exception', `Unknown named operator \`${value}\` at ${line}:${offset}`)
}
