import { readFileSync } from 'node:fs'
import { isPlainObject, PythonError } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { evaluateExpression, renderTemplate, undeclaredNames, type UndefinedMode } from '../src/index.ts'
import { DIFFERENCES } from './differences.ts'
import { decode, encode } from './encoding.ts'

interface Case {
  kind: 'template' | 'expression' | 'names'
  source: string
  undefined: UndefinedMode
  context: unknown
  result?: unknown
  error?: [string, string]
}

const file: { context: unknown; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../conformance/jinja-core.json', import.meta.url), 'utf8'),
)

function contextOf(test: Case): Record<string, unknown> {
  const context = decode(test.context === 'shared' ? file.context : test.context)
  if (!isPlainObject(context)) throw new Error('a context is a mapping')
  return context
}

const RUNNERS: Record<Case['kind'], (test: Case) => unknown> = {
  template: (test) => renderTemplate(test.source, contextOf(test), { undefined: test.undefined }),
  expression: (test) => encode(evaluateExpression(test.source, contextOf(test), { undefined: test.undefined })),
  names: (test) => undeclaredNames(test.source).sort(),
}

function outcome(test: Case): Pick<Case, 'result' | 'error'> {
  try {
    return { result: RUNNERS[test.kind](test) }
  } catch (error) {
    if (error instanceof PythonError) return { error: [error.pythonType, error.message] }
    throw error
  }
}

function recorded(test: Case): Pick<Case, 'result' | 'error'> {
  return test.error === undefined ? { result: test.result } : { error: test.error }
}

function label(test: Case): string {
  return `${test.kind} ${test.undefined}: ${test.source}`
}

describe('recorded answers of Jinja', () => {
  it('are at least 400 cases', () => {
    expect(file.cases.length).toBeGreaterThanOrEqual(400)
  })

  for (const kind of ['template', 'expression', 'names'] as const) {
    it(`are given for every ${kind}`, () => {
      const cases = file.cases.filter((test) => test.kind === kind && !Object.hasOwn(DIFFERENCES, label(test)))
      expect(cases.length).toBeGreaterThan(0)
      const wrong = cases
        .map((test) => ({ case: label(test), expected: recorded(test), got: outcome(test) }))
        .filter(({ expected, got }) => JSON.stringify(expected) !== JSON.stringify(got))
      expect(wrong).toEqual([])
    })
  }

  it('differ where the list of differences says so, and only there', () => {
    const listed = file.cases.filter((test) => Object.hasOwn(DIFFERENCES, label(test)))
    const got = listed.map((test) => [label(test), outcome(test)])
    const expected = Object.entries(DIFFERENCES).map(([name, difference]) => [name, difference.outcome])
    expect(Object.fromEntries(got)).toEqual(Object.fromEntries(expected))
    expect(listed.filter((test) => JSON.stringify(outcome(test)) === JSON.stringify(recorded(test)))).toEqual([])
  })
})
