import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, expectStatus, type ShownExecution, type TestApi } from './support/api.ts'
import { EventStream, type SeenEvent } from './support/event-stream.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

/** Unlikely anywhere by chance, in any file. Of the last two actions know the reverse. */
const PARAMETER = 'parameter-Zq8vXw3K'
const STORED = 'datastore-Hy5nBd9T'
const OUTPUT = 'output-Vb7tRm5J'
const LARGE = 'blob-Kc4wPz6D'
const TOLD = [PARAMETER, STORED, OUTPUT, LARGE]
/** Workflows change some of them. */
const SECRETS = [...TOLD, ...TOLD.map((text) => text.toUpperCase())]

function reversed(text: string): string {
  return text.split('').reverse().join('')
}

const METADATA = 'enabled: true\n'
const SECRET_INPUT = 'parameters: {password: {type: string, secret: true}}\n'

function action(name: string, runner: string, entryPoint: string, more = ''): Record<string, string> {
  return {
    [`actions/${name}.yaml`]: `name: ${name}\nrunner_type: ${runner}\nentry_point: ${entryPoint}\n${METADATA}${more}`,
  }
}

function workflow(name: string, definition: string): Record<string, string> {
  return {
    ...action(name, 'orquesta', `workflows/${name}.yaml`, SECRET_INPUT),
    [`actions/workflows/${name}.yaml`]: definition,
  }
}

function python(name: string, parameters: string, body: string, more = ''): Record<string, string> {
  const head = 'from st2common.runners.base_action import Action\n\n\nclass Made(Action):\n'
  return {
    ...action(name, 'python-script', `${name}.py`, `parameters: {${parameters}}\n${more}`),
    [`actions/${name}.py`]: `${head}    def run(self, **given):\n        ${body}\n`,
  }
}

const OUTPUT_SCHEMA =
  'output_schema: {type: object, properties: {token: {type: string, secret: true}, user: {type: string}}}\n'

const PACK = {
  ...python('make', '', `return {'token': '${reversed(OUTPUT)}'[::-1], 'user': 'joe'}`, OUTPUT_SCHEMA),
  ...python(
    'make_first_format',
    '',
    `return {'token': '${reversed(LARGE)}'[::-1], 'user': 'x' * 20000}`,
    'output_schema: {token: {type: string, secret: true}}\n',
  ),
  ...python('swallow', 'text: {type: string}', "return len(given['text'])"),
  ...python('count', 'number: {type: integer}', "return given['number']"),
  ...workflow(
    'spread',
    `version: 1.0
input: [password]
tasks:
  make:
    action: taint.make
    next: [{when: <% succeeded() %>, publish: [{token: <% result().result.token %>}], do: large}]
  large:
    action: taint.make_first_format
    next: [{when: <% succeeded() %>, publish: [{large: <% result().result.token %>}], do: [one, each, below]}]
  one:
    action: taint.swallow
    input: {text: "<% ctx(password) %>, <% ctx(token) %>, <% st2kv('system.taint', decrypt => true) %>"}
  each:
    with: <% [ctx(token), ctx(large)] %>
    action: taint.swallow
    input: {text: "item <% item() %>"}
  below:
    action: taint.below
    input: {password: <% ctx(token) %>}
output: [{user: joe}, {upper: <% ctx(password).toUpper() %>}, {given: <% ctx(token) %>}]
`,
  ),
  ...workflow(
    'below',
    `version: 1.0
input: [password]
tasks:
  last: {action: taint.swallow, input: {text: "<% ctx(password) %>"}}
output: [{password: <% ctx(password) %>}]
`,
  ),
  ...workflow(
    'fails',
    `version: 1.0
input: [password]
tasks:
  make: {action: taint.make, next: [{publish: [{number: <% int(result().result.token) %>}], do: noop}]}
`,
  ),
  ...workflow(
    'named',
    `version: 1.0
input: [password]
vars: [{name: "<% st2kv('system.taint', decrypt => true) %>"}]
tasks:
  first: {action: core.noop, next: [{do: stored}]}
  stored: {action: "<% ctx(name) %>"}
`,
  ),
  ...workflow(
    'given',
    `version: 1.0
input: [password]
tasks:
  first: {action: "<% ctx(password) %>"}
`,
  ),
  ...workflow(
    'changed',
    `version: 1.0
input: [password]
vars:
  - upper: <% ctx(password).toUpper() %>
  - stored: {as: ["{{ st2kv('system.taint', decrypt=true) | upper }}"]}
tasks:
  make:
    action: taint.make
    next:
      - publish:
          - token: <% result().result.token.toUpper() %>
          - user: <% result().result.user %>
        do: use
  use:
    action: taint.swallow
    input: {text: "<% ctx(upper) %>"}
    next: [{publish: [{letters: "<% ctx(token).split('-') %>"}, {where: taint}]}]
`,
  ),
  ...workflow(
    'refused',
    `version: 1.0
input: [password]
tasks:
  one: {action: taint.count, input: {number: <% ctx(password) %>}}
`,
  ),
  ...action('chain', 'action-chain', 'chains/chain.yaml', SECRET_INPUT),
  'actions/chains/chain.yaml': `chain:
  - name: make
    ref: taint.make
    publish: {token: '{{ make.result.token }}', word: '{{ password }}'}
    on-success: use
  - name: use
    ref: taint.swallow
    parameters: {text: '{{ token }} {{ word }} {{ st2kv.system.taint | decrypt_kv }}'}
    on-success: inline
  - {name: inline, ref: taint.swallow, parameters: {text: 'say {{ make.result.token }}'}}
`,
}

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let dataDir: string
let events: SeenEvent[]
const ended = new Map<string, ShownExecution>()

