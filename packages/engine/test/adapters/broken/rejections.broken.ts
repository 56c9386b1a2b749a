import { busContract } from '../../../src/ports/contracts.ts'
import { BusDroppingRejected } from './doubles.ts'

busContract('broken', async () => {
  const bus = new BusDroppingRejected()
  return {
    port: bus,
    deadLetters: async (topic) => bus.deadLetters(topic),
    seesAllSubscribers: true,
    [Symbol.asyncDispose]: () => bus.close(),
  }
})
