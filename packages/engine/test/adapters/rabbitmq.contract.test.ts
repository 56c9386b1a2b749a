import { randomBytes } from 'node:crypto'
import { connect } from 'amqplib'
import { afterAll, beforeAll } from 'vitest'
import { openRabbitBus } from '../../src/adapters/rabbitmq/rabbit-bus.ts'
import { TopicNames } from '../../src/adapters/rabbitmq/topic-names.ts'
import { busContract } from '../../src/ports/contracts.ts'
import { type RabbitmqServer, startRabbitmq } from '@st2/test-servers'
import { silent } from './support.ts'

let server: RabbitmqServer

beforeAll(async () => {
  server = await startRabbitmq()
})

afterAll(() => server[Symbol.asyncDispose]())

busContract('rabbitmq', async () => {
  const prefix = `st2-contract-${randomBytes(6).toString('hex')}`
  const bus = await openRabbitBus({ url: server.url, log: silent, prefix })
  return {
    port: bus,
    seesAllSubscribers: false,
    deadLetters: (topic) => lookInto(new TopicNames(prefix).deadLetters(topic)),
    [Symbol.asyncDispose]: () => bus.close(),
  }
})

/** What waits in a queue, which keeps it. */
async function lookInto(queue: string): Promise<unknown[]> {
  const connection = await connect(server.url)
  try {
    const channel = await connection.createChannel()
    const messages: unknown[] = []
    for (;;) {
      const message = await channel.get(queue)
      // Unacknowledged messages go back with the channel.
      if (message === false) return messages
      messages.push(JSON.parse(message.content.toString('utf8')))
    }
  } finally {
    await connection.close()
  }
}
