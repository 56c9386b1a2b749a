import { readFileSync } from 'node:fs'
import { isPlainObject, PythonError } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import {
  evaluateExpression,
  type EvaluationOptions,
  renderTemplate,
  undeclaredNames,
  type UndefinedMode,
} from '../src/index.ts'
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

interface Recording {
  context: unknown
  cases: Case[]
}

function read(name: string): Case[] {
  const recording: Recording = JSON.parse(readFileSync(new URL(`../conformance/${name}.json`, import.meta.url), 'utf8'))
  // YAML comes from the host: the package that brings it runs those cases
  const cases = recording.cases.filter(({ source }) => !source.includes('yaml_string'))
  return cases.map((test) => (test.context === 'shared' ? { ...test, context: recording.context } : test))
}

const FILES = { 'jinja-core': 400, 'jinja-full': 800, 'platform-filters': 450 }
const ALL = Object.keys(FILES).flatMap(read)

function contextOf(test: Case): Record<string, unknown> {
  const context = decode(test.context)
  if (!isPlainObject(context)) throw new Error('a context is a mapping')
  return context
}

const RUNNERS: Record<Case['kind'], (test: Case) => unknown> = {
  template: (test) => renderTemplate(test.source, contextOf(test), optionsOf(test)),
  expression: (test) => encode(evaluateExpression(test.source, contextOf(test), optionsOf(test))),
  names: (test) => undeclaredNames(test.source).sort(),
}

/** The recordings chose by the value 0.5. */
function optionsOf(test: Case): EvaluationOptions {
  return { undefined: test.undefined, random: () => 0.5 }
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
  it.each(Object.entries(FILES))('in %s are at least %i cases', (name, least) => {
    expect(read(name).length).toBeGreaterThanOrEqual(least)
  })

  for (const kind of ['template', 'expression', 'names'] as const) {
    it(`are given for every ${kind}`, () => {
      const cases = ALL.filter((test) => test.kind === kind && !Object.hasOwn(DIFFERENCES, label(test)))
      expect(cases.length).toBeGreaterThan(0)
      const wrong = cases
        .map((test) => ({ case: label(test), expected: recorded(test), got: outcome(test) }))
        .filter(({ expected, got }) => JSON.stringify(expected) !== JSON.stringify(got))
      expect(wrong).toEqual([])
    })
  }

  it('differ where the list of differences says so, and only there', () => {
    const listed = ALL.filter((test) => Object.hasOwn(DIFFERENCES, label(test)))
    const got = listed.map((test) => [label(test), outcome(test)])
    const expected = Object.entries(DIFFERENCES).map(([name, difference]) => [name, difference.outcome])
    expect(Object.fromEntries(got)).toEqual(Object.fromEntries(expected))
    expect(listed.filter((test) => JSON.stringify(outcome(test)) === JSON.stringify(recorded(test)))).toEqual([])
  })
})