beforeAll(async () => {
  const folder = stack.use(temporaryFolder()).path
  dataDir = join(folder, 'data')
  writePack(dataDir, 'taint', PACK)
  writeFileSync(join(folder, 'st2.conf'), '[workflow_engine]\nsnapshot_interval = 2\n')
  server = stack.use(await startServer({ dataDir, args: ['--config-file', join(folder, 'st2.conf')] }))
  admin = await api(server)
  const key = { name: 'taint', value: STORED, secret: true, scope: 'system' }
  expectStatus(await admin.ask('PUT', '/keys/taint', { body: key }), 200)
  await using stream = await EventStream.open(`${server.stream}/v1/stream`, admin.token)
  await stream.next()
  for (const name of ['spread', 'fails', 'refused', 'named', 'given', 'changed', 'chain']) {
    const { id } = await admin.run(`taint.${name}`, { password: PARAMETER })
    ended.set(name, await admin.finished(id, 60_000))
  }
  const last = await admin.run('core.noop')
  events = await stream.upTo(({ data }) => data.includes(last.id) && data.includes('succeeded'))
})

afterAll(() => stack.disposeAsync())

function expectNoSecret(text: string): void {
  for (const secret of SECRETS) expect(text).not.toContain(secret)
}

function idOf(name: string): string {
  return ended.get(name)?.id ?? ''
}

/** Of a workflow and of all below it. */
async function family(name: string): Promise<ShownExecution[]> {
  const children = await admin.get<ShownExecution[]>(`/executions/${idOf(name)}/children`)
  return [await admin.execution(idOf(name)), ...children]
}

