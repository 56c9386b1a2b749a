import { describe, expect, it } from 'vitest'
import { Conductor } from '../conductor/conductor.ts'
import { actionEvent } from '../conductor/task-event.ts'
import { exportConductor } from '../serialization/upstream-form.ts'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { parseRehearsal } from './rehearsal-case.ts'
import { rehearse } from './rehearse.ts'

const DEFINITION = `
input: [list]
output: [{all: <% ctx(all) %>}]
tasks:
  each:
    with: {items: <% ctx(list) %>}
    action: core.echo message=<% item() %>
    next:
      - when: <% succeeded() %>
        publish: all=<% result() %>
        do: last
  last: {action: core.noop}
`

function differences(written: unknown, definition = DEFINITION): string[] {
  return rehearse(parseRehearsal(written), { readDefinition: () => definition, readResult: () => 'from a file' })
}

describe('a rehearsal', () => {
  it('ends the items of a task one by one', () => {
    const mocks = [0, 1, 2].map((item) => ({ task_id: 'each', item_id: item, result: item * 10 }))
    expect(
      differences({
        workflow: 'x.yaml',
        inputs: { list: ['a', 'b', 'c'] },
        mock_action_executions: mocks,
        expected_task_sequence: ['each', 'last'],
        expected_output: { all: [0, 10, 20] },
        expected_term_tasks: ['last'],
      }),
    ).toEqual([])
  })

  it('lists all that differs', () => {
    expect(
      differences({
        workflow: 'x.yaml',
        inputs: { list: [] },
        mock_action_executions: [{ task_id: 'last', status: 'failed', result: 'no' }],
        expected_task_sequence: ['each'],
        expected_routes: [[], ['x__t0']],
        expected_errors: [],
        expected_output: { all: [1] },
      }),
    ).toEqual([
      "The actual task sequence ['each', 'last'] does not match expected ['each'].",
      "The actual routes [[]] does not match expected [[], ['x__t0']].",
      'The actual workflow status "failed" does not match expected "succeeded".',
      "The actual workflow errors [{'type': 'error', 'message': 'Execution failed. See result for details.', 'task_id': 'last', 'result': 'no'}] does not match expected [].",
      "The actual workflow output {'all': []} does not match expected {'all': [1]}.",
    ])
  })

  it('compares what inspection finds, and conducts only what it finds nothing in', () => {
    const entry = {
      message: 'The task "b" is not defined.',
      spec_path: 'tasks.a.next[0].do',
      schema_path: 'properties.tasks.patternProperties.^\\w+$.properties.next.items.properties.do',
    }
    const broken = 'tasks: {a: {action: x, next: [{do: b}]}}'
    const written = { workflow: 'x.yaml', expected_task_sequence: [] }
    expect(differences({ ...written, expected_inspection_errors: { semantics: [entry] } }, broken)).toEqual([])
    expect(differences(written, broken)[0]).toMatch(/^The actual inspection errors .* does not match expected \{\}\.$/)
  })

  it('runs a workflow again from its serialised state', () => {
    const conductor = Conductor.start(loadWorkflow('tasks: {a: {action: x}, b: {action: x}}'))
    conductor.requestStatus('running')
    for (const { id, route } of conductor.nextTasks()) conductor.updateTask(id, route, actionEvent('running'))
    conductor.updateTask('a', 0, actionEvent('succeeded'))
    conductor.updateTask('b', 0, actionEvent('failed'))
    expect(
      differences({
        workflow_state: exportConductor(conductor),
        rerun_tasks: [{ task_id: 'b' }],
        expected_task_sequence: ['a', 'b', 'b'],
      }),
    ).toEqual([])
  })

  it('uses a mock as often as it says, and one for an entry of the sequence only there', () => {
    const loop = `
vars: [{n: 0}]
tasks:
  start: {action: x, next: [{do: a}]}
  a: {action: x, next: [{when: <% failed() %>, do: a}]}
`
    const mocks = [
      { task_id: 'a', status: 'failed', num_iter: 2 },
      { task_id: 'a', seq_id: 3, status: 'failed' },
    ]
    expect(
      differences(
        { workflow: 'x', mock_action_executions: mocks, expected_task_sequence: ['start', 'a', 'a', 'a', 'a'] },
        loop,
      ),
    ).toEqual([])
  })

  it('refuses a case that says nothing or too much', () => {
    expect(() => parseRehearsal(['x'])).toThrow('Unable to convert workflow test case into dict.')
    expect(() => parseRehearsal({ workflow: 'x', expected_task_sequence: [], typo: 1 })).toThrow('unknown keys: typo')
    expect(() => parseRehearsal({ workflow: 'x' })).toThrow('expected_task_sequence is required')
    const mock = { task_id: 'each', result: 1 }
    const written = { workflow: 'x', expected_task_sequence: [], mock_action_executions: [mock] }
    expect(() => differences(written)).toThrow('misssing "item_id"')
  })
})
