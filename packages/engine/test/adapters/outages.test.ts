import { randomBytes } from 'node:crypto'
import { St2Error } from '@st2/model'
import { startMongodb, startRabbitmq, startRedis, startTcpProxy, type TcpProxy } from '@st2/test-servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMongoStore } from '../../src/adapters/mongodb/open-mongo-store.ts'
import { openRabbitBus } from '../../src/adapters/rabbitmq/rabbit-bus.ts'
import { RedisCoordinator } from '../../src/adapters/redis/coordinator.ts'
import { openRedis } from '../../src/adapters/redis/open-redis.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { eventually } from '../../src/ports/contract.ts'
import { CONTRACT_COLLECTIONS, idOf, thing, things } from '../../src/ports/contract-collections.ts'
import { silent } from './support.ts'

const UNAVAILABLE = { kind: 'unavailable' }
/** Nobody listens there. */
const CLOSED_PORT = 1
const WITHIN_MS = 15_000

/** What a server's absence looks like, and that its return needs nobody's help. */
describe('outages', () => {
  const stack = new AsyncDisposableStack()
  afterAll(() => stack.disposeAsync())

  async function proxyTo(url: string): Promise<{ proxy: TcpProxy; url: string }> {
    const { hostname, port, href } = new URL(url)
    const proxy = stack.use(await startTcpProxy({ host: hostname, port: Number(port) }))
    return { proxy, url: href.replace(`:${port}`, `:${proxy.port}`) }
  }

  describe('of MongoDB', () => {
    let proxied: { proxy: TcpProxy; url: string }
    beforeAll(async () => {
      proxied = await proxyTo(stack.use(await startMongodb()).url)
    })

    const open = () =>
      openMongoStore({
        url: proxied.url,
        database: `st2_outage_${randomBytes(6).toString('hex')}`,
        collections: CONTRACT_COLLECTIONS,
        log: silent,
        connectionTimeoutMs: 1000,
      })

    it('at the start end in one line', async () => {
      const url = `mongodb://someone:hunter2@127.0.0.1:${CLOSED_PORT}`
      const opening = openMongoStore({ url, database: 'x', collections: [], log: silent, connectionTimeoutMs: 300 })
      await expect(opening).rejects.toMatchObject(UNAVAILABLE)
      await expect(opening).rejects.toThrow(/^the database does not answer: [^\n]+$/)
      await expect(opening).rejects.not.toThrow(/hunter2/)
    })

    it('refuse writes, and end by themselves', async () => {
      const { store } = await open()
      await store.insert(things, thing(1))
      proxied.proxy.refuse()
      await expect(store.insert(things, thing(2))).rejects.toMatchObject(UNAVAILABLE)
      await expect(store.get(things, idOf(1))).rejects.toMatchObject(UNAVAILABLE)
      proxied.proxy.accept()
      await eventually(
        'the store answers',
        () =>
          store.put(things, thing(3)).then(
            () => true,
            () => false,
          ),
        WITHIN_MS,
      )
      expect(await store.get(things, idOf(1))).toEqual(thing(1))
      await store.close()
    })

    it('in the middle of many writes lose none that was answered', async () => {
      const { store } = await open()
      const answered: string[] = []
      const refused = new Set<unknown>()
      const writes = Array.from({ length: 300 }, async (_none, place) => {
        const document = thing(1000 + place)
        if (place === 100) proxied.proxy.cut()
        await store.insert(things, document).then(
          () => answered.push(document.id),
          (error: unknown) => refused.add(error instanceof St2Error ? error.kind : error),
        )
      })
      await Promise.all(writes)
      await eventually(
        'the store answers',
        () =>
          store.find(things, { limit: 1 }).then(
            () => true,
            () => false,
          ),
        WITHIN_MS,
      )
      let stored = new Set<string>()
      const read = async () => (stored = new Set((await store.find(things, {})).map(({ id }) => id)))
      await eventually(
        'all is read',
        () =>
          read().then(
            () => true,
            () => false,
          ),
        WITHIN_MS,
      )
      expect(answered.filter((id) => !stored.has(id))).toEqual([])
      // A conflict: the driver tried again what had been done.
      expect([...refused].filter((kind) => kind !== 'unavailable' && kind !== 'conflict')).toEqual([])
      await store.close()
    })
  })

  describe('of RabbitMQ', () => {
    it('at the start end in one line', async () => {
      const opening = openRabbitBus({ url: `amqp://someone:hunter2@127.0.0.1:${CLOSED_PORT}/`, log: silent })
      await expect(opening).rejects.toMatchObject(UNAVAILABLE)
      await expect(opening).rejects.toThrow(/^RabbitMQ does not answer: [^\n]+$/)
      await expect(opening).rejects.not.toThrow(/hunter2/)
    })

    it('refuse messages at once; consumers and subscribers are there again afterwards, and know that they missed something', async () => {
      const { proxy, url } = await proxyTo(stack.use(await startRabbitmq()).url)
      const bus = await openRabbitBus({ url, log: silent, prefix: `st2-${randomBytes(6).toString('hex')}` })
      const worked: unknown[] = []
      const heard: unknown[] = []
      let missed = 0
      await bus.consume('work', { prefetch: 5, maxDeliveries: 3 }, async (message) => void worked.push(message))
      await bus.subscribe(
        'news',
        (message) => void heard.push(message),
        () => (missed += 1),
      )
      await bus.send('work', 'before')
      await eventually('the first message', () => worked.length === 1)
      proxy.refuse()
      await eventually('the bus refuses', () =>
        bus.send('work', 'lost').then(
          () => false,
          () => true,
        ),
      )
      const asked = performance.now()
      await expect(bus.send('work', 'lost')).rejects.toMatchObject(UNAVAILABLE)
      expect(performance.now() - asked).toBeLessThan(500)
      proxy.accept()
      await eventually(
        'the bus answers',
        () =>
          bus.send('work', 'after').then(
            () => true,
            () => false,
          ),
        WITHIN_MS,
      )
      await eventually('the message after', () => worked.includes('after'), WITHIN_MS)
      await eventually('the subscriber is told', () => missed === 1, WITHIN_MS)
      bus.broadcast('news', 'again')
      await eventually('the broadcast', () => heard.includes('again'))
      await bus.close()
    })

    it('give what was in hand to others', async () => {
      await using server = await startRabbitmq()
      const prefix = `st2-${randomBytes(6).toString('hex')}`
      const { proxy, url } = await proxyTo(server.url)
      const dying = await openRabbitBus({ url, log: silent, prefix })
      const inHand = Promise.withResolvers<void>()
      await dying.consume('work', { prefetch: 1, maxDeliveries: 3 }, () => {
        inHand.resolve()
        return new Promise(() => undefined)
      })
      await dying.send('work', 'precious')
      await inHand.promise
      const living = await openRabbitBus({ url: server.url, log: silent, prefix })
      const worked: unknown[] = []
      await living.consume('work', { prefetch: 1, maxDeliveries: 3 }, async (message) => void worked.push(message))
      proxy.refuse()
      await eventually('the other has it', () => worked.length === 1, WITHIN_MS)
      expect(worked).toEqual(['precious'])
      await living.close()
    })
  })

  describe('of Redis', () => {
    const coordinatorAt = async (url: string, prefix: string) =>
      new RedisCoordinator({
        redis: await openRedis({ url, log: silent, timeoutMs: 500 }),
        clock: systemClock(),
        log: silent,
        prefix,
        timeToLiveMs: 1000,
        electionPollMs: 50,
      })

    it('at the start end in one line', async () => {
      const opening = openRedis({ url: `redis://:hunter2@127.0.0.1:${CLOSED_PORT}`, log: silent, timeoutMs: 300 })
      await expect(opening).rejects.toMatchObject(UNAVAILABLE)
      await expect(opening).rejects.toThrow(/^Redis does not answer: [^\n]+$/)
      await expect(opening).rejects.not.toThrow(/hunter2/)
    })

    it('take leadership away before another can have it, and membership is there again afterwards', async () => {
      const server = stack.use(await startRedis())
      const { proxy, url } = await proxyTo(server.url)
      const prefix = `st2-${randomBytes(6).toString('hex')}`
      const leading = new Set<string>()
      let most = 0
      const lead = (who: string) => async (signal: AbortSignal) => {
        leading.add(who)
        most = Math.max(most, leading.size)
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
        leading.delete(who)
      }
      const cut = await coordinatorAt(url, prefix)
      const near = await coordinatorAt(server.url, prefix)
      await cut.join('services', { id: 'cut_1', capabilities: {} })
      await cut.elect('timers', lead('cut'))
      await near.elect('timers', lead('near'))
      expect([...leading]).toEqual(['cut'])
      proxy.refuse()
      await eventually('the other leads', () => leading.has('near'), WITHIN_MS)
      expect(most).toBe(1)
      await eventually('the member is forgotten', async () => (await near.members('services')).length === 0, WITHIN_MS)
      proxy.accept()
      await eventually('the member is back', async () => (await near.members('services')).length === 1, WITHIN_MS)
      expect([...leading]).toEqual(['near'])
      await near.close()
      await eventually('the first leads again', () => leading.has('cut'), WITHIN_MS)
      await cut.close()
    })
  })
})
