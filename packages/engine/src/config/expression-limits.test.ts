import { DEFAULT_LIMITS, WORKFLOW_LIMITS } from '@st2/expressions'
import { expect, it } from 'vitest'
import { expressionLimits, workflowExpressionLimits } from './expression-limits.ts'
import { loadConfig } from './load-config.ts'

const load = (overrides: Record<string, string> = {}) => loadConfig({ files: [], env: {}, overrides }).config

it('are the defaults of the languages when nothing is set', () => {
  expect(expressionLimits(load())).toEqual(DEFAULT_LIMITS)
  expect(workflowExpressionLimits(load())).toMatchObject({ steps: WORKFLOW_LIMITS.steps, depth: WORKFLOW_LIMITS.depth })
})

it('are set one by one, for templates and for workflows apart', () => {
  const config = load({ 'expressions.regex_steps': '7', 'expressions.workflow_steps': '9' })
  expect(expressionLimits(config)).toEqual({ ...DEFAULT_LIMITS, regexSteps: 7 })
  expect(workflowExpressionLimits(config)).toMatchObject({ steps: 9, regexSteps: WORKFLOW_LIMITS.regexSteps })
})

it('name the option that is no number', () => {
  expect(() => load({ 'expressions.range_max': 'many' })).toThrow(/\[expressions\] range_max: "many" is not an integer/)
})
