import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import type { ConsumeOptions } from '../../ports/bus.ts'
import type { Log } from '../../ports/log.ts'
import { DEAD_LETTER_QUEUE, type TopicNames, WORK_QUEUE } from './topic-names.ts'

/** How often a message was delivered before, when that was not the first time. */
const DELIVERIES = 'x-st2-deliveries'

export interface WorkConsumerParts {
  readonly topic: string
  readonly names: TopicNames
  readonly options: ConsumeOptions
  readonly handle: (message: unknown) => Promise<void>
  readonly log: Log
  /** To the end of a queue; resolves when the broker has it. */
  readonly publish: (queue: string, content: Buffer, headers: Readonly<Record<string, unknown>>) => Promise<void>
}

/**
 * Takes the messages of one topic, on a channel of its own, which is made anew with every connection. A message is acknowledged when
 * its work is done. One that fails, or whose consumer died, goes to the end of the queue with a higher count; one that failed too often
 * goes to the dead letters.
 */
export class WorkConsumer {
  readonly #parts: WorkConsumerParts
  readonly #inHand = new Set<Promise<void>>()
  #channel: Channel | null = null
  #tag: string | null = null
  #isStopped = false

  constructor(parts: WorkConsumerParts) {
    this.#parts = parts
  }

  async attach(model: ChannelModel): Promise<void> {
    if (this.#isStopped) return
    const { topic, names, options, log } = this.#parts
    const channel = await model.createChannel()
    channel.on('error', (err: unknown) => log.warn({ err, topic }, 'the channel of a consumer failed'))
    this.#channel = channel
    await channel.assertQueue(names.work(topic), WORK_QUEUE)
    await channel.assertQueue(names.deadLetters(topic), DEAD_LETTER_QUEUE)
    await channel.prefetch(options.prefetch)
    const { consumerTag } = await channel.consume(names.work(topic), (message) => {
      if (message === null) return this.#attachAgain(model)
      const work = this.#work(channel, message)
      this.#inHand.add(work)
      void work.finally(() => this.#inHand.delete(work))
    })
    this.#tag = consumerTag
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return
    this.#isStopped = true
    const { topic, log } = this.#parts
    const channel = this.#channel
    try {
      if (channel !== null && this.#tag !== null) await channel.cancel(this.#tag)
      while (this.#inHand.size > 0) await Promise.all(this.#inHand)
      await channel?.close()
    } catch (err) {
      // The connection is gone, and with it the channel: the broker gives what was in hand to others.
      log.debug({ err, topic }, 'a consumer stopped without its channel')
    }
  }

  /** Somebody deleted the queue. */
  #attachAgain(model: ChannelModel): void {
    const { topic, log } = this.#parts
    log.warn({ topic }, 'the queue of a topic was deleted; it is made again')
    this.attach(model).catch((err: unknown) => log.error({ err, topic }, 'a consumer could not attach again'))
  }

  /** Never rejects. */
  async #work(channel: Channel, message: ConsumeMessage): Promise<void> {
    const before = deliveriesBefore(message)
    try {
      if (message.fields.redelivered) {
        // NOTE: its consumer died. It is counted before the work begins, so that a message that kills its consumers ends.
        await this.#putBack(message, before + 1, 'its consumer died')
      } else {
        await this.#handle(message, before)
      }
      if (this.#channel === channel) channel.ack(message)
    } catch (err) {
      // Not acknowledged: the broker delivers it again.
      this.#parts.log.warn({ err, topic: this.#parts.topic }, 'a message could not be settled')
    }
  }

  async #handle(message: ConsumeMessage, before: number): Promise<void> {
    try {
      await this.#parts.handle(JSON.parse(message.content.toString('utf8')))
    } catch (err) {
      this.#parts.log.debug({ err, topic: this.#parts.topic, deliveries: before + 1 }, 'a message failed')
      await this.#putBack(message, before + 1, err)
    }
  }

  async #putBack(message: ConsumeMessage, deliveries: number, err: unknown): Promise<void> {
    const { topic, names, options, log, publish } = this.#parts
    const headers = { [DELIVERIES]: deliveries }
    if (deliveries < options.maxDeliveries) return publish(names.work(topic), message.content, headers)
    log.error({ err, topic, deliveries }, 'a message failed too often')
    await publish(names.deadLetters(topic), message.content, headers)
  }
}

function deliveriesBefore(message: ConsumeMessage): number {
  const count: unknown = message.properties.headers?.[DELIVERIES]
  return typeof count === 'number' ? count : 0
}
