import { expect, it } from 'vitest'
import { MAX_SENDING, type Outcome, phaseOf, RequestQueue } from './request-queue.ts'

const DONE: Outcome = { kind: 'done', made: null }

it('sends four at a time, in their order, and the next one for each that is answered', async () => {
  const { queue, server } = queueOf(6)
  queue.go()
  expect(server.asked).toEqual([0, 1, 2, 3])
  expect(queue.state.sending).toHaveLength(MAX_SENDING)
  await server.answer(2, DONE)
  await server.answer(0, DONE)
  expect(server.asked).toEqual([0, 1, 2, 3, 4, 5])
  for (const item of [1, 3, 4, 5]) await server.answer(item, DONE)
  expect(phaseOf(queue.state)).toBe('over')
  expect(queue.state.done).toHaveLength(6)
})

it('goes on after failures, and keeps what was said and what was made', async () => {
  const { queue, server } = queueOf(3)
  queue.go()
  await server.answer(0, { kind: 'failed', text: 'no such action' })
  await server.answer(1, { kind: 'done', made: 'new' })
  await server.fail(2, new Error('not JSON'))
  expect(phaseOf(queue.state)).toBe('over')
  expect(queue.state.made).toEqual(['new'])
  expect(queue.state.failures).toEqual([
    { item: 0, text: 'no such action' },
    { item: 2, text: 'not JSON' },
  ])
})

it('does not send what has not been sent when it is stopped, and waits for what has', async () => {
  const { queue, server } = queueOf(6)
  queue.go()
  queue.stop()
  expect(phaseOf(queue.state)).toBe('stopping')
  for (const item of [0, 1, 2]) await server.answer(item, DONE)
  await server.answer(3, { kind: 'unauthorized' })
  expect(server.asked).toEqual([0, 1, 2, 3])
  expect(phaseOf(queue.state)).toBe('over')
  expect(queue.state.done).toHaveLength(3)
  expect(queue.state.unsent).toEqual([3, 4, 5])
})

it('is held when the session ends, loses nothing, and goes on when somebody says so', async () => {
  const { queue, server } = queueOf(6)
  queue.go()
  await server.answer(0, DONE)
  await server.answer(1, { kind: 'unauthorized' })
  expect(phaseOf(queue.state)).toBe('held')
  await server.answer(2, DONE)
  expect(server.asked, 'nothing more while it is held').toEqual([0, 1, 2, 3, 4])
  queue.go()
  expect(server.asked).toEqual([0, 1, 2, 3, 4, 1, 5])
  for (const item of [1, 3, 4, 5]) await server.answer(item, DONE)
  expect(phaseOf(queue.state)).toBe('over')
  expect(queue.state.done).toHaveLength(6)
})

it('is held when nobody answers: whether that one was done is unknown, and it is not sent again', async () => {
  const { queue, server } = queueOf(6)
  queue.go()
  await server.answer(0, { kind: 'unanswered', text: 'silence' })
  expect(phaseOf(queue.state)).toBe('held')
  queue.go()
  for (const item of [1, 2, 3, 4, 5]) await server.answer(item, DONE)
  expect(server.asked).toEqual([0, 1, 2, 3, 4, 5])
  expect(queue.state.failures).toEqual([{ item: 0, text: 'silence' }])
})

it('has nothing left to send when it is stopped while it is held', async () => {
  const { queue, server } = queueOf(2)
  queue.go()
  await server.answer(0, { kind: 'unauthorized' })
  await server.answer(1, { kind: 'unauthorized' })
  queue.stop()
  expect(phaseOf(queue.state)).toBe('over')
  expect(queue.state.unsent).toEqual([1, 0])
})

it('tells of every step', async () => {
  const { queue, server, told } = queueOf(1)
  queue.go()
  await server.answer(0, DONE)
  expect(told.map(phaseOf)).toEqual(['running', 'over'])
})

function queueOf(count: number) {
  const server = new Server()
  const told: RequestQueue<number>['state'][] = []
  const items = Array.from({ length: count }, (_, index) => index)
  const queue = new RequestQueue<number>(items, server.ask, (state) => told.push(state))
  return { queue, server, told }
}

/** Answers when the test says so. */
class Server {
  readonly asked: number[] = []
  private readonly pending = new Map<number, PromiseWithResolvers<Outcome>>()

  readonly ask = (item: number): Promise<Outcome> => {
    this.asked.push(item)
    const pending = Promise.withResolvers<Outcome>()
    this.pending.set(item, pending)
    return pending.promise
  }

  async answer(item: number, outcome: Outcome): Promise<void> {
    this.pending.get(item)?.resolve(outcome)
    await heard()
  }

  async fail(item: number, error: Error): Promise<void> {
    this.pending.get(item)?.reject(error)
    await heard()
  }
}

/** Whoever awaits an answer is told before the next timer. */
function heard(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
