import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type TestApi } from './support/api.ts'
import { EventStream, type SeenEvent } from './support/event-stream.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let folder: string

beforeAll(async () => {
  folder = stack.use(temporaryFolder()).path
  server = stack.use(await startServer())
  admin = await api(server)
})

afterAll(() => stack.disposeAsync())

function open(path: string): Promise<EventStream> {
  return EventStream.open(`${server.stream}/v1${path}`, admin.token)
}

function bodyOf(event: SeenEvent): Record<string, unknown> {
  return JSON.parse(event.data) as Record<string, unknown>
}

function told(events: readonly SeenEvent[]): string[] {
  return events.map((event) => (event.event === 'EOF' ? `EOF ${event.data}` : String(bodyOf(event)['data'])))
}

describe('the stream of events', () => {
  it('begins with a bare newline and has the headers of an event stream', async () => {
    await using events = await open('/stream')
    expect(events.headers.get('content-type')).toBe('text/event-stream; charset=UTF-8')
    expect(events.headers.get('cache-control')).toBe('no-cache')
    expect(events.headers.get('x-accel-buffering')).toBe('no')
    expect(await events.next()).toEqual({ event: 'keepalive', data: '' })
  })

  it('tells every step of an execution, of both records, in order', async () => {
    await using events = await open('/stream')
    await events.next()
    const { id, liveaction } = await admin.run('core.local', { cmd: 'echo streamed' })
    const seen = await events.upTo(
      (event) => event.event === 'st2.execution__update' && bodyOf(event)['status'] === 'succeeded',
    )
    const executions = seen.filter((event) => bodyOf(event)['id'] === id)
    expect(executions.map((event) => [event.event, bodyOf(event)['status']])).toEqual([
      ['st2.execution__create', 'requested'],
      ['st2.execution__update', 'scheduled'],
      ['st2.execution__update', 'running'],
      ['st2.execution__update', 'succeeded'],
    ])
    const liveactions = seen.filter((event) => bodyOf(event)['id'] === liveaction['id'])
    expect(liveactions[0]?.event).toBe('st2.liveaction__create')
    expect(typeof bodyOf(liveactions[0] ?? { event: '', data: '{}' })['result']).toBe('string')
    expect(seen.map(({ event }) => event)).not.toContain('st2.execution.output__create')
  })

  it('keeps to the asked events, actions and executions', async () => {
    await using byName = await open('/stream?events=st2.liveaction__*&action_refs=core.noop')
    await byName.next()
    await admin.run('core.local', { cmd: 'true' })
    const { liveaction } = await admin.run('core.noop')
    const event = await byName.next()
    expect([event?.event, event === null ? null : bodyOf(event)['id']]).toEqual([
      'st2.liveaction__create',
      liveaction['id'],
    ])
  })

  it('ends after the asked event of the asked execution', async () => {
    const gate = join(folder, 'gate')
    const { id } = await admin.run('core.local', { cmd: `while [ ! -e ${gate} ]; do sleep 0.05; done` })
    await admin.reaches(id, 'running')
    await using events = await open(
      `/stream?end_execution_id=${id}&end_event=st2.execution__update&execution_ids=${id}`,
    )
    await events.next()
    writeFileSync(gate, '')
    const seen = await events.upTo()
    const last = seen.at(-1)
    expect([last?.event, last === undefined ? null : bodyOf(last)['status']]).toEqual([
      'st2.execution__update',
      'succeeded',
    ])
  })

  it('tells output when it is asked for', async () => {
    await using events = await open('/stream?events=st2.execution.output__create')
    await events.next()
    const { id } = await admin.run('core.local', { cmd: 'echo said' })
    const event = await events.next()
    expect(event === null ? null : bodyOf(event)).toMatchObject({
      execution_id: id,
      action_ref: 'core.local',
      runner_ref: 'local-shell-cmd',
      output_type: 'stdout',
      data: 'said\n',
    })
  })

  it('takes the token from query or cookie', async () => {
    for (const [query, cookie] of [
      [`?x-auth-token=${admin.token}`, ''],
      ['', `auth-token=${admin.token}`],
    ]) {
      const abort = new AbortController()
      const response = await fetch(`${server.stream}/v1/stream${query}`, {
        headers: { cookie: cookie ?? '' },
        signal: abort.signal,
      })
      expect(response.status).toBe(200)
      abort.abort()
    }
  })
})

describe('the output of one execution', () => {
  it('arrives while it runs, once each, and ends with EOF', async () => {
    const gate = join(folder, 'second')
    const { id } = await admin.run('core.local', {
      cmd: `echo one; echo oops >&2; while [ ! -e ${gate} ]; do sleep 0.05; done; echo two`,
    })
    await until('the first lines are stored', async () => {
      const { text } = await admin.ask('GET', `/executions/${id}/output`)
      return text.includes('one') && text.includes('oops')
    })
    expect(existsSync(gate)).toBe(false)
    await using early = await open(`/executions/${id}/output`)
    const first = [await early.next(), await early.next()]
    expect(first.map((event) => (event === null ? '' : String(bodyOf(event)['data']))).toSorted()).toEqual([
      'one\n',
      'oops\n',
    ])
    writeFileSync(gate, '')
    expect(told(await early.upTo())).toEqual(['two\n', "EOF ''"])
    await using late = await open(`/executions/${id}/output?output_type=stdout`)
    expect(told(await late.upTo())).toEqual(['one\n', 'two\n', "EOF ''"])
  })

  it('of "last" is that of the newest', async () => {
    const { id } = await admin.run('core.local', { cmd: 'echo newest' })
    await admin.finished(id)
    await using events = await open('/executions/last/output')
    expect(told(await events.upTo())).toEqual(['newest\n', "EOF ''"])
  })

  it('of an unknown execution is 404, and so is "last" of none', async () => {
    const answer = await admin.ask('GET', '/stream/v1/executions/5f0000000000000000000000/output')
    expect([answer.status, answer.body]).toEqual([
      404,
      { faultstring: 'Unable to identify resource with id "5f0000000000000000000000".' },
    ])
  })

  it('of many followers is told to each of them', async () => {
    const gate = join(folder, 'third')
    const { id } = await admin.run('core.local', { cmd: `while [ ! -e ${gate} ]; do sleep 0.05; done; seq 1 500` })
    await admin.reaches(id, 'running')
    await using followers = new AsyncDisposableStack()
    const streams = await Promise.all(Array.from({ length: 10 }, () => open(`/executions/${id}/output`)))
    for (const stream of streams) followers.use(stream)
    writeFileSync(gate, '')
    const expected = `${Array.from({ length: 500 }, (_, index) => index + 1).join('\n')}\n`
    for (const stream of streams) {
      const events = await stream.upTo()
      expect(told(events.slice(0, -1)).join('')).toBe(expected)
      expect(events.at(-1)).toEqual({ event: 'EOF', data: "''" })
    }
  })
})
