import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createClient, endpointsBehind } from '../src/index.ts'
import { sendJson, serve } from './http-server.ts'

const FAST = { backOff: { initialMs: 5, maxMs: 20 } }
const EVENT_STREAM = { 'content-type': 'text/event-stream; charset=UTF-8' }

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Each connection gets the next script; `null` refuses it. */
async function serveScripts(scripts: readonly (((response: ServerResponse) => void) | null)[]) {
  const left = [...scripts]
  return serve((_, response) => {
    const script = left.shift()
    if (script === undefined) throw new Error('one connection too many')
    if (script === null) sendJson(response, 503, { faultstring: 'not now' })
    else script(response.writeHead(200, EVENT_STREAM))
  })
}

describe('stream.events', () => {
  it('reads events around keepalives and across chunks, and ends after the end event', async () => {
    const done = { id: '1', status: 'succeeded', text: 'ü' }
    await using server = await serveScripts([
      (response) => {
        response.write('\n')
        response.write(event('st2.execution__update', { id: '1', status: 'running' }))
        response.write('\n')
        const bytes = Buffer.from(event('st2.execution__update', done))
        const cut = bytes.indexOf(0xc3) + 1
        response.write(bytes.subarray(0, cut), () => response.write(bytes.subarray(cut)))
      },
    ])
    const { stream } = createClient(endpointsBehind(server.url))
    const items = await collect(
      stream.events({ events: ['st2.execution__update'], endEvent: 'st2.execution__update', endExecutionId: '1' }),
    )
    expect(items).toEqual([
      { kind: 'open' },
      { kind: 'event', event: 'st2.execution__update', data: { id: '1', status: 'running' } },
      { kind: 'event', event: 'st2.execution__update', data: done },
    ])
    expect(server.requests).toEqual([
      'GET /stream/v1/stream?events=st2.execution__update&end_event=st2.execution__update&end_execution_id=1',
    ])
  })

  it('tells every loss and every return, with a growing pause between', async () => {
    await using server = await serveScripts([
      (response) => response.end(event('a', 1)),
      null,
      (response) => response.destroy(),
      (response) => response.write(event('b', 2)),
    ])
    const { stream } = createClient(endpointsBehind(server.url))
    const seen: unknown[] = []
    for await (const item of stream.events(FAST)) {
      seen.push(item.kind === 'lost' ? [item.kind, item.retryInMs] : item.kind)
      if (item.kind === 'event' && item.event === 'b') break
    }
    expect(seen.filter((item) => item !== 'back')).toEqual([
      'open',
      'event',
      ['lost', 5],
      ['lost', 10],
      ['lost', 20],
      'event',
    ])
    expect(seen.at(-2)).toBe('back')
  })

  it('counts a connection without keepalives as lost', async () => {
    await using server = await serveScripts([
      (response) => response.write('\n'),
      (response) => response.write(event('a', 1)),
    ])
    const { stream } = createClient(endpointsBehind(server.url))
    const kinds: string[] = []
    for await (const item of stream.events({ ...FAST, silenceMs: 40 })) {
      kinds.push(item.kind === 'lost' ? `lost: ${item.reason.message}` : item.kind)
      if (item.kind === 'event') break
    }
    expect(kinds).toEqual(['open', 'lost: nothing was received for 0.04 s', 'back', 'event'])
  })

  it('throws what no repetition can change', async () => {
    await using server = await serve((_, response) => sendJson(response, 401, { faultstring: 'Unauthorized' }))
    const { stream } = createClient(endpointsBehind(server.url))
    await expect(collect(stream.events(FAST))).rejects.toThrow('Unauthorized')
    expect(server.requests).toHaveLength(1)
  })

  it('ends quietly when its signal fires, connected or waiting', async () => {
    await using server = await serveScripts([(response) => response.write('\n'), null])
    const { stream } = createClient(endpointsBehind(server.url))
    for (const until of ['open', 'lost']) {
      const stop = new AbortController()
      const kinds: string[] = []
      for await (const item of stream.events({ signal: stop.signal, backOff: { initialMs: 60_000, maxMs: 60_000 } })) {
        kinds.push(item.kind)
        stop.abort()
      }
      expect(kinds).toEqual([until])
    }
  })
})

describe('stream.output', () => {
  const chunk = (id: string) => event('st2.execution.output__create', { id, data: `${id}\n`, output_type: 'stdout' })

  it('ends at EOF', async () => {
    await using server = await serveScripts([(response) => response.end(`${chunk('1')}event: EOF\ndata: ''\n\n`)])
    const { stream } = createClient(endpointsBehind(server.url))
    const items = await collect(stream.output('last', { type: 'stdout' }))
    expect(items.map((item) => item.kind)).toEqual(['open', 'output'])
    expect(server.requests).toEqual(['GET /stream/v1/executions/last/output?output_type=stdout'])
  })

  it('gives no piece twice when the connection was lost', async () => {
    await using server = await serveScripts([
      (response) => response.end(chunk('1') + chunk('2')),
      (response) => response.end(`${chunk('1') + chunk('2') + chunk('3')}event: EOF\ndata: ''\n\n`),
    ])
    const { stream } = createClient(endpointsBehind(server.url))
    const items = await collect(stream.output('1', FAST))
    const told = items.map((item) => (item.kind === 'output' ? item.output.id : item.kind))
    expect(told).toEqual(['open', '1', '2', 'lost', 'back', '3'])
  })
})
