import { readFileSync } from 'node:fs'
import { isPlainObject, PythonError } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { type LookUpAnswer, type LookUpRequest, WorkflowExpressions } from '../src/index.ts'
import { decode, encode } from './encoding.ts'
import { YAML } from '../bin/yaml-codec.ts'

interface Case {
  kind: 'evaluate' | 'validate' | 'variables'
  statement: unknown
  context: string
  result?: unknown
  error?: [string, string]
}

const file: { contexts: Record<string, unknown>; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../conformance/workflow.json', import.meta.url), 'utf8'),
)
const expressions = new WorkflowExpressions({ yaml: YAML })

/** The datastore of the recordings. */
const KEYS = new Map([
  ['system.a', 'sysvalue'],
  ['mine', 'uservalue'],
  ['empty', ''],
  ['secret', 'CIPHER'],
  ['system.jin', '{{ 1 + 1 }}'],
])
const RECORD = {
  task_execution_id: 'te1',
  workflow_execution_id: 'wf1',
  task_name: 't1',
  task_id: 't1',
  route: 0,
  result: { out: 1 },
  status: 'succeeded',
  start_timestamp: '2024-01-01 00:00:00+00:00',
  end_timestamp: 'None',
}

function lookUp(request: LookUpRequest): LookUpAnswer {
  if (request.source === 'task') {
    const isKnown = request.workflowExecution === 'wf1' && request.task === 't1' && request.route === 0
    return isKnown ? { kind: 'value', value: RECORD } : { kind: 'absent' }
  }
  if (request.user === 'nobody') return { kind: 'unknown-user', reason: 'no such user' }
  if (request.key === 'broken') return { kind: 'failed', reason: 'database is down' }
  const value = KEYS.get(request.key)
  if (value === undefined) return { kind: 'absent' }
  return { kind: 'value', value: request.decrypt && request.key === 'secret' ? 'plain' : value }
}

function evaluate(statement: unknown, context: string): unknown {
  const data = decode(file.contexts[context])
  if (!(data instanceof Map) && !isPlainObject(data)) throw new Error('a context is a mapping')
  return encode(expressions.evaluate(statement, data, { lookUp, now: () => 1_700_000_000_000_000 }))
}

function outcome({ kind, statement: given, context }: Case): Pick<Case, 'result' | 'error'> {
  const statement = typeof given === 'string' ? given : decode(given)
  try {
    if (kind === 'evaluate') return { result: evaluate(statement, context) }
    if (kind === 'validate') {
      return {
        result: expressions.validate(statement).map(({ type, expression, message }) => [type, expression, message]),
      }
    }
    return { result: expressions.variables(statement).map(({ type, expression, name }) => [type, expression, name]) }
  } catch (error) {
    if (error instanceof PythonError) return { error: [error.pythonType, error.message] }
    throw error
  }
}

/** Recorded cases that are answered differently on purpose: the part of the message that differs, and why. */
const DIFFERENCES: Record<string, { upstream: string; here: string; reason: string }> = {
  ...yamlMistakes(
    ["<% from_yaml_string('[1, 2') %>", "{{ from_yaml_string('[1, 2') }}"],
    `ParserError: while parsing a flow sequence
  in "<unicode string>", line 1, column 1
did not find expected ',' or ']'
  in "<unicode string>", line 2, column 1`,
    "YAMLError: Invalid YAML, line 1, column 6: did not find expected ',' or ']'",
  ),
  ...yamlMistakes(
    ["<% yaml_parse('\t') %>", "{{ yaml_parse('\t') }}", "{{ '\t' | yaml_parse }}"],
    `ScannerError: while scanning for the next token
found character that cannot start any token
  in "<unicode string>", line 1, column 1`,
    'YAMLError: Invalid YAML, line 1, column 1: found character that cannot start any token',
  ),
  '<% ctx([1]) %>': {
    upstream: 'The variable "1" is undefined.',
    here: 'The variable "[1]" is undefined.',
    reason: 'upstream puts a tuple into its message as if it were the list of its arguments',
  },
  '<% task_status(t1, 9) %>': {
    upstream: 'tuple index out of range',
    here: 'list index out of range',
    reason: 'the state of the workflow is not frozen for YAQL, so its lists are called lists',
  },
}

/** Values that are answered differently on purpose: the reader of YAML does not tell 1.0 from 1. */
const OTHER_RESULTS = new Map<unknown, unknown>([
  ["<% from_yaml_string('1.0') %>", 1],
  ["{{ from_yaml_string('1.0') }}", 1],
  ["{{ '1.0' | from_yaml_string }}", 1],
])

/** The reader of YAML is the platform's own, with one kind of error for all mistakes. */
function yamlMistakes(statements: string[], upstream: string, here: string): typeof DIFFERENCES {
  const reason = 'the reader of YAML has one kind of error and other words'
  return Object.fromEntries(statements.map((statement) => [statement, { upstream, here, reason }]))
}

function expected({ statement, result, error }: Case): Pick<Case, 'result' | 'error'> {
  if (OTHER_RESULTS.has(statement)) return { result: OTHER_RESULTS.get(statement) }
  if (error === undefined) return { result }
  const difference = typeof statement === 'string' ? DIFFERENCES[statement] : undefined
  if (difference === undefined) return { error }
  return { error: [error[0], error[1].replace(difference.upstream, difference.here)] }
}

describe('recorded answers of expressions in workflows', () => {
  it('are at least 300', () => {
    expect(file.cases.length).toBeGreaterThanOrEqual(300)
  })

  it.each(['evaluate', 'validate', 'variables'] as const)('are given: %s', (kind) => {
    const cases = file.cases.filter((test) => test.kind === kind)
    expect(cases.length).toBeGreaterThan(20)
    const wrong = cases
      .map((test) => ({
        statement: test.statement,
        context: test.context,
        expected: expected(test),
        got: outcome(test),
      }))
      .filter((one) => JSON.stringify(one.expected) !== JSON.stringify(one.got))
    expect(wrong).toEqual([])
  })

  it('differ where the list of differences says so', () => {
    for (const [statement, { upstream }] of Object.entries(DIFFERENCES)) {
      const texts = file.cases.filter((test) => test.statement === statement).map((test) => test.error?.[1] ?? '')
      expect(texts.some((text) => text.includes(upstream))).toBe(true)
    }
  })
})
