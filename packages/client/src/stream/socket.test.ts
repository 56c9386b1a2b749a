import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SocketClosedError, type SocketItem, type SocketLike, socketProtocols, StreamSocket } from './socket.ts'

/** A socket whose other end is the test. */
class FakeSocket implements SocketLike {
  readonly url: string
  readonly sent: unknown[] = []
  isClosed = false
  readonly #listeners: Record<string, ((event: never) => void)[]> = { message: [], close: [] }

  constructor(url: string) {
    this.url = url
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.isClosed = true
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners[type]?.push(listener)
  }

  says(message: object): void {
    const event = { data: JSON.stringify(message) }
    for (const listener of this.#listeners['message'] ?? []) listener(event as never)
  }

  ends(code: number, reason = ''): void {
    for (const listener of this.#listeners['close'] ?? []) listener({ code, reason } as never)
  }
}

let sockets: FakeSocket[]
let told: SocketItem[]
let socket: StreamSocket

beforeEach(() => {
  vi.useFakeTimers()
  sockets = []
  told = []
  socket = new StreamSocket(() => ({ url: `ws://server/${sockets.length}`, protocols: [] }), {
    backOff: { initialMs: 100, maxMs: 300 },
    connect: (url) => {
      const made = new FakeSocket(url)
      sockets.push(made)
      return made
    },
  })
})

afterEach(() => {
  socket.close()
  vi.useRealTimers()
})

const listen = (item: SocketItem) => void told.push(item)
const last = (): FakeSocket => sockets.at(-1) ?? new FakeSocket('')
const open = () => last().says({ open: { heartbeat_seconds: 25 } })

describe('the socket of the stream', () => {
  it('opens with the first subscription, and asks once the server is there', () => {
    expect(sockets).toEqual([])
    socket.subscribe({ executions: ['e1'], topLevel: true, includeAttributes: ['status'] }, listen)
    expect(last().sent).toEqual([])
    open()
    expect(last().sent).toEqual([
      { subscribe: { id: 's1', executions: ['e1'], top_level: true, include_attributes: ['status'] } },
    ])
    socket.subscribe({ actionRefs: ['a.b'], events: ['x'] }, listen)
    expect(last().sent.at(-1)).toEqual({ subscribe: { id: 's2', action_refs: ['a.b'], events: ['x'] } })
    expect(sockets).toHaveLength(1)
  })

  it('names who asks where no log writes it down', () => {
    expect(socketProtocols(null, '')).toEqual(['st2.events'])
    const [, token, key] = socketProtocols('tökén~?', 'a+b/c==')
    const decoded = [token, key].map((name = '.') => Buffer.from(name.split('.')[1] ?? '', 'base64url').toString())
    expect(decoded).toEqual(['tökén~?', 'a+b/c=='])
    expect(`${token},${key}`, 'characters of a name').toMatch(/^x-auth-token\.[\w-]+,st2-api-key\.[\w-]+$/)
  })

  it('tells each subscriber its own', () => {
    const others: SocketItem[] = []
    socket.subscribe({}, listen)
    socket.subscribe({}, (item) => others.push(item))
    open()
    last().says({ subscribed: { id: 's1', executions: [], missing: ['gone'] } })
    last().says({ event: 'st2.execution__update', subscription: 's1', data: { id: 1 } })
    last().says({ pong: null })
    expect(told).toEqual([
      { kind: 'subscribed', missing: ['gone'] },
      { kind: 'event', event: 'st2.execution__update', data: { id: 1 } },
    ])
    expect(others).toEqual([])
  })

  it('says that it was lost, waits longer each time, and subscribes anew', () => {
    socket.subscribe({ executions: ['e1'] }, listen)
    open()
    last().ends(1001, 'the server stops')
    last().ends(1001)
    expect(told).toEqual([{ kind: 'lost', reason: new SocketClosedError(1001, 'the server stops'), retryInMs: 100 }])
    vi.advanceTimersByTime(100)
    expect(last().url).toBe('ws://server/1')
    last().ends(1006)
    vi.advanceTimersByTime(200)
    last().ends(1006)
    vi.advanceTimersByTime(300)
    expect(told.map((item) => (item.kind === 'lost' ? item.retryInMs : null))).toEqual([100, 200, 300])
    open()
    expect(last().sent).toEqual([{ subscribe: { id: 's1', executions: ['e1'] } }])
    last().ends(1006)
    expect(told.at(-1)).toMatchObject({ kind: 'lost', retryInMs: 100 })
  })

  it('connects at once when it is told to', () => {
    socket.subscribe({}, listen)
    open()
    socket.reconnect()
    expect(sockets).toHaveLength(1)
    last().ends(4401, 'Unauthorized - Token has expired.')
    expect(told).toMatchObject([{ kind: 'lost', reason: { code: 4401 } }])
    socket.reconnect()
    expect(sockets).toHaveLength(2)
    vi.advanceTimersByTime(1000)
    expect(sockets).toHaveLength(2)
  })

  it('takes a line that is silent for dead', () => {
    socket.subscribe({}, listen)
    open()
    vi.advanceTimersByTime(25_000)
    last().says({ pong: null })
    vi.advanceTimersByTime(50_000)
    expect([told, last().sent.filter((message) => JSON.stringify(message).includes('ping'))]).toEqual([
      [],
      [{ ping: null }, { ping: null }, { ping: null }],
    ])
    const [first] = sockets
    vi.advanceTimersByTime(25_000)
    expect(told).toMatchObject([{ kind: 'lost', reason: { message: 'the server is silent' } }])
    expect(first?.isClosed).toBe(true)
  })

  it('tells everybody to look again when the server may have missed something', () => {
    socket.subscribe({}, listen)
    open()
    last().says({ lost: { reason: 'the broker was gone' } })
    expect(told).toEqual([{ kind: 'subscribed', missing: [] }])
  })

  it('ends a subscription that is refused', () => {
    socket.subscribe({ executions: ['x'] }, listen)
    open()
    last().says({ error: { id: 's1', field: 'subscribe.executions[0]', faultstring: 'no' } })
    last().says({ event: 'e', subscription: 's1', data: 1 })
    expect(told).toEqual([{ kind: 'refused', field: 'subscribe.executions[0]', message: 'no' }])
  })

  it('closes when the last is refused, unless another is asked for at once', () => {
    const refused = { error: { id: 's1', field: null, faultstring: 'no' } }
    const stop = socket.subscribe({}, ({ kind }) => void (kind === 'refused' && socket.subscribe({}, listen)))
    open()
    last().says(refused)
    expect([last().isClosed, last().sent.at(-1)]).toEqual([false, { subscribe: { id: 's2' } }])
    last().says({ error: { ...refused.error, id: 's2' } })
    expect(last().isClosed).toBe(true)
    stop()
    vi.advanceTimersByTime(100_000)
    expect(sockets).toHaveLength(1)
  })

  it('unsubscribes, and closes with the last', () => {
    const stops = [socket.subscribe({}, listen), socket.subscribe({}, listen)]
    open()
    stops[0]?.()
    expect(last().sent.at(-1)).toEqual({ unsubscribe: { id: 's1' } })
    stops[1]?.()
    stops[1]?.()
    expect(last().isClosed).toBe(true)
    last().ends(1005)
    vi.advanceTimersByTime(10_000)
    expect([sockets.length, told]).toEqual([1, []])
    socket.subscribe({}, listen)
    expect(sockets).toHaveLength(2)
  })
})
