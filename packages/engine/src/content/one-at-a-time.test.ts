import { describe, expect, it } from 'vitest'
import { InProcessCoordinator } from '../adapters/in-process/coordinator.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { ContentLock } from './content-lock.ts'
import { OneAtATime } from './one-at-a-time.ts'

describe('one at a time', () => {
  it('starts a piece of work when the one before has ended', async () => {
    const turns = new OneAtATime(10)
    const order: string[] = []
    const first = Promise.withResolvers<void>()
    const one = turns.run(async () => {
      order.push('first begins')
      await first.promise
      order.push('first ends')
    })
    const two = turns.run(async () => void order.push('second'))
    first.resolve()
    await Promise.all([one, two])
    expect(order).toEqual(['first begins', 'first ends', 'second'])
  })

  it('goes on after a piece of work that failed', async () => {
    const turns = new OneAtATime(10)
    const failed = turns.run(() => Promise.reject(new Error('no')))
    const next = turns.run(async () => 'yes')
    await expect(failed).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })

  it('keeps other processes out, for as long as the work lasts and no longer', async () => {
    const coordinator = new InProcessCoordinator({ clock: systemClock(), log: console })
    const processes = [1, 2, 3].map(() => new OneAtATime(10, new ContentLock({ coordinator, clock: systemClock() })))
    let inside = 0
    const seen: number[] = []
    const work = async () => {
      seen.push((inside += 1))
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    }
    const failing = processes[0]?.run(() => Promise.reject(new Error('no')))
    await Promise.all([expect(failing).rejects.toThrow('no'), ...processes.map((turns) => turns.run(work))])
    expect(seen).toEqual([1, 1, 1])
    await coordinator.close()
  })

  it('gives up when another process does not come to an end, and changes nothing later', async () => {
    const coordinator = new InProcessCoordinator({ clock: systemClock(), log: console })
    const lock = new ContentLock({ coordinator, clock: systemClock(), maxWaitMs: 1 })
    const end = Promise.withResolvers<void>()
    const other = lock.hold(() => end.promise)
    let isDone = false
    await expect(lock.hold(async () => (isDone = true))).rejects.toThrow('for too long')
    end.resolve()
    await other
    await coordinator.close()
    expect(isDone).toBe(false)
  })

  it('refuses more than may wait, and takes work again later', async () => {
    const turns = new OneAtATime(1)
    const first = Promise.withResolvers<void>()
    const one = turns.run(() => first.promise)
    await expect(turns.run(async () => 'too much')).rejects.toThrow('max_waiting_edits')
    first.resolve()
    await one
    expect(await turns.run(async () => 'later')).toBe('later')
  })
})
