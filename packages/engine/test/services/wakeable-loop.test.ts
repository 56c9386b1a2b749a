import { describe, expect, it } from 'vitest'
import { WakeableLoop } from '../../src/services/wakeable-loop.ts'
import { RecordingLog } from '../support/recording-log.ts'
import { settle, SimulatedClock } from '../support/simulated-clock.ts'

function setUp(round: () => Promise<'more' | 'idle'>) {
  const clock = new SimulatedClock()
  const log = new RecordingLog()
  return { clock, log, loop: new WakeableLoop({ name: 'test', sweepMs: 1000, clock, log }, round) }
}

describe('WakeableLoop', () => {
  it('joins the wakes of one moment into one round', async () => {
    let rounds = 0
    const { loop } = setUp(async () => (rounds++, 'idle'))
    loop.wake()
    loop.wake()
    await settle()
    expect(rounds).toBe(1)
  })

  it('runs one more round for a wake that comes during a round', async () => {
    const gate = Promise.withResolvers<void>()
    let rounds = 0
    const { loop } = setUp(async () => {
      rounds++
      if (rounds === 1) await gate.promise
      return 'idle'
    })
    loop.wake()
    await settle()
    loop.wake()
    loop.wake()
    gate.resolve()
    await settle()
    expect(rounds).toBe(2)
  })

  it('goes on at once while a round leaves more to do', async () => {
    let left = 5
    const { loop } = setUp(async () => (--left > 0 ? 'more' : 'idle'))
    loop.wake()
    await settle()
    expect(left).toBe(0)
  })

  it('sweeps by itself when nobody wakes it', async () => {
    let rounds = 0
    const { loop, clock } = setUp(async () => (rounds++, 'idle'))
    loop.wake()
    await settle()
    await clock.advance(1000)
    await clock.advance(1000)
    expect(rounds).toBe(3)
  })

  it('says that a round failed, and tries again soon', async () => {
    let rounds = 0
    const { loop, clock, log } = setUp(async () => {
      rounds++
      if (rounds === 1) throw new Error('store is away')
      return 'idle'
    })
    loop.wake()
    await settle()
    expect(log.lines.map((line) => line.level)).toEqual(['error'])
    await clock.advance(1000)
    expect(rounds).toBe(2)
  })

  it('starts no round after it was stopped, and leaves no timer behind', async () => {
    let rounds = 0
    const { loop, clock } = setUp(async () => (rounds++, 'idle'))
    loop.wake()
    await settle()
    await loop.stop()
    loop.wake()
    await clock.advance(5000)
    expect(rounds).toBe(1)
    expect(clock.pendingTimers).toBe(0)
  })
})