describe('secrets that flow through workflows and chains', () => {
  it('reach the actions that are to have them', async () => {
    const results = async (name: string): Promise<unknown[]> =>
      (await family(name))
        .filter(({ action: { ref } }) => ref === 'taint.swallow')
        .map(({ result }) => (result as { result: number }).result)
        .sort((a, b) => Number(a) - Number(b))
    const all = [PARAMETER, OUTPUT, STORED].join('__').length
    expect(ended.get('spread')).toMatchObject({
      status: 'succeeded',
      result: { output: { user: 'joe', upper: '********', given: '********' } },
    })
    expect(await results('spread')).toEqual(
      [OUTPUT.length, `item ${LARGE}`.length, `item ${OUTPUT}`.length, all].sort((a, b) => a - b),
    )
    expect(ended.get('chain')).toMatchObject({ status: 'succeeded' })
    expect(await results('chain')).toEqual([`say ${OUTPUT}`.length, `${OUTPUT} ${PARAMETER} ${STORED}`.length])
  })

  it('are in no answer about executions', async () => {
    for (const name of ended.keys()) {
      for (const { id } of await family(name)) {
        for (const part of ['', '/result', '/result?pretty_format=true', '/output', '/children', '/attribute/result']) {
          const { status, text } = await admin.ask('GET', `/executions/${id}${part}`)
          expect(status).toBe(200)
          expectNoSecret(text)
        }
      }
    }
    for (const path of ['/executions?limit=-1', '/triggerinstances', '/ruleenforcements', '/keys']) {
      expectNoSecret((await admin.ask('GET', path)).text)
    }
  })

  it('are in no view of what goes on inside', async () => {
    for (const name of ['spread', 'fails', 'refused', 'named', 'given', 'changed']) {
      for (const path of ['', '/journal', '?until=2']) {
        const { status, text } = await admin.ask('GET', `/workflows/${idOf(name)}${path}`)
        expect(status).toBe(200)
        expectNoSecret(text)
      }
      const body = { expression: '<% [ctx(), result()] %>', index: 0 }
      expectNoSecret((await admin.ask('POST', `/workflows/${idOf(name)}/evaluate`, { body })).text)
    }
  })

  it('are in no view either when they were changed', async () => {
    for (const path of ['', '/journal', '?until=2']) {
      const { status, text } = await admin.ask('GET', `/workflows/${idOf('changed')}${path}`)
      expect(status).toBe(200)
      expectNoSecret(text)
    }
    const { contexts } = await admin.get<{ contexts: unknown[] }>(`/workflows/${idOf('changed')}`)
    expect(contexts.slice(1)).toEqual([
      { token: '********', user: 'joe' },
      { letters: ['********', '********'], where: 'taint' },
    ])
    const body = { expression: '<% ctx() %>', index: 0 }
    const { text } = await admin.ask('POST', `/workflows/${idOf('changed')}/evaluate`, { body })
    expectNoSecret(text)
  })

  it('are in no error, which tells the rest', () => {
    const { result: failed } = ended.get('fails') as { result: { errors: { message: string }[] } }
    expect(failed.errors.map(({ message }) => message)).toContainEqual(expect.stringContaining('********'))
    const { result: refused } = ended.get('refused') as { result: { errors: { message: string }[] } }
    expect(refused.errors[0]?.message).toContain('The value of the secret parameter "number" is not of type "integer"')
    expect(ended.get('chain')?.result).toMatchObject({ published: { token: '********', word: '********' } })
  })

  it('are in no event', () => {
    expect(events.length).toBeGreaterThan(50)
    for (const { data } of events) expectNoSecret(data)
  })

  it('are shown to the admin who asks for them', async () => {
    const made = (await family('spread')).find(({ action: { ref } }) => ref === 'taint.make')
    expect(made?.result).toMatchObject({ result: { token: '********', user: 'joe' } })
    const open = await admin.get<ShownExecution>(`/executions/${made?.id}?show_secrets=true`)
    expect(open.result).toMatchObject({ result: { token: OUTPUT, user: 'joe' } })
    const large = (await family('spread')).find(({ action: { ref } }) => ref === 'taint.make_first_format')
    expect((await admin.ask('GET', `/executions/${large?.id}?show_secrets=true`)).text).toContain(LARGE)
  })

  it('are in no file of the data folder and in no line of the log', async () => {
    await until('the log is written', () => server.stderr.includes('server is ready'))
    expectNoSecret(server.stderr)
    const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dataDir, name))
      .filter((path) => statSync(path).isFile())
    expect(files.some((file) => file.endsWith('st2.sqlite'))).toBe(true)
    const telling = files.filter((file) => SECRETS.some((secret) => readFileSync(file).includes(secret)))
    expect(telling).toEqual([])
  })
})
