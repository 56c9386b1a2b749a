import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, faultOf, type ShownExecution, type TestApi } from './support/api.ts'
import { startServer, type TestServer } from './support/server.ts'

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let alice: TestApi

beforeAll(async () => {
  server = stack.use(await startServer())
  admin = await api(server)
  const hash = createHash('sha1').update('wonder').digest('base64')
  appendFileSync(join(server.dataDir, 'htpasswd'), `alice:{SHA}${hash}\n`)
  alice = await api(server, 'alice', 'wonder')
})

afterAll(() => stack.disposeAsync())

function requestWith(who: TestApi, body: Record<string, unknown>, context?: unknown) {
  const headers: Record<string, string> = context === undefined ? {} : { 'st2-context': JSON.stringify(context) }
  return who.ask('POST', '/executions', { body: { action: 'core.noop', ...body }, headers })
}

describe('nobody becomes somebody else', () => {
  it('runs under the name of the caller', async () => {
    const execution = await alice.run('core.noop')
    expect(execution.context).toMatchObject({ user: 'alice', pack: 'core' })
  })

  it('by "user" in the body: 403 unless it is an admin', async () => {
    const refused = await requestWith(alice, { user: 'st2admin' })
    expect(refused.status).toBe(403)
    expect(faultOf(refused)).toContain('alice')
    const allowed = await requestWith(admin, { user: 'alice' })
    expect(allowed.status).toBe(201)
    expect((allowed.body as ShownExecution).context['user']).toBe('alice')
  })

  it('by "user" of a re-run', async () => {
    const { id } = await admin.run('core.noop')
    const refused = await alice.ask('POST', `/executions/${id}/re_run`, { body: { user: 'st2admin' } })
    expect(refused.status).toBe(403)
    const allowed = await alice.ask('POST', `/executions/${id}/re_run`, { body: {} })
    expect((allowed.body as ShownExecution).context['user']).toBe('alice')
  })

  it('by keys of "context" that only the platform sets', async () => {
    const context = { user: 'st2admin', pack: 'x', rbac: { roles: ['admin'] }, parent: { user: 'st2admin' }, mine: 1 }
    const answer = await requestWith(alice, { context })
    expect(answer.status).toBe(201)
    expect((answer.body as ShownExecution).context).toEqual({ user: 'alice', pack: 'core', mine: 1 })
  })

  it('by keys of the st2-context header', async () => {
    const answer = await requestWith(alice, {}, { user: 'st2admin', rbac: { roles: ['admin'] }, parent: { user: 'x' } })
    expect(answer.status).toBe(201)
    expect((answer.body as ShownExecution).context).toEqual({ user: 'alice', pack: 'core' })
  })

  it('by a parent that somebody else runs', async () => {
    const { id } = await admin.run('core.noop')
    const answer = await requestWith(alice, {}, { parent: { execution_id: id } })
    expect(answer.status).toBe(403)
  })

  it('but belongs to a parent of its own', async () => {
    const { id } = await alice.run('core.noop')
    const answer = await requestWith(alice, {}, { parent: { execution_id: id, user: 'st2admin' } })
    expect(answer.status).toBe(201)
    expect((answer.body as ShownExecution).context).toMatchObject({ user: 'alice', parent: { execution_id: id } })
  })

  it('and is refused when the parent does not exist', async () => {
    const unknown = '5f0000000000000000000000'
    const answer = await requestWith(alice, {}, { parent: { execution_id: unknown } })
    expect(answer.status).toBe(400)
    expect(faultOf(answer)).toContain(unknown)
  })

  it.each(['[1]', '"x"', '{bad'])('and is refused when the header is no object: %s', async (header) => {
    const answer = await alice.ask('POST', '/executions', {
      body: { action: 'core.noop' },
      headers: { 'st2-context': header },
    })
    expect(answer.status).toBe(400)
    expect(faultOf(answer)).toContain('Unable to convert st2-context')
  })

  it('by a token for somebody else', async () => {
    const authorization = `Basic ${Buffer.from('alice:wonder').toString('base64')}`
    const answer = await alice.ask('POST', '/auth/v1/tokens', {
      body: { user: 'st2admin' },
      headers: { authorization },
    })
    expect([answer.status, faultOf(answer)]).toEqual([
      400,
      'Current user is not a service and cannot request impersonated tokens',
    ])
  })

  it('by guessing: failed logins of a user are slowed down', async () => {
    const authorization = `Basic ${Buffer.from('alice:wrong').toString('base64')}`
    const statuses: number[] = []
    while (statuses.length < 30 && statuses.at(-1) !== 429) {
      statuses.push((await alice.ask('POST', '/auth/v1/tokens', { headers: { authorization } })).status)
    }
    expect(statuses.at(-1)).toBe(429)
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([401]))
  })
})
