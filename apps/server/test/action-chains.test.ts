import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, expectStatus, type ShownExecution, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

interface ChainResult {
  readonly tasks: readonly {
    readonly id: string
    readonly name: string
    readonly execution_id: string | null
    readonly liveaction_id: string | null
    readonly workflow: null
    readonly created_at: string
    readonly updated_at: string
    readonly state: string
    readonly result: Record<string, unknown>
  }[]
  readonly published?: Record<string, unknown>
  readonly error?: string
  readonly traceback?: string
}

const files = temporaryFolder()
let server: TestServer
let admin: TestApi

/** Chains of a pack of these tests, by name; the entry point is named like the action. */
const CHAINS: Readonly<Record<string, string>> = {
  handled: `
chain:
  - {name: fails, ref: core.local, parameters: {cmd: exit 3}, on-failure: mends}
  - {name: mends, ref: core.noop}
`,
  timeouts: `
chain:
  - {name: slow, ref: core.local, parameters: {cmd: sleep 30, timeout: 1}}
`,
  unknown_action: `
chain:
  - {name: first, ref: core.noop, on-success: second, on-failure: never}
  - {name: second, ref: none.such, on-failure: never}
  - {name: never, ref: core.noop}
`,
  bad_vars: `
vars: {x: '{{ nothing }}'}
chain:
  - {name: first, ref: core.noop}
`,
  bad_publish: `
chain:
  - {name: first, ref: core.noop, publish: {x: '{{ nothing }}'}}
`,
  endless: `
chain:
  - {name: again, ref: core.noop, on-success: again}
default: again
`,
  refused: `
chain:
  - {name: first, ref: core.local, parameters: {cmd: 'echo x', timeout: soon}, on-failure: second}
  - {name: second, ref: core.noop}
`,
  no_next: `
chain:
  - {name: first, ref: core.noop, on-success: '{{ user }}'}
`,
  bad_link: `
chain:
  - {name: first, ref: core.noop, on-success: none}
`,
  bad_default: `
chain:
  - {name: first, ref: core.noop}
default: none
`,
  bad_key: `
chain:
  - {name: first, ref: core.noop, then: second}
`,
  later_key: `
chain:
  - {name: first, ref: core.noop, on-success: second}
  - {name: second, ref: core.noop, then: third}
`,
  both_params: `
chain:
  - {name: first, ref: core.local, params: {cmd: a}, parameters: {cmd: b}}
`,
  empty: 'chain: []\n',
  types: `
vars: {number: 5, list: [1, 2]}
chain:
  - name: first
    ref: core.local
    parameters:
      cmd: echo {{ number }}
      timeout: '{{ number }}'
      env: {A: '{{ list | length }}', B: plain}
    publish: {code: '{{ first.return_code }}', kept: 7, nested: {x: '{{ first.stdout }}'}}
    on-success: second
  - name: second
    ref: core.echo
    parameters: {message: '{{ code }} {{ kept }} {{ nested.x }} {{ __context.number }} {{ action_context.parent.user }}'}
`,
  secret: `
chain:
  - {name: first, ref: core.echo, parameters: {message: 'word {{ word }}'}, on-success: second}
  - {name: second, ref: core.noop}
`,
  forty: `chain:\n${Array.from({ length: 40 }, (_, index) => `  - {name: t${index}, ref: core.noop${index < 39 ? `, on-success: t${index + 1}` : ''}}`).join('\n')}\n`,
}

const ABOVE = `version: 1.0
tasks:
  first:
    action: examples.chain-sequential name="Thanos"
    next:
      - when: <% succeeded() %>
        publish: greeting=<% result().published.greeting %>
        do: second
  second:
    action: examples.chain-test-inquiry
    next:
      - when: <% succeeded() %>
        publish: said=<% result().tasks[1].result.stdout %>
output:
  - greeting: <% ctx(greeting) %>
  - said: <% ctx(said) %>
`

