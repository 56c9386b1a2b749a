import type { Engine, Log } from '@st2/engine'
import { describe, expect, it } from 'vitest'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'
import type { ExecutionTrees } from './execution-trees.ts'
import { StreamHub } from './stream-hub.ts'
import type { StreamListener } from './stream-listener.ts'

/** Counts who listens to it; a subscription stands when the next turn of the loop begins. */
class FakeEvents {
  listening = 0
  isDown = false
  miss: () => void = () => {}

  readonly onExecution = (_handle: unknown, missed: () => void) => {
    this.miss = missed
    return this.#subscribe()
  }
  readonly onOutput = () => this.#subscribe()
  readonly onAnnouncement = () => this.#subscribe()

  async #subscribe() {
    await new Promise((resolve) => setImmediate(resolve))
    if (this.isDown) throw new Error('no broker')
    this.listening += 1
    return { stop: async () => void (this.listening -= 1) }
  }
}

class FakeListener implements StreamListener {
  timesMissed = 0
  wants = () => false
  tell = () => {}
  close = () => {}
  missed = () => void (this.timesMissed += 1)
}

const LOG: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

function openHub(trees: Partial<ExecutionTrees> = {}) {
  const events = new FakeEvents()
  const hub = new StreamHub({
    engine: { events } as unknown as Pick<Engine, 'events'>,
    presenter: {} as ExecutionPresenter,
    trees: trees as ExecutionTrees,
    log: LOG,
    maxClients: 2,
    maxBufferedBytes: 1000,
    heartbeatSeconds: 25,
  })
  return { hub, events }
}

describe('the hub of the stream', () => {
  it('listens to the bus once, however many connect in the same moment, and no longer than they stay', async () => {
    const { hub, events } = openHub()
    const leave = await Promise.all([hub.listen(new FakeListener()), hub.listen(new FakeListener())])
    expect(events.listening).toBe(3)
    for (const one of leave) one()
    await expect.poll(() => events.listening).toBe(0)
  })

  it('listens again for who comes after the last has gone', async () => {
    const { hub, events } = openHub()
    const leave = await hub.listen(new FakeListener())
    leave()
    await hub.listen(new FakeListener())
    await expect.poll(() => events.listening).toBe(3)
  })

  it('tries the bus anew after it has failed', async () => {
    const { hub, events } = openHub()
    events.isDown = true
    await expect(Promise.all([hub.listen(new FakeListener()), hub.listen(new FakeListener())])).rejects.toThrow(
      'no broker',
    )
    events.isDown = false
    await hub.listen(new FakeListener())
    expect(events.listening).toBe(3)
  })

  it('takes no more than it may, several who follow one execution included', async () => {
    const { hub } = openHub()
    const follower = { onOutput: () => {}, onChange: () => {} }
    await hub.follow('one', follower)
    const leave = await hub.follow('one', { ...follower })
    await expect(hub.follow('one', { ...follower })).rejects.toThrow('stream.max_clients is 2')
    leave()
    await hub.follow('other', follower)
  })

  it('says that events were missed even when what was missed cannot be looked up', async () => {
    const { hub, events } = openHub({ learnAgain: () => Promise.reject(new Error('no store')) })
    const listener = new FakeListener()
    await hub.listen(listener)
    events.miss()
    await expect.poll(() => listener.timesMissed).toBe(1)
  })
})
