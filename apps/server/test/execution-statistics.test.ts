import type { ExecutionStatistics } from '@st2/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, expectStatus, type TestApi } from './support/api.ts'
import { startServer, type TestServer } from './support/server.ts'

const SCANNED = 'finds executions by looking through them, which cannot be counted; use the other filters.'
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  server = stack.use(await startServer({ env: { ST2_API__MAX_COUNTED_EXECUTIONS: '5' } }))
  admin = await api(server)
  for (const [action, cmd] of [
    ['core.local', 'true'],
    ['core.local', 'exit 3'],
    ['core.noop', null],
    ['core.noop', null],
  ] as const) {
    const { id } = await admin.run(action, cmd === null ? {} : { cmd })
    await admin.finished(id)
  }
})

afterAll(() => stack.disposeAsync())

const statistics = (query = ''): Promise<ExecutionStatistics> => admin.get(`/executions/views/statistics?${query}`)
const sums = ({ groups }: ExecutionStatistics) => {
  const found: Record<string, number> = {}
  for (const { value, count } of groups) found[String(value)] = (found[String(value)] ?? 0) + count
  return found
}

describe('statistics of executions', () => {
  it('counts by status and hour when nothing else is asked', async () => {
    const found = await statistics()
    expect(found).toMatchObject({ by: 'status', interval: 'hour', counted: 4, is_complete: true })
    expect(sums(found)).toEqual({ failed: 1, succeeded: 3 })
    for (const { timestamp } of found.groups) expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000000Z$/)
  })

  it.each([
    ['minute', /T\d\d:\d\d:00\.000000Z$/],
    ['ten_minutes', /T\d\d:\d0:00\.000000Z$/],
    ['day', /T00:00:00\.000000Z$/],
  ])('counts by %s', async (interval, beginning) => {
    const { groups } = await statistics(`interval=${interval}`)
    for (const { timestamp } of groups) {
      expect(timestamp).toMatch(beginning)
      expect(Date.now() - Date.parse(timestamp)).toBeLessThan(2 * 86_400_000)
    }
  })

  it.each([
    ['action', { 'core.local': 2, 'core.noop': 2 }],
    ['runner', { 'local-shell-cmd': 2, noop: 2 }],
    ['user', { st2admin: 4 }],
    ['rule', { null: 4 }],
  ])('counts by %s', async (by, expected) => {
    expect(sums(await statistics(`by=${by}`))).toEqual(expected)
  })

  it('counts what a list with the same filters shows', async () => {
    expect(sums(await statistics('action=core.local&parent=null'))).toEqual({ failed: 1, succeeded: 1 })
    expect(sums(await statistics('status=failed,timeout&by=action'))).toEqual({ 'core.local': 1 })
    expect(sums(await statistics('filter=action.ref:core.noop'))).toEqual({ succeeded: 2 })
    expect(sums(await statistics('timestamp_gt=2099-01-01T00:00:00Z'))).toEqual({})
    expect(await statistics('timestamp_lt=2000-01-01T00:00:00Z')).toMatchObject({ counted: 0, groups: [] })
  })

  it.each([
    ['by=colour', 'Parameter "by" is not one of status, action, runner, user, rule, trigger, trigger_type.'],
    ['interval=year', 'Parameter "interval" is not one of minute, ten_minutes, hour, day.'],
    ['q=words', `Parameter "q" ${SCANNED}`],
    ['filter=parameters.cmd:true', `Parameter "filter" ${SCANNED}`],
  ])('refuses %s', async (query, fault) => {
    const answer = await admin.ask('GET', `/executions/views/statistics?${query}`)
    expect([answer.status, answer.body]).toEqual([400, { faultstring: fault }])
  })

  it('says so when it counts the newest only', async () => {
    for (let more = 0; more < 3; more += 1) await admin.finished((await admin.run('core.noop')).id)
    const found = await statistics()
    expect(found).toMatchObject({ counted: 5, is_complete: false })
    expect(sums(found)).toEqual({ succeeded: 5 })
  })

  it('is for who may list executions', async () => {
    const answer = await admin.ask('GET', '/executions/views/statistics', { headers: { 'x-auth-token': 'none' } })
    expect(expectStatus(answer, 401)).toHaveProperty('faultstring')
  })
})
