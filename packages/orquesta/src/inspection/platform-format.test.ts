import { WorkflowExpressions } from '@st2/expressions'
import { describe, expect, it } from 'vitest'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { inspectContents } from './contents.ts'
import { inspectWorkflow } from './inspect-workflow.ts'
import { formatInspection } from './platform-format.ts'

const TASK = 'properties.tasks.patternProperties.^\\w+$'
const ACTIONS: Record<string, { required: string[]; known: string[] }> = {
  'core.echo': { required: ['message'], known: ['message', 'timeout'] },
}

function inspect(...lines: string[]) {
  const spec = loadWorkflow(['version: 1.0', 'tasks:', ...lines].join('\n'))
  const contents = inspectContents(spec, new WorkflowExpressions(), (ref) => ACTIONS[ref] ?? null)
  return formatInspection(inspectWorkflow(spec), contents)
}

describe('formatInspection', () => {
  it('makes one list of all phases, by type', () => {
    const entries = inspect(
      '  t1: {action: core.echo message=<% ctx().foobar %>, next: [{when: <% <% succeeded() %>, do: t2}]}',
      '  t2: {action: core.echo, input: {}, next: [{do: ghost}]}',
      '  t3: {action: core}',
    )
    expect(entries.map(({ type, spec_path }) => [type, spec_path])).toEqual([
      ['content', 'tasks.t3.action'],
      ['content', 'tasks.t2.input'],
      ['context', 'tasks.t1.input'],
      ['expression', 'tasks.t1.next[0].when'],
      ['semantic', 'tasks.t2.next[0].do'],
      ['syntax', 'tasks.t2.input'],
    ])
    expect(entries[2]).toEqual({
      type: 'context',
      language: 'yaql',
      expression: '<% ctx().foobar %>',
      message: 'Variable "foobar" is referenced before assignment.',
      spec_path: 'tasks.t1.input',
      schema_path: `${TASK}.properties.input`,
    })
  })
})

describe('inspectContents', () => {
  it('holds the tasks against the actions that there are', () => {
    const entries = inspect(
      '  t1: {action: echo}',
      '  t2: {action: core.echoz}',
      '  t3: {action: core.echo, input: {messages: hi}}',
      '  t4: {action: core.echo message="fine"}',
      '  t5: {action: <% ctx().which %>.x}',
      '  t6: {action: core.echo, input: <% dict(message => 1) %>}',
    ).filter(({ type }) => type === 'content')
    expect(entries.map(({ message, spec_path, schema_path }) => [message, spec_path, schema_path])).toEqual([
      ['The action reference "echo" is not formatted correctly.', 'tasks.t1.action', `${TASK}.properties.action`],
      ['The action "core.echoz" is not registered in the database.', 'tasks.t2.action', `${TASK}.properties.action`],
      ['Action "core.echo" is missing required input "message".', 'tasks.t3.input', `${TASK}.properties.input`],
      [
        'Action "core.echo" has unexpected input "messages".',
        'tasks.t3.input.messages',
        `${TASK}.properties.input.patternProperties.^\\w+$`,
      ],
    ])
  })
})
