import { UnavailableError } from '@st2/model'
import type { Bus, ConsumeOptions, Subscription } from '../../ports/bus.ts'
import type { Log } from '../../ports/log.ts'

export interface InProcessBusOptions {
  readonly log: Log
  /** Messages that wait in one topic; the next is refused with UnavailableError. @default 100,000 */
  readonly maxQueuedMessages?: number
  /** Dead letters kept per topic; the oldest goes. @default 1,000 */
  readonly maxDeadLetters?: number
}

interface Message {
  /** As JSON, so that no two consumers share an object. */
  readonly body: string
  deliveries: number
}

interface Consumer {
  readonly options: ConsumeOptions
  readonly handle: (message: unknown) => Promise<void>
  readonly inHand: Set<Promise<void>>
  isStopped: boolean
}

interface Topic {
  readonly name: string
  readonly queue: MessageQueue
  readonly consumers: Consumer[]
  readonly deadLetters: string[]
  /** Whose turn is next: consumers take turns. */
  turn: number
}

const DEFAULT_MAX_QUEUED = 100_000
const DEFAULT_MAX_DEAD_LETTERS = 1_000

/** The bus of a server that is one process: queues in memory, subscribers called at once. */
export class InProcessBus implements Bus {
  readonly #log: Log
  readonly #maxQueued: number
  readonly #maxDeadLetters: number
  readonly #topics = new Map<string, Topic>()
  readonly #subscribers = new Map<string, ReadonlySet<(message: unknown) => void>>()
  #isClosed = false

  constructor(options: InProcessBusOptions) {
    this.#log = options.log
    this.#maxQueued = options.maxQueuedMessages ?? DEFAULT_MAX_QUEUED
    this.#maxDeadLetters = options.maxDeadLetters ?? DEFAULT_MAX_DEAD_LETTERS
  }

  async send(topic: string, message: unknown): Promise<void> {
    this.#refuseWhenClosed()
    const known = this.#topic(topic)
    if (known.queue.length >= this.#maxQueued)
      throw new UnavailableError(`topic "${topic}" is full: ${this.#maxQueued} messages are waiting`)
    known.queue.push({ body: JSON.stringify(message ?? null), deliveries: 0 })
    this.#deliver(known)
  }

  async consume(
    topic: string,
    options: ConsumeOptions,
    handle: (message: unknown) => Promise<void>,
  ): Promise<Subscription> {
    this.#refuseWhenClosed()
    const known = this.#topic(topic)
    const consumer: Consumer = { options, handle, inHand: new Set(), isStopped: false }
    known.consumers.push(consumer)
    this.#deliver(known)
    return { stop: () => stopConsumer(known, consumer) }
  }

  broadcast(topic: string, message: unknown): void {
    const subscribers = this.#subscribers.get(topic)
    if (subscribers === undefined) return
    for (const handle of subscribers) {
      try {
        handle(message)
      } catch (err) {
        this.#log.error({ err, topic }, 'a subscriber failed at a message')
      }
    }
  }

  async subscribe(topic: string, handle: (message: unknown) => void): Promise<Subscription> {
    this.#refuseWhenClosed()
    // NOTE: the set is replaced, never changed: a broadcast goes to those who were there when it began.
    const own = (message: unknown): void => handle(message)
    this.#subscribers.set(topic, new Set([...(this.#subscribers.get(topic) ?? []), own]))
    return {
      stop: async () => {
        const rest = new Set(this.#subscribers.get(topic))
        rest.delete(own)
        if (rest.size === 0) this.#subscribers.delete(topic)
        else this.#subscribers.set(topic, rest)
      },
    }
  }

  hasSubscribers(topic: string): boolean {
    return this.#subscribers.has(topic)
  }

  /** Messages that failed too often, oldest first. */
  deadLetters(topic: string): readonly unknown[] {
    return (this.#topics.get(topic)?.deadLetters ?? []).map((body): unknown => JSON.parse(body))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#subscribers.clear()
    const topics = [...this.#topics.values()]
    await Promise.all(topics.flatMap((topic) => topic.consumers.map((consumer) => stopConsumer(topic, consumer))))
  }

  #topic(name: string): Topic {
    const known = this.#topics.get(name)
    if (known !== undefined) return known
    const made: Topic = { name, queue: new MessageQueue(), consumers: [], deadLetters: [], turn: 0 }
    this.#topics.set(name, made)
    return made
  }

  #deliver(topic: Topic): void {
    while (topic.queue.length > 0) {
      const consumer = nextConsumer(topic)
      if (consumer === null) return
      const message = topic.queue.shift()
      if (message === undefined) return
      const work = this.#work(topic, consumer, message)
      consumer.inHand.add(work)
      void work.finally(() => {
        consumer.inHand.delete(work)
        this.#deliver(topic)
      })
    }
  }

  /** Never rejects. The handler runs in a later turn, so that a sender is not held up by the work it asks for. */
  async #work(topic: Topic, consumer: Consumer, message: Message): Promise<void> {
    await Promise.resolve()
    message.deliveries += 1
    try {
      await consumer.handle(JSON.parse(message.body))
    } catch (err) {
      this.#reject(topic, consumer, message, err)
    }
  }

  #reject(topic: Topic, consumer: Consumer, message: Message, err: unknown): void {
    if (message.deliveries < consumer.options.maxDeliveries) {
      this.#log.debug({ err, topic: topic.name, deliveries: message.deliveries }, 'a message is delivered again')
      topic.queue.push(message)
      return
    }
    this.#log.error({ err, topic: topic.name, deliveries: message.deliveries }, 'a message failed too often')
    topic.deadLetters.push(message.body)
    if (topic.deadLetters.length > this.#maxDeadLetters) topic.deadLetters.shift()
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new UnavailableError('the bus is closed')
  }
}

/** A queue whose both ends cost the same, however long it is. */
class MessageQueue {
  #messages: Message[] = []
  #first = 0

  get length(): number {
    return this.#messages.length - this.#first
  }

  push(message: Message): void {
    this.#messages.push(message)
  }

  shift(): Message | undefined {
    const message = this.#messages[this.#first]
    if (message === undefined) return undefined
    this.#first += 1
    if (this.#first >= 1_000 || this.#first === this.#messages.length) {
      this.#messages.splice(0, this.#first)
      this.#first = 0
    }
    return message
  }
}

function nextConsumer(topic: Topic): Consumer | null {
  for (let step = 0; step < topic.consumers.length; step++) {
    const place = (topic.turn + step) % topic.consumers.length
    const consumer = topic.consumers[place]
    if (consumer === undefined || consumer.isStopped || consumer.inHand.size >= consumer.options.prefetch) continue
    topic.turn = place + 1
    return consumer
  }
  return null
}

async function stopConsumer(topic: Topic, consumer: Consumer): Promise<void> {
  consumer.isStopped = true
  const place = topic.consumers.indexOf(consumer)
  if (place >= 0) topic.consumers.splice(place, 1)
  while (consumer.inHand.size > 0) await Promise.all(consumer.inHand)
}
