import { UnavailableError } from '@st2/model'
import { type ChannelModel, type ConfirmChannel, connect, type RecoveringChannelModel } from 'amqplib'
import type { Bus, ConsumeOptions, Subscription } from '../../ports/bus.ts'
import type { Log } from '../../ports/log.ts'
import { BroadcastInbox } from './broadcast-inbox.ts'
import { DEAD_LETTER_QUEUE, TopicNames, WORK_QUEUE } from './topic-names.ts'
import { WorkConsumer } from './work-consumer.ts'

export interface RabbitBusOptions {
  /** `amqp://…` or `amqps://…`; may hold a user and a password, which are never logged. */
  readonly url: string
  readonly log: Log
  /** `[messaging] prefix`. @default st2 */
  readonly prefix?: string | undefined
  /** Messages that wait for the broker's confirmation; one more is refused. @default 10,000 */
  readonly maxUnconfirmed?: number | undefined
  /** Tries to connect at the start, after the first. @default 0 */
  readonly startRetries?: number | undefined
  /** TLS options and the like, as the driver has them. */
  readonly socket?: Readonly<Record<string, unknown>> | undefined
}

const DEFAULT_MAX_UNCONFIRMED = 10_000
/** ms */
const RECONNECT = { initialDelay: 100, maxDelay: 2000 } as const

/**
 * Opens the bus of the reference deployment. The connection comes back by itself, for ever; what is sent meanwhile is refused.
 *
 * @throws UnavailableError when the broker does not answer now
 */
export async function openRabbitBus(options: RabbitBusOptions): Promise<RabbitBus> {
  const bus = new RabbitBus(options)
  await bus.connect()
  return bus
}

/**
 * Messages by way of RabbitMQ. They are transient: what they tell is in the store, and is found there by the next sweep when a message
 * is lost with its broker.
 */
export class RabbitBus implements Bus {
  readonly #options: RabbitBusOptions
  readonly #names: TopicNames
  readonly #inbox: BroadcastInbox
  readonly #consumers = new Set<WorkConsumer>()
  #connection: RecoveringChannelModel | null = null
  #model: ChannelModel | null = null
  #publisher: ConfirmChannel | null = null
  /** Queues that are known to be there, on this connection. */
  #asserted = new Map<string, Promise<unknown>>()
  #unconfirmed = 0
  #isClosed = false

  constructor(options: RabbitBusOptions) {
    this.#options = options
    this.#names = new TopicNames(options.prefix ?? 'st2')
    this.#inbox = new BroadcastInbox(this.#names, options.log)
  }

  async connect(): Promise<void> {
    const { url, log, socket, startRetries = 0 } = this.#options
    try {
      const connection = await connect(url, {
        ...socket,
        // Without it every message waits 40 ms for the one before to be acknowledged by the host.
        noDelay: true,
        clientProperties: { connection_name: 'st2' },
        recovery: { ...RECONNECT, initialMaxRetries: startRetries, setup: (model: ChannelModel) => this.#setUp(model) },
      })
      connection.on('disconnect', (error: Error) => {
        this.#forgetConnection()
        log.warn({ reason: error.message }, 'the connection to RabbitMQ is away')
      })
      connection.on('connect', () => log.info({}, 'the connection to RabbitMQ stands'))
      connection.on('error', (error: Error) => log.debug({ reason: error.message }, 'RabbitMQ'))
      this.#connection = connection
    } catch (cause) {
      throw unavailable(cause)
    }
  }

  async send(topic: string, message: unknown): Promise<void> {
    await this.#publish(this.#names.work(topic), Buffer.from(JSON.stringify(message ?? null)), {})
  }

  async consume(
    topic: string,
    options: ConsumeOptions,
    handle: (message: unknown) => Promise<void>,
  ): Promise<Subscription> {
    this.#refuseWhenClosed()
    const consumer = new WorkConsumer({
      topic,
      names: this.#names,
      options,
      // A handler may throw before it has made its promise.
      handle: async (message) => handle(message),
      log: this.#options.log,
      publish: (queue, content, headers) => this.#publish(queue, content, headers),
    })
    this.#consumers.add(consumer)
    if (this.#model !== null) await this.#run(this.#model, (model) => consumer.attach(model))
    return {
      stop: async () => {
        this.#consumers.delete(consumer)
        await consumer.stop()
      },
    }
  }

  broadcast(topic: string, message: unknown): void {
    const publisher = this.#publisher
    if (publisher === null) return
    const content = Buffer.from(JSON.stringify(message ?? null))
    publisher.publish(this.#names.broadcasts, topic, content, { persistent: false }, (err: unknown) => {
      if (err !== null && err !== undefined) this.#options.log.debug({ err, topic }, 'a broadcast was lost')
    })
  }

  async subscribe(topic: string, handle: (message: unknown) => void, missed?: () => void): Promise<Subscription> {
    this.#refuseWhenClosed()
    const subscriber = { handle, missed }
    await this.#inbox.add(topic, subscriber)
    return { stop: () => this.#inbox.remove(topic, subscriber) }
  }

  /** Other processes may listen: that nobody does is not known here. */
  hasSubscribers(_topic: string): boolean {
    return true
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()))
    this.#inbox.clear()
    this.#forgetConnection()
    await this.#connection?.close()
  }

