import { join } from 'node:path'
import type { WorkflowJournalView, WorkflowView } from '@st2/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, api, expectStatus, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

interface Step {
  readonly id: string
  readonly route: number
  readonly status: string
}

const PROPERTIES = 'properties.tasks.patternProperties.^\\w+$.properties'

const SECRET = `version: 1.0
input:
  - word
tasks:
  t1:
    action: core.echo message="<% ctx(word) %>"
    next:
      - when: <% succeeded() %>
        publish:
          - said: <% result().stdout %>
          - both: <% ctx(word) %> and more
output:
  - said: <% ctx(said) %>
`

const ITEMS = `version: 1.0
input:
  - list
tasks:
  t1:
    with: <% ctx(list) %>
    action: core.local cmd="rm -rf <% item() %>"
    next:
      - when: <% failed() %>
        publish: key=<% st2kv('system.x') %>
        do: t2
  t2:
    action: core.noop
    retry:
      when: <% failed() %>
      count: 2
output:
  - key: <% ctx(key) %>
`

const LOOP = `version: 1.0
tasks:
  t0:
    action: core.noop
    next:
      - do: t1
  t1:
    action: core.noop
    next:
      - do: t1
`

const files = temporaryFolder()
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  const dataDir = join(files.path, 'data')
  writePack(dataDir, 'whispers', {
    'actions/whisper.yaml':
      'name: whisper\nrunner_type: orquesta\nenabled: true\nentry_point: workflows/whisper.yaml\n' +
      'parameters: {word: {type: string, secret: true}}\n',
    'actions/workflows/whisper.yaml': SECRET,
  })
  server = await startServer({ dataDir })
  admin = await api(server)
}, 60_000)

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  files[Symbol.dispose]()
})

function inspect(body: string, type = 'text/plain'): Promise<Answer> {
  return admin.ask('POST', '/workflows/inspect', { body, headers: { 'content-type': type } })
}

function simulate(body: unknown): Promise<Answer> {
  return admin.ask('POST', '/workflows/simulate', { body })
}

async function finished(action: string, parameters: Record<string, unknown> = {}): Promise<string> {
  const { id } = await admin.run(action, parameters)
  await admin.finished(id)
  return id
}

describe('a workflow with large variables', () => {
  const LIMIT = 100_000
  const LARGE = `version: 1.0
input: [size]
tasks:
  small: { action: core.noop, next: [{ publish: [{ word: told }], do: large }] }
  large: { action: core.echo message="<% 'x' * int(ctx(size)) %>", next: [{ publish: [{ text: <% result().stdout %> }], do: again }] }
  again: { action: core.echo message="<% 'y' * int(ctx(size)) %>" }
`

  it('leaves out the largest and says so, and its journal comes in as many pages as it takes', async () => {
    const own = temporaryFolder()
    const dataDir = join(own.path, 'data')
    writePack(dataDir, 'large', {
      'actions/flow.yaml':
        'name: flow\nrunner_type: orquesta\nenabled: true\nentry_point: workflows/flow.yaml\nparameters: {size: {type: integer}}\n',
      'actions/workflows/flow.yaml': LARGE,
    })
    await using limited = await startServer({ dataDir, env: { ST2_API__MAX_WORKFLOW_VIEW_SIZE: String(LIMIT) } })
    const there = await api(limited)
    const { id } = await there.run('large.flow', { size: LIMIT })
    expect(await there.finished(id)).toMatchObject({ status: 'succeeded' })

    const view = await there.get<WorkflowView>(`/workflows/${id}`)
    expect(view.omitted).toEqual([{ place: 'contexts.2', size: expect.any(Number), names: ['text'] }])
    expect(view.omitted[0]?.size).toBeGreaterThan(LIMIT)
    expect([view.contexts[1], view.contexts[2]]).toEqual([{ word: 'told' }, null])
    expect(view.sequence.map((step) => step.status)).toEqual(['succeeded', 'succeeded', 'succeeded'])

    const seen: number[] = []
    let pages = 0
    for (let from: number | null = 0; from !== null; pages += 1) {
      const page: WorkflowJournalView = await there.get(`/workflows/${id}/journal?from=${from}&limit=1000`)
      seen.push(...page.events.map(({ seq }) => seq))
      from = page.next
    }
    expect(pages, 'the rest goes on where the large ones are').toBeGreaterThan(1)
    expect(seen).toEqual(Array.from({ length: view.events }, (_none, seq) => seq))
    own[Symbol.dispose]()
  })
})

