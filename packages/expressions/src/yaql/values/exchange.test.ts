import { PyTuple } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { evaluateYaql } from '../evaluate.ts'
import { STANDARD_YAQL_FUNCTIONS } from '../functions.ts'
import { declare, required } from '../resolution/declaration.ts'
import { any, text } from '../resolution/types.ts'
import { asMutable, asPython } from './exchange.ts'

const functions = STANDARD_YAQL_FUNCTIONS.with([
  declare('parsed', 'function', [required('string', text)], 'Parses JSON.', (_scope, source) =>
    asMutable(JSON.parse(source)),
  ),
  declare('kinds', 'function', [required('value', any)], 'Shows kinds.', (_scope, value) => show(asPython(value))),
])

function show(value: unknown): string {
  if (value instanceof PyTuple) return `(${value.map(show).join()})`
  if (Array.isArray(value)) return `[${value.map(show).join()}]`
  if (value instanceof Set) return `{${[...value].map(show).join()}}`
  return value instanceof Map ? 'Map' : JSON.stringify(value)
}

const run = (source: string): unknown => evaluateYaql(source, { data: { l: [1, [2]] }, functions })

describe('values of functions', () => {
  it('made by Python itself are lists and dicts', () => {
    expect(run('parsed(\'[1, {"a": [2]}]\')')).toEqual([1, { a: [2] }])
    expect(run("parsed('[1]') = [1]")).toBe(false)
    expect(run("str(parsed('[1, [2]]'))")).toBe('[1, [2]]')
    expect(() => run("{parsed('[1]') => 1}")).toThrow("unhashable type: 'list'")
    expect(() => run("[parsed('{}')].distinct()")).toThrow("unhashable type: 'dict'")
    expect(run('parsed(\'{"a": 1}\') = {a => 1}')).toBe(true)
  })

  it('reach functions with their kinds', () => {
    expect(run('kinds($.l)')).toBe('(1,(2))')
    expect(run("kinds([1, 'a,b'.split(',')])")).toBe('(1,["a","b"])')
    expect(run('kinds(set([1]))')).toBe('{(1)}')
    expect(run('kinds({a => [1]})')).toBe('{"a":[1]}')
    expect(run('kinds({1 => 2})')).toBe('Map')
  })
})