  /** After every connect: channels do not outlive their connection. */
  async #setUp(model: ChannelModel): Promise<void> {
    const publisher = await model.createConfirmChannel()
    publisher.on('error', (err: unknown) => this.#options.log.warn({ err }, 'the channel of messages failed'))
    publisher.on('close', () => {
      if (this.#publisher === publisher) this.#publisher = null
    })
    await this.#inbox.attach(model)
    for (const consumer of this.#consumers) await consumer.attach(model)
    this.#asserted = new Map()
    this.#model = model
    this.#publisher = publisher
  }

  #forgetConnection(): void {
    this.#model = null
    this.#publisher = null
    this.#inbox.detach()
  }

  async #publish(queue: string, content: Buffer, headers: Readonly<Record<string, unknown>>): Promise<void> {
    const { maxUnconfirmed = DEFAULT_MAX_UNCONFIRMED } = this.#options
    const publisher = this.#publisher
    if (publisher === null) throw unavailable(this.#isClosed ? 'the bus is closed' : 'there is no connection')
    if (this.#unconfirmed >= maxUnconfirmed) throw unavailable(`${maxUnconfirmed} messages wait for it already`)
    this.#unconfirmed += 1
    try {
      await this.#assertQueue(publisher, queue)
      await new Promise<void>((resolve, reject) => {
        publisher.sendToQueue(queue, content, { persistent: false, headers: { ...headers } }, (err: unknown) =>
          err === null || err === undefined ? resolve() : reject(unavailable(err)),
        )
      })
    } catch (cause) {
      throw cause instanceof UnavailableError ? cause : unavailable(cause)
    } finally {
      this.#unconfirmed -= 1
    }
  }

  /** A message to a queue that is not there would vanish. */
  #assertQueue(publisher: ConfirmChannel, queue: string): Promise<unknown> {
    const known = this.#asserted.get(queue)
    if (known !== undefined) return known
    const asserted = publisher.assertQueue(queue, queue.endsWith('.dead') ? DEAD_LETTER_QUEUE : WORK_QUEUE)
    this.#asserted.set(queue, asserted)
    return asserted
  }

  async #run(model: ChannelModel, work: (model: ChannelModel) => Promise<void>): Promise<void> {
    try {
      await work(model)
    } catch (cause) {
      // A connection that is lost meanwhile comes back, and with it the consumer.
      if (this.#model === model) throw unavailable(cause)
    }
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw unavailable('the bus is closed')
  }
}

function unavailable(cause: unknown): UnavailableError {
  const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
  return new UnavailableError(`RabbitMQ does not answer: ${message.replaceAll(/amqps?:\/\/[^\s@]*@/g, 'amqp://')}`, {
    cause,
  })
}
