import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type ShownExecution, type TestApi } from './support/api.ts'
import { EventStream, type SeenEvent } from './support/event-stream.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

/** Unlikely anywhere by chance, in any file. */
const SECRET = 'hunter2-Zq8vXw3K'
const NESTED = 'nested-Vb7tRm5J'
const ACTION = `name: keeper
runner_type: local-shell-script
entry_point: keeper.sh
enabled: true
parameters:
  user: { type: string, position: 0, required: true }
  password: { type: string, position: 1, required: true, secret: true }
  pin: { type: integer, secret: true }
  code: { type: string, secret: true, maxLength: 4 }
  settings:
    type: object
    properties:
      key: { type: string, secret: true }
      open: { type: string }
`
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let dataDir: string
let events: SeenEvent[]
let execution: ShownExecution
let accepted: string
let rerunAnswer: string

beforeAll(async () => {
  dataDir = join(stack.use(temporaryFolder()).path, 'data')
  writePack(dataDir, 'vault', {
    'actions/keeper.yaml': ACTION,
    'actions/keeper.sh': '#!/bin/sh\nfor last; do :; done\necho "${#last} characters"\n',
  })
  server = stack.use(await startServer({ dataDir }))
  admin = await api(server)
  await using stream = await EventStream.open(
    `${server.stream}/v1/stream?events=st2.execution*,st2.liveaction*`,
    admin.token,
  )
  await stream.next()
  const parameters = { user: 'joe', password: SECRET, settings: { key: NESTED, open: 'visible' } }
  const answer = await admin.ask('POST', '/executions', { body: { action: 'vault.keeper', parameters } })
  accepted = answer.text
  execution = await admin.finished((answer.body as ShownExecution).id)
  const rerun = await admin.ask('POST', `/executions/${execution.id}/re_run`, {
    body: { parameters: { user: 'jane' } },
  })
  rerunAnswer = rerun.text
  const again = await admin.finished((rerun.body as ShownExecution).id)
  events = await stream.upTo(
    ({ event, data }) =>
      event === 'st2.execution__update' &&
      (JSON.parse(data) as ShownExecution).id === again.id &&
      (JSON.parse(data) as ShownExecution).status === again.status,
  )
})

afterAll(() => stack.disposeAsync())

function expectNoSecret(text: string): void {
  expect(text).not.toContain(SECRET)
  expect(text).not.toContain(NESTED)
}

describe('the value of a secret parameter', () => {
  it('reaches the action', () => {
    expect(execution).toMatchObject({
      status: 'succeeded',
      result: { stdout: `${SECRET.length} characters` },
    })
  })

  it('is in no answer: it is asterisks, of whatever type it was', async () => {
    for (const path of [
      `/executions/${execution.id}`,
      '/executions?limit=-1',
      '/executions?limit=-1&include_attributes=parameters,liveaction',
      `/executions/${execution.id}/children`,
      `/executions/${execution.id}/result`,
      `/executions/${execution.id}/output`,
      '/executions/last',
      '/executions/views/filters',
      `/executions?filter=parameters.password:${SECRET}`,
    ]) {
      expectNoSecret((await admin.ask('GET', path)).text)
    }
    expectNoSecret(accepted)
    expectNoSecret(rerunAnswer)
    expect(execution.parameters).toEqual({
      user: 'joe',
      password: '********',
      settings: { key: '********', open: 'visible' },
    })
    expect(execution.liveaction['parameters']).toEqual(execution.parameters)
  })

  it('cannot be found by a filter', async () => {
    expect(await admin.get(`/executions?filter=parameters.password:${SECRET}`)).toEqual([])
  })

  it('is in no event', () => {
    expect(events.length).toBeGreaterThan(8)
    for (const event of events) expectNoSecret(event.data)
  })

  it('is shown to the admin who asks for it', async () => {
    const open = await admin.get<ShownExecution>(`/executions/${execution.id}?show_secrets=true`)
    expect(open.parameters).toEqual({ user: 'joe', password: SECRET, settings: { key: NESTED, open: 'visible' } })
    expect(open.liveaction['parameters']).toEqual(open.parameters)
    const [listed] = await admin.get<ShownExecution[]>(`/executions?id=${execution.id}&show_secrets=true`)
    expect(listed?.parameters?.['password']).toBe(SECRET)
  })

  it('is kept by a re-run', async () => {
    const [again] = await admin.get<ShownExecution[]>('/executions?limit=1')
    expect(again?.result).toMatchObject({ stdout: `${SECRET.length} characters` })
  })

  it.each([
    ['the wrong type', { password: { value: SECRET } }],
    ['no number', { password: 'x', pin: SECRET }],
    ['too long', { password: 'x', code: SECRET }],
    ['a template that cannot be rendered', { password: `${SECRET} {{ nosuch }}` }],
  ])('is not told back by a refusal: %s', async (_name, secrets) => {
    const answer = await admin.ask('POST', '/executions', {
      body: { action: 'vault.keeper', parameters: { user: 'joe', ...secrets } },
    })
    expect(answer.status).toBe(400)
    expectNoSecret(answer.text)
  })

  it('stays sealed when a template spreads it into another parameter', async () => {
    const parameters = { user: 'joe', password: SECRET, settings: { open: 'is {{ password }}' } }
    const answer = await admin.ask('POST', '/executions', { body: { action: 'vault.keeper', parameters } })
    expect(answer.status).toBe(201)
    expectNoSecret(answer.text)
    const { id } = answer.body as ShownExecution
    await admin.finished(id)
    expectNoSecret(JSON.stringify((await admin.execution(id)).parameters))
  })

  it('is in no file of the data folder and in no line of the log', async () => {
    await until('the log is written', () => server.stderr.includes('server is ready'))
    expectNoSecret(server.stderr)
    const files = filesBelow(dataDir)
    expect(files.some((file) => file.endsWith('st2.sqlite'))).toBe(true)
    const telling = files.filter((file) => [SECRET, NESTED].some((secret) => readFileSync(file).includes(secret)))
    expect(telling).toEqual([])
  })
})

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