const PAUSED_ABOVE = `version: 1.0
input: [tempfile]
tasks:
  chain:
    action: examples.chain-test-pause-resume
    input: {tempfile: <% ctx(tempfile) %>, message: well}
`

beforeAll(async () => {
  const written = Object.entries(CHAINS).flatMap(([name, text]) => {
    const parameters = name === 'secret' ? '{word: {type: string, secret: true}}' : '{}'
    const entry = `chains/${name}.yaml`
    const action = `name: ${name}\nrunner_type: action-chain\nenabled: true\nentry_point: ${entry}\nparameters: ${parameters}\n`
    return [
      [`actions/${name}.yaml`, action],
      [`actions/${entry}`, text],
    ] as const
  })
  const above = {
    'actions/above.yaml':
      'name: above\nrunner_type: orquesta\nenabled: true\nentry_point: workflows/above.yaml\nparameters: {}\n',
    'actions/workflows/above.yaml': ABOVE,
    'actions/paused_above.yaml':
      'name: paused_above\nrunner_type: orquesta\nenabled: true\nentry_point: workflows/paused_above.yaml\nparameters: {tempfile: {type: string}}\n',
    'actions/workflows/paused_above.yaml': PAUSED_ABOVE,
  }
  writePack(join(files.path, 'data'), 'chained', { ...above, ...Object.fromEntries(written) })
  server = await startServer({
    dataDir: join(files.path, 'data'),
    env: { ST2_WORKFLOW_ENGINE__MAX_CHAIN_TASKS: '120', ST2_WORKFLOW_ENGINE__CANCEL_GRACE_MS: '300' },
  })
  admin = await api(server)
}, 60_000)

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  files[Symbol.dispose]()
})

async function run(
  action: string,
  parameters: Record<string, unknown> = {},
): Promise<ShownExecution & { result: ChainResult }> {
  const { id } = await admin.run(action, parameters)
  const done = await admin.finished(id, 30_000)
  return { ...done, result: (done.result ?? {}) as ChainResult }
}

function states({ tasks }: ChainResult): [string, string][] {
  return tasks.map(({ name, state }) => [name, state])
}

function heldFile(name: string): { readonly path: string; release(): void } {
  const path = join(files.path, name)
  writeFileSync(path, '')
  return { path, release: () => rmSync(path) }
}

function childOf(id: string, task: string, status: string): Promise<ShownExecution> {
  return until(`task ${task} of ${id} is ${status}`, async () => {
    const children = await admin.get<ShownExecution[]>(`/executions/${id}/children?depth=1`)
    const found = children.find(({ context }) => (context['chain'] as { name?: string } | undefined)?.name === task)
    return found?.status === status ? found : null
  })
}

const put = async (id: string, status: string): Promise<void> => {
  expectStatus(await admin.ask('PUT', `/executions/${id}`, { body: { status } }), 200)
}

