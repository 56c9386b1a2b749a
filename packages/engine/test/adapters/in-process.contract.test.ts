import { InProcessBus } from '../../src/adapters/in-process/bus.ts'
import { InProcessCoordinator } from '../../src/adapters/in-process/coordinator.ts'
import { busContract, coordinatorContract } from '../../src/ports/contracts.ts'
import { ManualClock, silent } from './support.ts'

busContract('in-process', async () => {
  const bus = new InProcessBus({ log: silent })
  return {
    port: bus,
    deadLetters: async (topic) => bus.deadLetters(topic),
    seesAllSubscribers: true,
    [Symbol.asyncDispose]: () => bus.close(),
  }
})

coordinatorContract('in-process', async () => {
  const clock = new ManualClock()
  const coordinator = new InProcessCoordinator({ clock, log: silent })
  return {
    port: coordinator,
    pass: async (ms) => clock.move(ms),
    [Symbol.asyncDispose]: () => coordinator.close(),
  }
})
