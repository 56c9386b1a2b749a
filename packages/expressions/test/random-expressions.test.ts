import { isPlainObject, PyFloat, PyObject, PythonError } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { CompiledExpression, jinjaCompletions, renderTemplate } from '../src/index.ts'
import { randomExpression, randomNumbers, type Vocabulary } from './random-expressions.ts'

const ATOMS = [
  '1',
  '0',
  '-1',
  '2.5',
  '1e400',
  '99999999',
  '10 ** 30',
  'true',
  'none',
  "''",
  "'abc'",
  "'a b,c'",
  "'%s %d'",
  "'{0} {}'",
  "'<b>&amp;</b>'",
  "'(a+)+$'",
  "'héllo😀'",
  "'1.2.3'",
  '[3, 1, 2]',
  "['b', 'A']",
  '{}',
  "{'k': 1}",
  '(1, 2)',
  'n',
  'text',
  'list',
  'd',
  'people',
  'missing',
  'range(5)',
  'range',
  'dict',
  'namespace(a=1)',
  "cycler('a')",
  'joiner()',
  "'__class__'",
  "'constructor'",
  "'__proto__'",
  'd.keys()',
  "'x' * 1000",
  "'<' | e",
  "list | map('string')",
  'text.upper',
  'None',
  "'k'",
]
const METHODS = [
  'upper',
  'lower',
  'split',
  'join',
  'replace',
  'format',
  'strip',
  'center',
  'zfill',
  'index',
  'count',
  'keys',
  'items',
  'values',
  'get',
  'copy',
  'append',
  'update',
  'constructor',
  '__proto__',
  '__class__',
  'prototype',
  'toString',
  'length',
  'next',
  'run',
  'find',
  'partition',
  'title',
  'encode',
  'startswith',
  'striptags',
  'call',
  'apply',
  'bind',
  'map',
]

function words(): Vocabulary {
  const all = jinjaCompletions('template')
  const named = (kind: string): string[] => all.filter((one) => one.kind === kind).map(({ name }) => name)
  const tests = named('test').filter((name) => /^\w+$/.test(name))
  return { atoms: ATOMS, filters: named('filter').filter((name) => name !== 'decrypt_kv'), tests, methods: METHODS }
}

const CONTEXT = {
  n: 5,
  text: 'some text',
  list: [1, 'a', null],
  d: { k: 1, items: 2 },
  people: [{ name: 'x', age: 3 }],
}
const LIMITS = { steps: 20_000, outputLength: 200_000 }

/** Values of the host that must never come out of an expression. */
function isStranger(value: unknown): boolean {
  if (typeof value === 'function' || typeof value === 'symbol') return true
  if (Array.isArray(value)) return value.some(isStranger)
  if (value instanceof Map) return [...value].some(isStranger)
  if (isPlainObject(value)) return Object.values(value).some(isStranger)
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof PyObject) &&
    !(value instanceof PyFloat) &&
    !(value instanceof Set)
  )
}

function outcome(source: string): unknown {
  try {
    return new CompiledExpression(source).evaluate(CONTEXT, { limits: LIMITS, random: () => 0.5 })
  } catch (error) {
    return error
  }
}

describe('expressions made at random', () => {
  const random = randomNumbers(20_251_125)
  const vocabulary = words()
  const sources = Array.from({ length: 4_000 }, () => randomExpression(random, vocabulary, 4))

  it('end in a value of the language or an error of the language', () => {
    const before = JSON.stringify(CONTEXT)
    const strange = sources.filter((source) => {
      const got = outcome(source)
      return got instanceof Error ? !(got instanceof PythonError) : isStranger(got)
    })
    expect(strange).toEqual([])
    expect(JSON.stringify(CONTEXT)).toBe(before)
  })

  it('print the same as templates, or fail too', () => {
    const strange = sources.slice(0, 1_000).filter((source) => {
      try {
        return typeof renderTemplate(`{{ ${source} }}`, CONTEXT, { limits: LIMITS, random: () => 0.5 }) !== 'string'
      } catch (error) {
        return !(error instanceof PythonError)
      }
    })
    expect(strange).toEqual([])
  })
})