describe('an action chain', () => {
  it('runs its tasks one after the other and answers what upstream answers', async () => {
    const done = await run('examples.chain-sequential', { name: 'Thanos' })
    expect(done.status).toBe('succeeded')
    const { tasks, published } = done.result
    expect(Object.keys(done.result)).toEqual(['tasks', 'published'])
    expect(published).toEqual({ greeting: 'Thanos, All your base are belong to us!' })
    expect(states(done.result)).toEqual([
      ['task1', 'succeeded'],
      ['task2', 'succeeded'],
      ['task3', 'succeeded'],
    ])
    const [first] = tasks
    expect(first).toMatchObject({ id: 'task1', name: 'task1', workflow: null, result: { stdout: 'Thanos' } })
    expect(first?.created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/)
    const child = await admin.execution(first?.execution_id ?? '')
    expect(child.context).toMatchObject({
      user: 'st2admin',
      pack: 'core',
      parent: { execution_id: done.id, user: 'st2admin', pack: 'examples' },
      chain: { name: 'task1', ref: 'core.echo', parameters: { message: '{{ name }}' }, 'on-success': 'task2' },
    })
    expect(child).toMatchObject({ parent: done.id, liveaction: { id: first?.liveaction_id } })
    expect(done.log.map(({ status }) => status)).toEqual(['requested', 'scheduled', 'running', 'succeeded'])
  })

  it('renders parameters from results and variables, and keeps types that rendering does not touch', async () => {
    expect((await run('examples.echochain-param', { input1: 'you' })).result.tasks.at(-1)?.result['stdout']).toBe(
      'hello you, hello you again, hello you once more',
    )
    const { status, result } = await run('chained.types')
    expect(status).toBe('succeeded')
    expect(result.published).toEqual({ code: '0', kept: 7, nested: { x: '5' } })
    expect(result.tasks[1]?.result['stdout']).toBe('0 7 5 5 st2admin')
    const first = await admin.execution(result.tasks[0]?.execution_id ?? '')
    expect(first.parameters).toMatchObject({ timeout: 5, env: { A: '2', B: 'plain' } })
  })

  it('has the status of its last task', async () => {
    const handled = await run('chained.handled')
    expect([handled.status, states(handled.result)]).toEqual([
      'succeeded',
      [
        ['fails', 'failed'],
        ['mends', 'succeeded'],
      ],
    ])
    const failed = await run('examples.echochain_task_failure')
    expect([failed.status, failed.result.error]).toEqual(['failed', undefined])
    expect(states(failed.result).at(-1)).toEqual(['task2', 'failed'])
    expect((await run('chained.timeouts')).status).toBe('timeout')
  })

  it.each([
    ['unknown_action', 'Failed to run task "second". Action with reference "none.such" doesn\'t exist..', 1],
    ['bad_vars', 'Failed initializing ``vars`` in chain..', 0],
    ['no_next', 'Failed to get next node "first"..', 1],
  ])('stops at %s with upstream’s words', async (name, text, tasks) => {
    const { status, result } = await run(`chained.${name}`)
    expect(status).toBe('failed')
    expect(result.error).toContain(text)
    expect(result.tasks).toHaveLength(tasks)
  })

  it('stops when parameters cannot be rendered', async () => {
    const { status, result } = await run('examples.echochain_top_level_failure')
    expect(status).toBe('failed')
    expect(result.error).toContain(
      'Failed to run task "task2". Parameter rendering failed.. Failed rendering value for action parameter "cmd" in task "task2" (template string=echo "{{ nothing_by_this_name }}"): ',
    )
    expect(states(result)).toEqual([['task1', 'succeeded']])
  })

  it.each([
    ['bad_publish', "'nothing' is undefined"],
    ['bad_link', 'Unable to find node with name "none" referenced in "on-success" in task "first".'],
    ['bad_default', 'Unable to find node with name "none" referenced in "default".'],
    [
      'bad_key',
      'Failed to parse action chain definition from "chains/bad_key.yaml": Additional properties are not allowed (\'then\' was unexpected)',
    ],
    ['both_params', 'Either "params" or "parameters" attribute needs to be provided, but not both'],
    ['empty', 'Failed to find default node in chained.empty.'],
  ])('fails as a whole for %s', async (name, text) => {
    const { status, result } = await run(`chained.${name}`)
    expect([status, Object.keys(result)]).toEqual(['failed', ['error', 'traceback']])
    expect(result.error).toBe(text)
  })

  it('checks the first task alone against the schema', async () => {
    expect((await run('chained.later_key')).status).toBe('succeeded')
  })

  it('goes on at on-failure when a task is not accepted', async () => {
    const { status, result } = await run('chained.refused')
    expect([status, states(result)]).toEqual([
      'succeeded',
      [
        ['first', 'failed'],
        ['second', 'succeeded'],
      ],
    ])
    expect(result.tasks[0]).toMatchObject({ execution_id: null, liveaction_id: null })
    expect(result.tasks[0]?.result['error']).toMatch(/^Failed running task "first"\.\. /)
  })

  it('keeps a secret parameter out of what its tasks show', async () => {
    const { id, result } = await run('chained.secret', { word: 'swordfish-42' })
    const child = await admin.execution(result.tasks[0]?.execution_id ?? '')
    expect(child.parameters).toEqual({ message: '********' })
    expect(result.tasks[0]?.result['stdout']).toBe('word swordfish-42')
    expect((await admin.execution(id)).parameters).toEqual({ word: '********' })
  })

  it('loops until a task says that it is enough', async () => {
    const { status, result } = await run('examples.forloop_chain', { github_organization_url: 'https://example.com' })
    expect(status).toBe('succeeded')
    const page = ['get_page', 'parse', 'push', 'check']
    expect(states(result).map(([name]) => name)).toEqual([...page, ...page, ...page, 'end'])
    expect(result.published).toMatchObject({ index: '3' })
  })

  it('ends when it has run as many tasks as it may', async () => {
    const { status, result } = await run('chained.endless')
    expect([status, result.tasks.length]).toEqual(['failed', 120])
    expect(result.error).toContain('It ran 120 tasks, the most ([workflow_engine] max_chain_tasks).')
  })

  it('is cancelled with what it runs', async () => {
    const held = heldFile('cancel')
    const { id } = await admin.run('examples.chain-test-cancel', { tempfile: held.path, message: 'never' })
    const child = await childOf(id, 'task1', 'running')
    await admin.ask('DELETE', `/executions/${id}`)
    const done = await admin.finished(id)
    expect([done.status, done.result]).toEqual(['canceled', { message: 'Action canceled by user.', user: 'st2admin' }])
    expect((await admin.finished(child.id)).status).toBe('canceled')
    held.release()
  })

  it.each(['', '-with-subchain', '-with-subworkflow'])(
    'pauses and goes on (chain-test-pause-resume%s)',
    async (kind) => {
      const held = heldFile(`pause${kind}`)
      const { id } = await admin.run(`examples.chain-test-pause-resume${kind}`, {
        tempfile: held.path,
        message: 'well',
      })
      await childOf(id, 'task1', 'running')
      await put(id, 'pausing')
      expect((await admin.execution(id)).status).toBe('pausing')
      held.release()
      const paused = await admin.reaches(id, 'paused')
      expect(states(paused.result as ChainResult)).toEqual(kind === '' ? [['task1', 'succeeded']] : [])
      expect(paused.context['paused_by']).toBe('st2admin')
      await put(id, 'resuming')
      const done = await admin.finished(id)
      expect([done.status, states(done.result as ChainResult)]).toEqual([
        'succeeded',
        [
          ['task1', 'succeeded'],
          ['task2', 'succeeded'],
        ],
      ])
    },
  )

  it.each(['chain-test-inquiry', 'chain-test-inquiry-parent'])('waits for people in %s', async (name) => {
    const { id } = await admin.run(`examples.${name}`)
    await admin.reaches(id, 'paused')
    const [inquiry] = await admin.get<{ id: string }[]>('/inquiries')
    const body = { id: inquiry?.id, response: { secondfactor: 'bolognese' } }
    expectStatus(await admin.ask('PUT', `/inquiries/${inquiry?.id}`, { body }), 200)
    const done = await admin.finished(id)
    expect(done.status).toBe('succeeded')
    const inner =
      name === 'chain-test-inquiry'
        ? (done.result as ChainResult)
        : ((done.result as ChainResult).tasks[0]?.result as unknown as ChainResult)
    expect(inner.tasks[1]?.result['stdout']).toBe('bolognese')
  })

  it('is cancelled with the question that it asks', async () => {
    const { id } = await admin.run('examples.chain-test-inquiry-parent')
    await admin.reaches(id, 'paused')
    const [inquiry] = await admin.get<{ id: string }[]>('/inquiries')
    await admin.ask('DELETE', `/executions/${id}`)
    expect((await admin.finished(id)).status).toBe('canceled')
    expect((await admin.finished(inquiry?.id ?? '')).status).toBe('canceled')
    const children = await admin.get<ShownExecution[]>(`/executions/${id}/children`)
    const ended = await Promise.all(children.map((child) => admin.finished(child.id)))
    expect(ended.map(({ status }) => status)).toEqual(['canceled', 'canceled'])
  })

  it('is cancelled with the workflow below it', async () => {
    const held = heldFile('cancel-below')
    const parameters = { tempfile: held.path, message: 'never' }
    const { id } = await admin.run('examples.chain-test-cancel-with-subworkflow', parameters)
    const below = await childOf(id, 'task1', 'running')
    await until('the workflow below has begun', async () =>
      (await admin.get<ShownExecution[]>(`/executions/${below.id}/children`)).some(
        ({ status }) => status === 'running',
      ),
    )
    await admin.ask('DELETE', `/executions/${id}`)
    expect((await admin.finished(id)).status).toBe('canceled')
    const children = await admin.get<ShownExecution[]>(`/executions/${id}/children`)
    await Promise.all(children.map((child) => admin.finished(child.id)))
    held.release()
  })

  it('is cancelled when its task is', async () => {
    const held = heldFile('cancel-task')
    const { id } = await admin.run('examples.chain-test-cancel', { tempfile: held.path, message: 'never' })
    const child = await childOf(id, 'task1', 'running')
    await admin.ask('DELETE', `/executions/${child.id}`)
    const done = await admin.finished(id)
    expect([done.status, states(done.result as ChainResult)]).toEqual(['canceled', [['task1', 'canceled']]])
    held.release()
  })

  it('pauses and goes on with the workflow above it', async () => {
    const held = heldFile('pause-above')
    const { id } = await admin.run('chained.paused_above', { tempfile: held.path })
    const chain = await until('the chain has begun', async () => {
      const [child] = await admin.get<ShownExecution[]>(`/executions/${id}/children?depth=1`)
      return child ?? null
    })
    await childOf(chain.id, 'task1', 'running')
    await put(id, 'pausing')
    await admin.reaches(chain.id, 'pausing')
    held.release()
    await admin.reaches(chain.id, 'paused')
    await admin.reaches(id, 'paused')
    await put(id, 'resuming')
    expect((await admin.finished(id)).status).toBe('succeeded')
    const ended = await admin.finished(chain.id)
    expect(ended.status).toBe('succeeded')
    expect(ended.context['paused_by']).toBe('st2admin')
  })

  it('is a task of a workflow, and the workflow waits with it for people', async () => {
    const { id } = await admin.run('chained.above')
    await admin.reaches(id, 'paused')
    const [inquiry] = await admin.get<{ id: string }[]>('/inquiries')
    const body = { id: inquiry?.id, response: { secondfactor: 'bolognese' } }
    expectStatus(await admin.ask('PUT', `/inquiries/${inquiry?.id}`, { body }), 200)
    const done = await admin.finished(id)
    expect([done.status, done.result]).toEqual([
      'succeeded',
      { output: { greeting: 'Thanos, All your base are belong to us!', said: 'bolognese' } },
    ])
  })

  it('notifies as its tasks ask for, and not for those that it skips', async () => {
    const { result } = await run('examples.echochain')
    const notified = await Promise.all(
      result.tasks.map(async ({ execution_id }) => (await admin.execution(execution_id ?? '')).liveaction['notify']),
    )
    expect(notified.map((notify) => notify !== undefined)).toEqual([true, false, true])
  })

  it('takes little time for each task', async () => {
    const start = performance.now()
    const done = await run('chained.forty')
    expect(done.result.tasks).toHaveLength(40)
    // Upstream takes about a second for each.
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
