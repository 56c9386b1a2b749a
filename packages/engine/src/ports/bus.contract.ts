import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bus, ConsumeOptions } from './bus.ts'
import { eventually, type Opened } from './contract.ts'

const MESSAGES = 200
const OPTIONS: ConsumeOptions = { prefetch: 10, maxDeliveries: 3 }

/** The bus, and what the suite must see of it beyond the port. */
export type OpenedBus = Opened<Bus> & {
  /** The dead letters of a topic. */
  deadLetters(topic: string): Promise<readonly unknown[]>
  /** All subscribers are in this process: the bus knows when there is none. */
  readonly seesAllSubscribers: boolean
}

/** What every bus promises. Topics are the suite's own; each test has a new bus. */
export function busContract(adapter: string, open: () => Promise<OpenedBus>): void {
  describe(`${adapter}: Bus`, () => {
    let opened: OpenedBus
    let bus: Bus
    let topic: string
    let tests = 0
    beforeEach(async () => {
      opened = await open()
      bus = opened.port
      topic = `contract.${tests++}.${process.pid}`
    })
    afterEach(async () => {
      await opened[Symbol.asyncDispose]()
    })

    it('delivers each message to exactly one consumer, sharing them out', async () => {
      const received: number[][] = [[], [], []]
      for (const own of received)
        await bus.consume(topic, { ...OPTIONS, prefetch: 1 }, async (message) => void own.push(Number(message)))
      await Promise.all(numbers(MESSAGES).map((number) => bus.send(topic, number)))
      await eventually('all messages arrived', () => received.flat().length >= MESSAGES)
      expect(received.flat().toSorted((a, b) => a - b)).toEqual(numbers(MESSAGES))
      for (const own of received) expect(own.length).toBeGreaterThan(0)
    })

    it('keeps messages for a consumer that appears later', async () => {
      await bus.send(topic, { early: true })
      const received: unknown[] = []
      await bus.consume(topic, OPTIONS, async (message) => void received.push(message))
      await eventually('the message arrived', () => received.length === 1)
      expect(received).toEqual([{ early: true }])
    })

    it('delivers plain JSON, and a copy of it', async () => {
      const list: unknown[] = [1, null, { a: true }]
      const message = { text: 'ü \u0000', list }
      const received: unknown[] = []
      await bus.consume(topic, OPTIONS, async (got) => void received.push(got))
      await bus.send(topic, message)
      list.push('later')
      await eventually('the message arrived', () => received.length === 1)
      expect(received).toEqual([{ text: 'ü \u0000', list: [1, null, { a: true }] }])
    })

    it('delivers a rejected message again', async () => {
      const attempts: unknown[] = []
      await bus.consume(topic, OPTIONS, async (message) => {
        attempts.push(message)
        if (attempts.length < 3) throw new Error('not this time')
      })
      await bus.send(topic, 'again')
      await eventually('the third attempt', () => attempts.length === 3)
      expect(attempts).toEqual(['again', 'again', 'again'])
      expect(await opened.deadLetters(topic)).toEqual([])
    })

    it('takes a handler that throws at once as a rejection', async () => {
      let attempts = 0
      await bus.consume(topic, OPTIONS, () => {
        attempts += 1
        if (attempts === 1) throw new Error('at once')
        return Promise.resolve()
      })
      await bus.send(topic, 'again')
      await eventually('the second attempt', () => attempts >= 2)
      expect(attempts).toBe(2)
    })

    it('puts a message that fails too often with the dead letters, and goes on', async () => {
      const attempts = new Map<unknown, number>()
      await bus.consume(topic, OPTIONS, async (message) => {
        attempts.set(message, (attempts.get(message) ?? 0) + 1)
        if (message === 'poison') throw new Error('always')
      })
      await bus.send(topic, 'poison')
      await bus.send(topic, 'fine')
      await eventually('the dead letter', async () => (await opened.deadLetters(topic)).length === 1)
      await eventually('the other message', () => attempts.has('fine'))
      expect(await opened.deadLetters(topic)).toEqual(['poison'])
      expect(attempts.get('poison')).toBe(OPTIONS.maxDeliveries)
      expect(attempts.get('fine')).toBe(1)
    })

    it('gives a consumer no more messages at a time than it prefetches', async () => {
      let inHand = 0
      let most = 0
      let done = 0
      await bus.consume(topic, { ...OPTIONS, prefetch: 4 }, async () => {
        inHand += 1
        most = Math.max(most, inHand)
        await new Promise((resolve) => setImmediate(resolve))
        inHand -= 1
        done += 1
      })
      await Promise.all(numbers(MESSAGES).map((number) => bus.send(topic, number)))
      await eventually('all messages are done', () => done === MESSAGES)
      expect(most).toBe(4)
    })

    it('stops a consumer when those in hand are done, and leaves the rest to others', async () => {
      const gate = Promise.withResolvers<void>()
      const first: unknown[] = []
      const second: unknown[] = []
      const subscription = await bus.consume(topic, { ...OPTIONS, prefetch: 1 }, async (message) => {
        await gate.promise
        first.push(message)
      })
      await bus.send(topic, 1)
      await bus.send(topic, 2)
      let isStopped = false
      const stopped = subscription.stop().then(() => (isStopped = true))
      await new Promise((resolve) => setImmediate(resolve))
      expect(isStopped).toBe(false)
      gate.resolve()
      await stopped
      await bus.consume(topic, OPTIONS, async (message) => void second.push(message))
      await eventually('both messages are done', () => first.length + second.length === 2)
      expect(new Set([...first, ...second])).toEqual(new Set([1, 2]))
      expect(first.length).toBeLessThanOrEqual(1)
    })

    it('broadcasts to every subscriber there is, and to nobody later', async () => {
      const received: unknown[][] = [[], [], []]
      bus.broadcast(topic, 'nobody listens')
      await bus.subscribe(topic, (message) => void received[0]?.push(message))
      const second = await bus.subscribe(topic, (message) => void received[1]?.push(message))
      bus.broadcast(topic, 'one')
      await eventually('both heard it', () => received[0]?.length === 1 && received[1]?.length === 1)
      await second.stop()
      await bus.subscribe(topic, (message) => void received[2]?.push(message))
      bus.broadcast(topic, 'two')
      await eventually('the others heard it', () => received[0]?.length === 2 && received[2]?.length === 1)
      expect(received).toEqual([['one', 'two'], ['one'], ['two']])
    })

    it('broadcasts on although one subscriber throws', async () => {
      const received: unknown[] = []
      await bus.subscribe(topic, () => {
        throw new Error('deaf')
      })
      await bus.subscribe(topic, (message) => void received.push(message))
      bus.broadcast(topic, 'heard')
      await eventually('the other heard it', () => received.length > 0)
      expect(received).toEqual(['heard'])
    })

    it('says that nobody subscribes only when it knows', async () => {
      const whenNone = !opened.seesAllSubscribers
      expect(bus.hasSubscribers(topic)).toBe(whenNone)
      const subscription = await bus.subscribe(topic, () => undefined)
      expect(bus.hasSubscribers(topic)).toBe(true)
      await subscription.stop()
      expect(bus.hasSubscribers(topic)).toBe(whenNone)
    })

    it('takes nothing after it was closed', async () => {
      await bus.close()
      await expect(bus.send(topic, 1)).rejects.toMatchObject({ kind: 'unavailable' })
      await expect(bus.consume(topic, OPTIONS, () => Promise.resolve())).rejects.toMatchObject({ kind: 'unavailable' })
    })
  })
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_none, place) => place + 1)
}
