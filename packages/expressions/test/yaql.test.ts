import { readFileSync } from 'node:fs'
import { PythonError } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { evaluateYaql } from '../src/yaql/evaluate.ts'
import { canonical, decode, encode } from './yaql-encoding.ts'
import { YAQL_DIFFERENCES } from './yaql-differences.ts'

interface Outcome {
  result?: unknown
  error?: string
  text?: string
}

interface Case extends Outcome {
  section: string
  source: string
}

const file: { now: number; data: unknown; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../conformance/yaql.json', import.meta.url), 'utf8'),
)
const data = decode(file.data)
const sections = [...new Set(file.cases.map(({ section }) => section))]

function outcome({ source }: Case): Outcome {
  try {
    return { result: encode(evaluateYaql(source, { data }, { now: () => file.now, random: () => 0.5 })) }
  } catch (error) {
    if (error instanceof PythonError) return { error: error.pythonType, text: error.message }
    throw error
  }
}

function recorded({ result, error, text }: Case): Outcome {
  return error === undefined ? { result } : { error, text: text ?? '' }
}

function isSame(test: Case): boolean {
  return canonical(outcome(test)) === canonical(recorded(test))
}

describe('recorded answers of YAQL', () => {
  it('are at least 1,500 cases', () => {
    expect(file.cases.length).toBeGreaterThanOrEqual(1500)
  })

  it.each(sections)('are given for %s', (section) => {
    const cases = file.cases.filter((test) => test.section === section && !YAQL_DIFFERENCES.has(test.source))
    expect(cases.length).toBeGreaterThan(0)
    const wrong = cases.filter((test) => !isSame(test))
    expect(wrong.map((test) => ({ source: test.source, expected: recorded(test), got: outcome(test) }))).toEqual([])
  })

  it('differ where the list of differences says so, and only there', () => {
    const listed = file.cases.filter(({ source }) => YAQL_DIFFERENCES.has(source))
    expect(new Set(listed.map(({ source }) => source))).toEqual(new Set(YAQL_DIFFERENCES.keys()))
    expect(listed.filter(isSame)).toEqual([])
    expect(listed.map((test) => [test.source, outcome(test)])).toEqual(
      listed.map(({ source }) => [source, YAQL_DIFFERENCES.get(source)?.outcome]),
    )
  })
})
