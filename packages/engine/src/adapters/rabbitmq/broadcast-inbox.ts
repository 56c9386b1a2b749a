import type { Channel, ChannelModel } from 'amqplib'
import type { Log } from '../../ports/log.ts'
import type { TopicNames } from './topic-names.ts'

interface Subscriber {
  readonly handle: (message: unknown) => void
  readonly missed: (() => void) | undefined
}

/**
 * What this process hears of broadcasts: one queue of its own, which goes with the connection, bound to every topic somebody here
 * subscribes to. After a connection was lost, subscribers are told that they may have missed something.
 */
export class BroadcastInbox {
  readonly #names: TopicNames
  readonly #log: Log
  readonly #subscribers = new Map<string, Set<Subscriber>>()
  #attached: { readonly channel: Channel; readonly queue: string } | null = null
  #wasAttached = false

  constructor(names: TopicNames, log: Log) {
    this.#names = names
    this.#log = log
  }

  async attach(model: ChannelModel): Promise<void> {
    const channel = await model.createChannel()
    channel.on('error', (err: unknown) => this.#log.warn({ err }, 'the channel of broadcasts failed'))
    await channel.assertExchange(this.#names.broadcasts, 'direct', { durable: true })
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false })
    for (const topic of this.#subscribers.keys()) await channel.bindQueue(queue, this.#names.broadcasts, topic)
    await channel.consume(
      queue,
      (message) => message !== null && this.#deliver(message.fields.routingKey, message.content),
      {
        noAck: true,
      },
    )
    this.#attached = { channel, queue }
    if (this.#wasAttached) this.#tellMissed()
    this.#wasAttached = true
  }

  /** The connection is gone. */
  detach(): void {
    this.#attached = null
  }

  async add(topic: string, subscriber: Subscriber): Promise<void> {
    const known = this.#subscribers.get(topic)
    if (known !== undefined) {
      known.add(subscriber)
      return
    }
    this.#subscribers.set(topic, new Set([subscriber]))
    const attached = this.#attached
    if (attached !== null) await attached.channel.bindQueue(attached.queue, this.#names.broadcasts, topic)
  }

  async remove(topic: string, subscriber: Subscriber): Promise<void> {
    const known = this.#subscribers.get(topic)
    known?.delete(subscriber)
    if (known === undefined || known.size > 0) return
    this.#subscribers.delete(topic)
    const attached = this.#attached
    if (attached !== null) await attached.channel.unbindQueue(attached.queue, this.#names.broadcasts, topic)
  }

  clear(): void {
    this.#subscribers.clear()
  }

  #deliver(topic: string, content: Buffer): void {
    const subscribers = [...(this.#subscribers.get(topic) ?? [])]
    for (const { handle } of subscribers) {
      try {
        handle(JSON.parse(content.toString('utf8')))
      } catch (err) {
        this.#log.error({ err, topic }, 'a subscriber failed at a message')
      }
    }
  }

  #tellMissed(): void {
    for (const [topic, subscribers] of this.#subscribers) {
      for (const { missed } of subscribers) {
        try {
          missed?.()
        } catch (err) {
          this.#log.error({ err, topic }, 'a subscriber failed after a lost connection')
        }
      }
    }
  }
}
