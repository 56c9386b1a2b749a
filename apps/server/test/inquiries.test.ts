import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, expectStatus, type ShownExecution, type TestApi } from './support/api.ts'
import { startServer, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

interface Inquiry {
  readonly id: string
  readonly route: string
  readonly ttl: number
  readonly users: string[]
  readonly roles: string[]
  readonly schema: Record<string, unknown>
}

const SCHEMA = { type: 'object', properties: { ok: { type: 'boolean', required: true } } }

async function ask(parameters: Record<string, unknown> = {}): Promise<string> {
  const { id } = await admin.run('core.ask', parameters)
  await admin.reaches(id, 'pending')
  return id
}

function respond(id: string, response: unknown) {
  return admin.ask('PUT', `/inquiries/${id}`, { body: { id, response } })
}

async function fault(answer: Promise<{ status: number; body: unknown }>): Promise<unknown> {
  const { status, body } = await answer
  return { status, ...(body as object) }
}

let server: TestServer
let admin: TestApi

beforeAll(async () => {
  server = await startServer()
  admin = await api(server)
}, 60_000)

afterAll(() => server[Symbol.asyncDispose]())

describe('inquiries', () => {
  it('lists, shows and answers what waits for people, and says upstream’s words to the others', async () => {
    const first = await ask({ route: 'dev', schema: SCHEMA, users: [], ttl: 60 })
    const second = await ask({ users: ['alice'] })
    const list = await admin.ask('GET', '/inquiries')
    expect([list.headers.get('x-total-count'), list.headers.get('x-limit')]).toEqual(['2', '20'])
    expect((list.body as Inquiry[])[0]).toEqual({
      id: first,
      route: 'dev',
      ttl: 60,
      users: [],
      roles: [],
      schema: SCHEMA,
    })
    expect((list.body as Inquiry[]).map(({ id }) => id)).toEqual([first, second])
    expect(await admin.get(`/inquiries?include_attributes=route&limit=1`)).toEqual([{ id: first, route: 'dev' }])
    expect(await admin.get(`/inquiries/${second}`)).toMatchObject({
      id: second,
      route: '',
      ttl: 1440,
      users: ['alice'],
    })

    expect(await fault(respond(first, { ok: 'maybe' }))).toEqual({
      status: 400,
      faultstring:
        `Response for inquiry "${first}" did not pass schema validation. 'maybe' is not of type 'boolean'\n\n` +
        "Failed validating 'type' in schema['properties']['ok']:\n    {'type': 'boolean', 'required': True}\n\n" +
        "On instance['ok']:\n    'maybe'",
    })
    expect(await fault(admin.ask('PUT', `/inquiries/${first}`, { body: { id: first } }))).toEqual({
      status: 400,
      faultstring: "'response' is a required property",
    })
    expect(await fault(respond(second, { continue: true }))).toEqual({
      status: 403,
      faultstring: `User "st2admin" does not have permission to respond to inquiry "${second}".`,
    })
    const answer = await respond(first, { ok: true })
    expect([answer.status, answer.body]).toEqual([200, { id: first, response: { ok: true } }])
    expect(await fault(respond(first, { ok: true }))).toEqual({
      status: 400,
      faultstring: `Inquiry "${first}" has already been responded to.`,
    })
    const done = await admin.execution(first)
    expect(done.status).toBe('succeeded')
    expect(done.result).toEqual({ schema: SCHEMA, roles: [], users: [], route: 'dev', ttl: 60, response: { ok: true } })
    expect(done.log.map(({ status }) => status)).toEqual(['requested', 'scheduled', 'running', 'pending', 'succeeded'])

    const noop = await admin.finished((await admin.run('core.noop')).id)
    expect(await fault(admin.ask('GET', `/inquiries/${noop.id}`))).toEqual({
      status: 400,
      faultstring: `Action execution "${noop.id}" is not an inquiry.`,
    })
    expect(await fault(admin.ask('GET', '/inquiries/5f0000000000000000000000'))).toEqual({
      status: 404,
      faultstring: 'The resource could not be found.',
    })
    // What waits for people cannot be cancelled, as upstream has it.
    expect(await fault(admin.ask('DELETE', `/executions/${second}`))).toEqual({
      status: 200,
      faultstring: 'Action cannot be canceled. State = pending.',
    })
    await admin.ask('PUT', `/executions/${second}`, { body: { status: 'failed' } })
  })

  it('tells of an inquiry by a trigger, once', async () => {
    const id = await ask({ route: 'ops' })
    const told = await until('the trigger fired', async () => {
      const found = await admin.get<{ payload: { id: string } }[]>(
        '/triggerinstances?trigger=core.st2.generic.inquiry&limit=100',
      )
      const own = found.filter(({ payload }) => payload.id === id)
      return own.length > 0 ? own : null
    })
    expect(told).toMatchObject([{ payload: { id, route: 'ops' } }])
    expect(told).toHaveLength(1)
    await respond(id, { continue: true })
  })

  it('masks what the schema calls secret in the response, and keeps it for the workflow', async () => {
    const schema = { type: 'object', properties: { pin: { type: 'string', secret: true } } }
    const id = await ask({ schema })
    const answer = await respond(id, { pin: '4711-secret' })
    expect(answer.body).toEqual({ id, response: { pin: '********' } })
    const { text } = await admin.ask('GET', `/executions/${id}`)
    expect(text).toContain('"response":{"pin":"********"}')
    expect(text).not.toContain('4711-secret')
    expect((await admin.ask('GET', `/executions/${id}/result`)).text).not.toContain('4711-secret')
    const wrong = await ask({
      schema: { type: 'object', properties: { pin: { type: 'integer', secret: true } } },
    })
    expect((await respond(wrong, { pin: 'not-a-number' })).text).not.toContain('not-a-number')
    await respond(wrong, { pin: 1 })
  })

  it('survives a kill while it waits, and the workflow goes on with the answer', async () => {
    await using first = await startServer()
    const before = await api(first)
    const { id } = await before.run('examples.orquesta-ask-basic')
    await before.reaches(id, 'paused')
    const [open] = await before.get<Inquiry[]>('/inquiries')
    await first.kill()
    await using second = await startServer({ dataDir: first.dataDir })
    const after = await api(second)
    expect(
      expectStatus(
        await after.ask('PUT', `/inquiries/${open?.id}`, { body: { id: open?.id, response: { approved: true } } }),
        200,
      ),
    ).toMatchObject({ id: open?.id })
    const done = await after.finished(id)
    expect(done.status).toBe('succeeded')
    const children = await after.get<ShownExecution[]>(`/executions/${id}/children`)
    expect(children.map(({ context, status }) => [taskOf(context), status])).toEqual([
      ['start', 'succeeded'],
      ['get_approval', 'succeeded'],
      ['finish', 'succeeded'],
    ])
  })

  it('is answered the moment it appears, over and over, and no workflow stays behind', async () => {
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        admin.run(index % 2 === 0 ? 'examples.orquesta-ask-basic' : 'examples.orquesta-ask-nested'),
      ),
    )
    let isOver = false
    const answering = (async () => {
      while (!isOver) {
        for (const { id } of await admin.get<Inquiry[]>('/inquiries?limit=100')) await respond(id, { approved: true })
      }
    })()
    const ended = await Promise.all(runs.map(({ id }) => admin.finished(id, 30_000)))
    isOver = true
    await answering
    expect(ended.map(({ status }) => status)).toEqual(runs.map(() => 'succeeded'))
  })

  it.each(['consecutive', 'parallel', 'nested'])('is answered inside the workflow orquesta-ask-%s', async (kind) => {
    const { id } = await admin.run(`examples.orquesta-ask-${kind}`)
    for (let count = 0; count < (kind === 'nested' ? 1 : 2); count++) {
      await admin.reaches(id, 'paused')
      const [open] = await until('an inquiry waits', async () => {
        const found = await admin.get<Inquiry[]>('/inquiries')
        return found.length > 0 ? found : null
      })
      expectStatus(await respond(open?.id ?? '', { approved: true }), 200)
      await until('it is answered', async () => (await admin.execution(open?.id ?? '')).status === 'succeeded')
    }
    expect((await admin.finished(id)).status).toBe('succeeded')
  })
})

function taskOf(context: Record<string, unknown>): unknown {
  return (context['orquesta'] as Record<string, unknown> | undefined)?.['task_name']
}
