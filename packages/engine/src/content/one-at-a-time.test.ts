import { describe, expect, it } from 'vitest'
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
