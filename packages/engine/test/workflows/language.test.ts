import type { ExecutionDocument } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { setKey } from '../../src/datastore/key-values.ts'
import { resumeExecution } from '../../src/executions/pause-execution.ts'
import { journalOf, workflowOf } from '../../src/workflows/view-workflow.ts'
import { ANN, until } from '../support/test-engine.ts'
import { startWorkflows, type WorkflowBench } from './workflow-kit.ts'

/** Runs a workflow to its end; its errors are of no interest. */
async function outcome(
  bench: WorkflowBench,
  definition: string,
  parameters: Record<string, unknown> = {},
): Promise<{ status: string; result: unknown; execution: ExecutionDocument }> {
  const names = Object.keys(parameters)
  await bench.define('flow', definition, { parameters: Object.fromEntries(names.map((name) => [name, {}])) })
  const { id } = await bench.run('flow', parameters)
  const execution = await bench.ended(id)
  return { status: execution.status, result: await bench.result(execution), execution }
}

function orquestaOf(child: ExecutionDocument | undefined): Record<string, unknown> {
  const value = child?.context['orquesta']
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

const SUCCEEDS: Record<string, { definition: string; parameters?: Record<string, unknown>; output: unknown }> = {
  'joins branches': {
    definition: `
tasks:
  start: {action: test.noop, next: [{do: 'a, b'}]}
  a: {action: test.echo value=1, next: [{publish: [{a: <% result().value %>}], do: c}]}
  b: {action: test.echo value=2, next: [{publish: [{b: <% result().value %>}], do: c}]}
  c: {join: all, action: test.echo, input: {value: '<% ctx(a) + ctx(b) %>'}, next: [{publish: [{c: <% result().value %>}]}]}
output: [{c: <% ctx(c) %>}]
`,
    output: { c: 3 },
  },
  'counts rounds of a cycle': {
    definition: `
vars: [{n: 0}]
tasks:
  lead: {next: [{do: a}]}
  a: {action: test.noop, next: [{publish: [{n: <% ctx(n) + 1 %>}], do: b}]}
  b: {action: test.noop, next: [{when: <% ctx(n) < 4 %>, do: a}]}
output: [{n: <% ctx(n) %>}]
`,
    output: { n: 4 },
  },
  'runs tasks without an action': {
    definition: `
input: [name]
tasks:
  a: {next: [{publish: [{name: <% ctx(name).toUpper() %>}], do: b}]}
  b: {action: core.noop, delay: 0}
output: [{name: <% ctx(name) %>}]
`.replace('core.noop', 'test.noop'),
    parameters: { name: 'ann' },
    output: { name: 'ANN' },
  },
  'goes over items, with none too': {
    definition: `
tasks:
  a: {with: 'x in <% [1, 2, 3] %>', action: test.echo, input: {value: '<% item(x) * 2 %>'}, next: [{publish: [{a: '<% result().select($.value) %>'}], do: b}]}
  b: {with: '<% [] %>', action: test.noop, next: [{publish: [{b: <% result() %>}]}]}
output: [{a: <% ctx(a) %>}, {b: <% ctx(b) %>}]
`,
    output: { a: [2, 4, 6], b: [] },
  },
  'remedies a failure': {
    definition: `
tasks:
  a: {action: test.echo, input: {fail: true}, next: [{when: <% failed() %>, do: b}]}
  b: {action: test.noop}
output: [{done: true}]
`,
    output: { done: true },
  },
  'knows its context': {
    definition: `
tasks: {a: {action: test.noop}}
output: [{user: <% ctx().st2.user %>}, {action: <% ctx(st2).action %>}, {url: <% ctx(st2).api_url %>}, {pack: <% ctx().parent.pack %>}]
`,
    output: { user: 'ann', action: 'test.flow', url: 'http://127.0.0.1:1/api/v1', pack: 'test' },
  },
  'asks for records of tasks': {
    definition: `
tasks:
  a: {action: test.echo value=5, next: [{publish: [{v: <% task(a).result.value %>}, {s: <% task(a).status %>}], do: b}]}
  b: {with: '<% [1, 2] %>', action: test.echo, input: {value: <% item() %>}, next: [{publish: [{b: '<% task(b).result.items.select($.result.value) %>'}]}]}
output: [{v: <% ctx(v) %>}, {s: <% ctx(s) %>}, {b: <% ctx(b) %>}]
`,
    output: { v: 5, s: 'succeeded', b: [1, 2] },
  },
  'keeps data as it is, whatever it looks like': {
    definition: `
input: [text]
tasks: {a: {action: test.echo, input: {value: <% ctx(text) %>}, next: [{publish: [{a: <% result().value %>}]}]}}
output: [{a: <% ctx(a) %>}]
`,
    parameters: { text: { 'a.b': 'c', $d: [1.5, null] } },
    output: { a: { 'a.b': 'c', $d: [1.5, null] } },
  },
}

describe('the language on the platform', () => {
  it.each(Object.entries(SUCCEEDS))('%s', async (_, { definition, parameters, output }) => {
    await using bench = await startWorkflows()
    const { status, result } = await outcome(bench, definition, parameters)
    expect({ status, result }).toEqual({ status: 'succeeded', result: { output } })
  })

  it('tries again after a delay that is in the store', async () => {
    await using bench = await startWorkflows()
    const { status, execution } = await outcome(
      bench,
      `
tasks:
  a: {action: test.echo, input: {fail: true}, retry: {count: 2, delay: 1}}
`,
    )
    expect(status).toBe('failed')
    const children = await bench.children(execution.id)
    expect(children.map(({ delay }) => delay)).toEqual([undefined, 1000, 1000])
    expect(new Set(children.map((child) => orquestaOf(child)['task_execution_id'])).size).toBe(3)
  })

  it('looks datastore items up, secrets only deciphered on demand, and journals no secret', async () => {
    await using bench = await startWorkflows()
    const { keyValueDeps, workflowDeps } = bench.test.engine
    const place = { scope: 'system', user: undefined }
    await setKey(keyValueDeps, ANN, 'plain', place, { name: 'plain', value: 'p' })
    await setKey(keyValueDeps, ANN, 'hidden', place, { name: 'hidden', value: 'top secret', secret: true })
    const { result, execution } = await outcome(
      bench,
      `
tasks:
  a:
    action: test.noop
    next:
      - publish: [{p: <% st2kv('system.plain') %>}, {n: "<% st2kv('system.none', default => 'n') %>"}, {l: "<% st2kv('system.hidden', decrypt => true).len() %>"}]
output: [{p: <% ctx(p) %>}, {n: <% ctx(n) %>}, {l: <% ctx(l) %>}]
`,
    )
    expect(result).toEqual({ output: { p: 'p', n: 'n', l: 10 } })
    const { rows } = await journalOf(workflowDeps, execution.id, { from: 0, limit: 100, maxSize: 1e9 })
    expect(JSON.stringify(rows)).not.toContain('top secret')
  })

  it('gives children their context, and their notifications only when they are listed', async () => {
    await using bench = await startWorkflows()
    const notify = { 'on-complete': { routes: ['hubot'], message: 'done' } }
    await bench.define('flow', 'tasks: {a: {action: test.noop, next: [{do: b}]}, b: {action: test.noop}}')
    const { id } = await bench.run('flow', { notify: ['b'] }, { notify })
    const ended = await bench.ended(id)
    const [a, b] = await bench.children(id)
    expect(a?.notify).toBeUndefined()
    expect(b?.notify).toEqual(notify)
    expect(a).toMatchObject({
      parent: id,
      workflow_execution: ended.context['workflow_execution'],
      context: {
        user: 'ann',
        pack: 'test',
        parent: { execution_id: id, user: 'ann', pack: 'test' },
        orquesta: {
          workflow_execution_id: ended.context['workflow_execution'],
          task_execution_id: a?.task_execution,
          task_name: 'a',
          task_id: 'a',
          task_route: 0,
        },
      },
    })
    const { tasks, run } = await workflowOf(bench.test.engine.workflowDeps, id)
    expect(tasks.map(({ id: task, task_id, status }) => [task, task_id, status])).toEqual([
      [a?.task_execution, 'a', 'succeeded'],
      [b?.task_execution, 'b', 'succeeded'],
    ])
    expect(run.conductor.status).toBe('succeeded')
  })

  it('waits for what is pending, and goes on', async () => {
    await using bench = await startWorkflows()
    const { executions } = bench.test.engine
    await bench.define('flow', 'tasks: {ask: {action: test.gated, next: [{do: b}]}, b: {action: test.noop}}')
    const { id } = await bench.run('flow')
    const run = await until(() => bench.test.runner.runs[0])
    const child = run.request.execution_id
    await executions.change(child, () => ({ status: 'pending', claimed_by: undefined }))
    await bench.status(id, 'paused')
    await resumeExecution(bench.test.engine.cancelDeps, ANN, id)
    await executions.change(child, () => ({ status: 'succeeded', result: { response: 1 }, result_size: 14 }))
    expect((await bench.ended(id)).status).toBe('succeeded')
    run.end({ status: 'succeeded', result: {} })
  })
})

describe('what is wrong', () => {
  it('with a definition is told with its places', async () => {
    await using bench = await startWorkflows()
    const { status, result } = await outcome(
      bench,
      'tasks: {a: {action: test.nope, next: [{when: <% <% succeeded() %>, do: b}]}, b: {action: test.noop x=1}}',
    )
    expect(status).toBe('failed')
    expect(result).toMatchObject({
      output: null,
      errors: [
        {
          type: 'content',
          message: 'The action "test.nope" is not registered in the database.',
          spec_path: 'tasks.a.action',
        },
        { type: 'content', message: 'Action "test.noop" has unexpected input "x".' },
        { type: 'expression', spec_path: 'tasks.a.next[0].when' },
      ],
    })
  })

  it('with what is rendered at the start ends it', async () => {
    await using bench = await startWorkflows()
    const { status, result } = await outcome(
      bench,
      'vars: [{a: <% abs(8).value %>}]\ntasks: {t: {action: test.noop}}\noutput: [{a: <% ctx(a) %>}]',
    )
    expect(status).toBe('failed')
    expect(result).toEqual({
      output: null,
      errors: [
        {
          type: 'error',
          message:
            "YaqlEvaluationException: Unable to evaluate expression '<% abs(8).value %>'. " +
            'NoFunctionRegisteredException: Unknown function "#property#value"',
        },
      ],
    })
  })

  it('with an expression of a transition names task and transition', async () => {
    await using bench = await startWorkflows()
    const { status, result } = await outcome(
      bench,
      'tasks: {a: {action: test.noop, next: [{when: <% abs(8).value %>, do: b}]}, b: {action: test.noop}}',
    )
    expect(status).toBe('failed')
    expect(result).toMatchObject({ errors: [{ task_id: 'a', route: 0, task_transition_id: 'b__t0' }] })
  })

  it.each([
    ['action: <% "test.gone" %>', 'InvalidActionReferencedException: Unable to find action "test.gone".'],
    [
      'action: test.echo\n    input: {text: <% 5 %>}',
      'ValueError: Value "5" must either be a string or None. Got "int".',
    ],
    [
      'action: test.echo\n    input: {fail: <% "maybe" %>}',
      'ValueValidationException: malformed node or string on line 1: <ast.Name object at 0x7f0000000000> for parameter "fail"',
    ],
  ])('with a task that cannot start (%s) fails the workflow', async (task, message) => {
    await using bench = await startWorkflows()
    const { status, result, execution } = await outcome(bench, `tasks:\n  a:\n    ${task}\n`)
    expect(status).toBe('failed')
    expect(result).toEqual({ output: null, errors: [{ type: 'error', message, task_id: 'a', route: 0 }] })
    expect(await bench.children(execution.id)).toEqual([])
  })

  it('with `fail` runs what is beside it, and nothing after that', async () => {
    await using bench = await startWorkflows()
    const { status, execution } = await outcome(
      bench,
      `tasks:
  a: {action: test.echo, input: {fail: true}, next: [{when: <% failed() %>, do: [told, fail]}]}
  told: {action: test.echo, next: [{do: never}]}
  never: {action: test.noop}`,
    )
    expect(status).toBe('failed')
    const children = await until(async () => {
      const found = await bench.children(execution.id)
      return found.every(({ end_timestamp }) => end_timestamp !== undefined) && found.length > 1 ? found : null
    })
    expect(children.map((child) => [orquestaOf(child)['task_name'], child.status])).toEqual([
      ['a', 'failed'],
      ['told', 'succeeded'],
    ])
  })

  it('with an action is in the list of errors, with its result', async () => {
    await using bench = await startWorkflows()
    const { status, result } = await outcome(bench, 'tasks: {a: {action: test.echo, input: {value: 1, fail: true}}}')
    expect(status).toBe('failed')
    expect(result).toEqual({
      output: null,
      errors: [
        {
          type: 'error',
          message: 'Execution failed. See result for details.',
          task_id: 'a',
          result: { value: 1 },
        },
      ],
    })
  })

  it('with a result too large fails it, and says so', async () => {
    await using bench = await startWorkflows({ overrides: { 'actionrunner.max_result_size': '1000' } })
    const { status, result } = await outcome(
      bench,
      'vars: [{text: <% range(1000) %>}]\ntasks: {a: {action: test.noop}}\noutput: [{text: <% ctx(text) %>}]',
    )
    expect(status).toBe('failed')
    expect(result).toMatchObject({
      output: null,
      errors: [{ message: expect.stringMatching(/more than 1000 \(\[actionrunner\] max_result_size\)/) }],
    })
  })

  it('with the tasks that are to notify is said', async () => {
    await using bench = await startWorkflows()
    await bench.define('flow', 'tasks: {a: {action: test.noop}}')
    const { id } = await bench.run('flow', { notify: ['x', 'y'] })
    expect(await bench.result(await bench.ended(id))).toEqual({
      output: null,
      errors: [
        { message: 'The following tasks in the notify parameter do not exist in the workflow definition: x, y.' },
      ],
    })
  })
})
