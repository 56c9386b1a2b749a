import { type ChannelModel, connect } from 'amqplib'

export type Send = () => Promise<unknown>

/** The least that waits for the broker: one publish, one confirm. */
export async function bareConfirm(connection: ChannelModel, message: unknown): Promise<Send> {
  const channel = await connection.createConfirmChannel()
  // Gone with the connection.
  await channel.assertQueue('bench.bare', { durable: true, exclusive: true })
  return () =>
    new Promise<void>((resolve, reject) => {
      channel.sendToQueue('bench.bare', Buffer.from(JSON.stringify(message)), {}, (error: unknown) => {
        if (error === null || error === undefined) resolve()
        else reject(error instanceof Error ? error : new Error(String(error)))
      })
    })
}

/** µs each, `inFlight` at a time. */
export async function microsEach(send: Send, count: number, inFlight: number): Promise<number> {
  let left = count
  const startedAt = performance.now()
  const sender = async (): Promise<void> => {
    while (left-- > 0) await send()
  }
  await Promise.all(Array.from({ length: inFlight }, sender))
  return ((performance.now() - startedAt) * 1000) / count
}

/** µs of one publish with its confirm, one at a time. */
export async function bareConfirmMicros(brokerUrl: string): Promise<number> {
  const connection = await connect(brokerUrl, { noDelay: true })
  try {
    const send = await bareConfirm(connection, { id: '0123456789abcdef01234567', delay: 0 })
    // The first warm up.
    await microsEach(send, 200, 1)
    return await microsEach(send, 1000, 1)
  } finally {
    await connection.close()
  }
}
