import { EventEmitter } from 'node:events'
import type { WebSocket } from '@fastify/websocket'
import type { Engine, Log, Principal } from '@st2/engine'
import { afterEach, describe, expect, it } from 'vitest'
import { ExecutionTrees } from './execution-trees.ts'
import { SocketClient } from './socket-client.ts'

/** A socket whose other end is the test. */
class FakeSocket extends EventEmitter {
  readonly sent: Record<string, unknown>[] = []
  readonly bufferedAmount = 0

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>)
  }
  close(): void {
    this.emit('close')
  }
  terminate(): void {
    this.emit('close')
  }
  ping(): void {}
  asks(message: object): void {
    this.emit('message', JSON.stringify(message), false)
  }
}

const ROOTS = ['a', 'b'].map((letter) => letter.repeat(24))
const LOG: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const running = (id: string, parent?: string) => ({
  id,
  status: 'running' as const,
  action_is_workflow: true,
  ...(parent === undefined ? {} : { parent }),
})

let socket = new FakeSocket()

/** @param whenAsked called with each look-up of what is below an execution */
function connect(whenAsked: (trees: ExecutionTrees) => void = () => {}) {
  const executions = {
    findByIds: async (ids: readonly string[]) => ids.map((id) => running(id)),
    find: async () => {
      whenAsked(trees)
      return []
    },
  }
  const engine = { executions, clock: { now: () => 0 } } as unknown as Pick<Engine, 'executions' | 'clock'>
  const trees = new ExecutionTrees({ engine, maxMembers: 2 })
  socket = new FakeSocket()
  const client = new SocketClient(socket as unknown as WebSocket, {
    engine,
    trees,
    log: LOG,
    principal: { user: 'ann' } as Principal,
    authenticate: null,
    heartbeatSeconds: 25,
    maxBufferedBytes: 1000,
    maxSubscriptions: 5,
  })
  return { client, trees }
}

afterEach(() => socket.close())

describe('a client by WebSocket', () => {
  it('is answered only once it is told of events', async () => {
    const { client } = connect()
    socket.asks({ ping: 1 })
    await new Promise((resolve) => setImmediate(resolve))
    expect(socket.sent).toEqual([])
    client.open()
    await expect.poll(() => socket.sent.at(-1)).toEqual({ pong: 1 })
    expect(socket.sent[0]).toHaveProperty('open')
  })

  it('is refused a subscription of which one tree outgrows the limit while another is looked up', async () => {
    const { client, trees } = connect((present) => {
      if (present.holding(ROOTS[1] ?? '').size === 0) return
      for (const child of ['x', 'y']) present.follow(running(child, ROOTS[0]))
    })
    client.open()
    socket.asks({ subscribe: { executions: ROOTS } })
    await expect.poll(() => socket.sent.length).toBe(2)
    expect(socket.sent[1]).toMatchObject({ error: { id: 'default', field: 'subscribe.executions' } })
    expect(ROOTS.map((id) => trees.holding(id).size)).toEqual([0, 0])
  })
})
