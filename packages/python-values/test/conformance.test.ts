import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as python from '../src/index.ts'
import { DIFFERENCES } from './differences.ts'
import { decode, encode } from './encoding.ts'

interface Case {
  function: string
  args: unknown[]
  result?: unknown
  error?: [string, string]
}

const file: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../conformance/python-values.json', import.meta.url), 'utf8'),
)

function spans(match: python.RegexMatch | null): unknown {
  return match === null ? null : match.spans.map((span) => python.PyTuple.from(span))
}

function numeric(value: unknown): Parameters<typeof python.absolute>[0] {
  if (!python.isNumeric(value))
    throw new python.PythonTypeError(`bad operand type for abs(): '${python.typeName(value)}'`)
  return value
}

const FUNCTIONS: Record<string, (args: unknown[]) => unknown> = {
  repr: ([value]) => python.repr(value),
  match: ([pattern, text]) => spans(new python.Regex(String(pattern)).match(String(text))),
  search: ([pattern, text]) => spans(new python.Regex(String(pattern)).search(String(text))),
  searchi: ([pattern, text]) => spans(new python.Regex(String(pattern), { ignoreCase: true }).search(String(text))),
  findall: ([pattern, text]) => python.findAll(String(pattern), String(text)),
  sub: ([pattern, replacement, text]) => python.substitute(String(pattern), String(replacement), String(text)),
  split: ([pattern, text]) => python.splitByRegex(String(pattern), String(text)),
  format: ([value, spec]) => python.formatValue(value, String(spec)),
  json: ([text]) => python.parseJson(String(text)),
  str: ([value]) => python.str(value),
  type: ([value]) => python.typeName(value),
  truth: ([value]) => python.isTruthy(value),
  literal: ([text]) => python.parseLiteral(String(text)),
  int: ([value, base]) => python.toInt(value, base === undefined ? 10 : Number(base)),
  float: ([value]) => python.makeFloat(python.toFloat(value)),
  dumps: ([value, options]) => python.dumpsJson(value, python.isPlainObject(options) ? options : {}),
  round: ([value, digits]) => python.round(numeric(value), Number(digits)),
  abs: ([value]) => python.absolute(numeric(value)),
  '-x': ([value]) => python.negate(value),
  '+x': ([value]) => python.positive(value),
  in: ([item, container]) => python.contains(container, item),
  '==': ([left, right]) => python.equals(left, right),
}
for (const operator of ['<', '<=', '>', '>='] as const) {
  FUNCTIONS[operator] = ([left, right]) => python.isOrdered(left, operator, right)
}
for (const operator of ['+', '-', '*', '/', '//', '%', '**'] as const) {
  FUNCTIONS[operator] = ([left, right]) => python.binary(operator, left, right)
}

function outcome(test: Case): Pick<Case, 'result' | 'error'> {
  try {
    return { result: encode(FUNCTIONS[test.function]?.(test.args.map(decode))) }
  } catch (error) {
    if (error instanceof python.PythonError) return { error: [error.pythonType, error.message] }
    throw error
  }
}

function label(test: Case): string {
  return `${test.function} ${JSON.stringify(test.args).slice(1, -1)}`
}

describe('recorded answers of Python', () => {
  it('are at least 300 cases', () => {
    expect(file.cases.length).toBeGreaterThanOrEqual(300)
  })

  for (const name of Object.keys(FUNCTIONS)) {
    it(`are given by ${name} too`, () => {
      const cases = file.cases.filter((test) => test.function === name)
      expect(cases.length).toBeGreaterThan(0)
      const wrong = cases
        .filter((test) => !Object.hasOwn(DIFFERENCES, label(test)))
        .map((test) => ({
          case: label(test),
          expected: test.result === undefined ? { error: test.error } : { result: test.result },
          got: outcome(test),
        }))
        .filter(({ expected, got }) => JSON.stringify(expected) !== JSON.stringify(got))
      expect(wrong).toEqual([])
    })
  }

  it('differ where the list of differences says so, and only there', () => {
    const listed = file.cases.filter((test) => Object.hasOwn(DIFFERENCES, label(test)))
    const got = listed.map((test) => [label(test), outcome(test)])
    expect(Object.fromEntries(got)).toEqual(
      Object.fromEntries(Object.entries(DIFFERENCES).map(([name, { outcome }]) => [name, outcome])),
    )
    expect(listed.filter((test) => JSON.stringify(outcome(test)) === JSON.stringify({ result: test.result }))).toEqual(
      [],
    )
  })
})
