import { readFileSync } from 'node:fs'
import { platformEnvironment } from '@st2/expressions'
import { CRITERIA_OPERATORS } from '@st2/model'
import { parseJson, repr } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { compileCriteria, type CriterionOutcome } from './compile-criteria.ts'

type Row = [
  operator: string,
  value: unknown,
  pattern: unknown,
  expected: boolean | { error: string },
  condition?: string,
]

const NOW = Date.UTC(2026, 0, 1)
const rows = parseJson(readFileSync(new URL('../conformance/operators.json', import.meta.url), 'utf8')) as Row[]

describe('operators, as Python compares', () => {
  it('are all in the table', () => {
    expect([...new Set(rows.map(([operator]) => operator))].sort()).toEqual([...CRITERIA_OPERATORS].sort())
    expect(rows.length).toBeGreaterThan(300)
  })

  for (const operator of CRITERIA_OPERATORS) {
    it(`${operator} answers what Python answers`, () => {
      const differing = rows
        .filter(([name]) => name === operator)
        .map((row) => ({ row: repr(row), expected: JSON.stringify(row[3]), got: outcomeOf(row) }))
        .filter(({ expected, got }) => got !== expected)
      expect(differing).toEqual([])
    })
  }
})

function outcomeOf([type, value, pattern, , condition]: Row): string {
  const outcomes: CriterionOutcome[] = []
  const criteria = { 'trigger.value': { type, pattern, ...(condition === undefined ? {} : { condition }) } }
  const verdict = compileCriteria(criteria, 'p.r', platformEnvironment).evaluate(
    { payload: { value }, now: NOW, st2kv: {} },
    (outcome) => outcomes.push(outcome),
  )
  const failure = outcomes[0]?.failure
  if (failure === null || failure === undefined) return JSON.stringify(verdict.isMatch)
  return JSON.stringify({ error: failure.text })
}