describe('what a workflow tells of itself', () => {
  it('is inspected as upstream does it', async () => {
    expect((await inspect('version: 1.0\ntasks:\n  t1:\n    action: core.noop\n')).body).toEqual([])
    const bad = 'version: 1.0\ntasks:\n  t1:\n    action: core.noop p=<% ctx(x %>\n    next:\n      - do: t9\n'
    const wanted = [
      {
        type: 'content',
        message: 'Action "core.noop" has unexpected input "p".',
        spec_path: 'tasks.t1.input.p',
        schema_path: `${PROPERTIES}.input.patternProperties.^\\w+$`,
      },
      {
        type: 'expression',
        language: 'yaql',
        expression: '<% ctx(x %>',
        message: 'Parse error: unexpected end of statement',
        spec_path: 'tasks.t1.input',
        schema_path: `${PROPERTIES}.input`,
      },
      {
        type: 'semantic',
        message: 'The task "t9" is not defined.',
        spec_path: 'tasks.t1.next[0].do',
        schema_path: `${PROPERTIES}.next.items.properties.do`,
      },
    ]
    expect((await inspect(bad)).body).toEqual(wanted)
    expect((await inspect(JSON.stringify(bad), 'application/json')).body).toEqual(wanted)
    const empty = await inspect('version: 1.0\ntasks: {a: {action: core.noop}, b: null}\n')
    expect([empty.status, empty.text]).toEqual([400, expect.stringContaining('task \\"b\\": argument of type')])
    const broken = await inspect('a: [')
    expect(broken.status).toBe(400)
    expect(broken.text).toContain('Failed to load workflow definition because ')
    expect((await inspect('{"a": 1}', 'application/json')).status).toBe(400)
  })

  it('is shown from within, and its journal event by event', async () => {
    const id = await finished('examples.orquesta-sequential', { name: 'Thanos' })
    const view = await admin.get<Record<string, unknown>>(`/workflows/${id}`)
    expect(view).toMatchObject({
      action_execution: id,
      id: (await admin.execution(id)).context['workflow_execution'],
      action: 'examples.orquesta-sequential',
      status: 'succeeded',
      input: { name: 'Thanos' },
      output: { greeting: 'Thanos, All your base are belong to us!' },
      errors: [],
      routes: [[]],
    })
    const sequence = view['sequence'] as Step[]
    expect(sequence.slice(0, 3).map(({ id: task, route, status }) => [task, route, status])).toEqual([
      ['task1', 0, 'succeeded'],
      ['task2', 0, 'succeeded'],
      ['task3', 0, 'succeeded'],
    ])
    const tasks = view['tasks'] as { task_id: string; executions: string[] }[]
    const children = await admin.get<{ id: string }[]>(`/executions/${id}/children`)
    expect(tasks.flatMap(({ executions }) => executions)).toEqual(children.map((child) => child.id))
    expect(String(view['definition'])).toContain('All your base')

    const journal = await admin.get<{ events: Record<string, unknown>[]; next: number | null }>(
      `/workflows/${id}/journal`,
    )
    expect(journal.events.map(({ seq }) => seq)).toEqual(journal.events.map((_, index) => index))
    expect(journal.next).toBeNull()
    expect(journal.events[0]).toMatchObject({ seq: 0, event: { type: 'begin' } })
    expect(journal.events[1]).toMatchObject({
      event: { type: 'action', id: 'task1.0.0', status: 'succeeded', result: { stdout: 'Thanos' } },
      effects: [{ type: 'start', id: 'task2.0.0' }],
    })
    const page = await admin.get<{ events: unknown[]; next: number }>(`/workflows/${id}/journal?limit=2&from=1`)
    expect([page.events.length, page.next]).toEqual([2, 3])
    // As it was before the second event: the first task ran.
    const past = await admin.get<{ status: string; sequence: Step[] }>(`/workflows/${id}?until=1`)
    expect([past.status, past.sequence.map(({ id: task, status }) => [task, status])]).toEqual([
      'running',
      [['task1', 'running']],
    ])
    expect((await admin.ask('GET', `/workflows/${await finished('core.noop')}`)).status).toBe(404)
    expect((await admin.ask('GET', `/workflows/${id}/journal?limit=0`)).status).toBe(400)
  })

  it('evaluates an expression with the variables of a step', async () => {
    const id = await finished('examples.orquesta-sequential', { name: 'Thanos' })
    const evaluate = (body: unknown): Promise<Answer> => admin.ask('POST', `/workflows/${id}/evaluate`, { body })
    const answerTo = async (body: unknown): Promise<unknown> => (await evaluate(body)).body
    expect(await answerTo({ expression: '<% ctx(greeting) %>', task: 'task1' })).toEqual({ value: null })
    expect(await answerTo({ expression: '<% ctx(greeting) %>', task: 'task2' })).toEqual({ value: 'Thanos' })
    expect(await answerTo({ expression: '<% result().stdout %>', task: 'task2' })).toEqual({
      value: 'All your base are belong to us!',
    })
    expect(await answerTo({ expression: '{{ ctx("greeting") }}', index: 2 })).toEqual({
      value: 'Thanos, All your base are belong to us!',
    })
    expect(await answerTo({ expression: '<% result() %>', index: 0, result: 5 })).toEqual({ value: 5 })
    expect(Object.keys((await answerTo({ expression: '<% ctx(none) %>', index: 0 })) as object)).toEqual(['error'])
    expect((await evaluate({ expression: '<% 1 %>', task: 'nope' })).status).toBe(404)
    expect((await evaluate({ expr: 1 })).status).toBe(400)
  })

  it('masks what is secret in every view', async () => {
    const id = await finished('whispers.whisper', { word: 'swordfish-42' })
    expect((await admin.execution(id)).result).toEqual({ output: { said: 'swordfish-42' } })
    for (const path of [`/workflows/${id}`, `/workflows/${id}/journal`]) {
      const { status, text } = await admin.ask('GET', path)
      expect(status).toBe(200)
      expect(text).not.toContain('swordfish')
      expect(text).toContain('********')
    }
    const evaluate = (expression: string): Promise<Answer> =>
      admin.ask('POST', `/workflows/${id}/evaluate`, { body: { expression, index: 0 } })
    expect((await evaluate('<% ctx() %>')).text).not.toContain('swordfish')
    expect((await evaluate('<% len(ctx(word)) %>')).body).toEqual({ value: 8 })
  })

  it('simulates a definition with given results, and nothing runs', async () => {
    const answer = expectStatus<Record<string, unknown>>(
      await simulate({
        definition: ITEMS,
        inputs: { list: ['a', 'b'] },
        outcomes: {
          t1: [[{ status: 'succeeded' }, { status: 'failed', result: { stderr: 'no' } }]],
          t2: [{ status: 'failed' }, { status: 'succeeded', result: 1 }],
        },
        datastore: { 'system.x': 'value of x' },
      }),
      200,
    )
    expect(answer).toMatchObject({ status: 'succeeded', output: { key: 'value of x' }, is_complete: true })
    expect((answer['steps'] as unknown[])[0]).toMatchObject({
      event: { type: 'begin' },
      effects: [
        { type: 'start', id: 't1.0.0.0', action: 'core.local', input: { cmd: 'rm -rf a' }, item: 0 },
        { type: 'start', id: 't1.0.0.1', input: { cmd: 'rm -rf b' } },
        { type: 'status', status: 'running' },
      ],
    })
    expect(await admin.get('/executions?action=core.local')).toEqual([])
    expect((await simulate({ definition: LOOP, max_steps: 50 })).body).toMatchObject({
      is_complete: false,
      status: 'running',
    })
    expect((await simulate({ definition: 'version: 1.0\ntasks: {}\n' })).body).toMatchObject({
      status: 'failed',
      steps: [],
    })
    expect((await simulate({ definition: 'a: [' })).status).toBe(400)
    expect((await simulate({ definition: ITEMS, nothing: 1 })).status).toBe(400)
  })

  it('simulates without outcomes, and refuses those that say nothing about the workflow', async () => {
    const nothing = { inputs: null, outcomes: null, datastore: null, context: null, max_steps: null }
    const definition = 'version: 1.0\ntasks:\n  t1:\n    action: core.noop\n'
    expect((await simulate({ definition, ...nothing })).body).toMatchObject({ status: 'succeeded' })
    expect((await simulate({ definition, outcomes: { t1: [null, {}] } })).body).toMatchObject({ status: 'succeeded' })
    const refusals: [Record<string, unknown>, string][] = [
      [{ t9: {} }, 'outcomes.t9: the workflow has no task \\"t9\\"'],
      [{ t1: 5 }, 'outcomes.t1: an object with'],
      [{ t1: [{}, [5]] }, 'outcomes.t1.1.0: an object with'],
      [{ t1: { status: 5 } }, 'outcomes.t1.status: a text is expected'],
      [{ t1: { state: 'failed' } }, 'outcomes.t1.state: an outcome has'],
    ]
    for (const [outcomes, reason] of refusals) {
      const { status, text } = await simulate({ definition, outcomes })
      expect([status, text]).toEqual([400, expect.stringContaining(reason)])
    }
  })
})
