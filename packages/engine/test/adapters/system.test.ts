import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'

describe('the system clock', () => {
  it("gives timestamps of microseconds that only go up, close to the machine's time", () => {
    const clock = systemClock()
    const timestamps = Array.from({ length: 50_000 }, () => clock.timestamp())
    const notLater = timestamps.filter((timestamp, place) => place > 0 && timestamp <= (timestamps[place - 1] ?? ''))
    expect(notLater).toEqual([])
    expect(timestamps[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    expect(Math.abs(Date.parse(clock.timestamp()) - Date.now())).toBeLessThan(1_000)
  })

  it('calls once after the time, and not when it was canceled', async () => {
    const clock = systemClock()
    const calls: string[] = []
    clock.after(5, () => calls.push('canceled')).cancel()
    const began = clock.monotonic()
    await new Promise<void>((resolve) => void clock.after(20, resolve))
    expect(clock.monotonic() - began).toBeGreaterThanOrEqual(18)
    expect(calls).toEqual([])
  })

  it('takes a delay that is longer than a timer of Node can be', () => {
    const calls: string[] = []
    const timer = systemClock().after(2 ** 33, () => calls.push('too early'))
    timer.cancel()
    expect(calls).toEqual([])
  })
})

describe('the system ids', () => {
  it('ascend, never repeat and carry the time', () => {
    const ids = systemIds()
    const made = Array.from({ length: 100_000 }, () => ids.next())
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
    expect(made[0]).toMatch(/^[0-9a-f]{24}$/)
    expect(Math.abs(Number.parseInt((made[0] ?? '').slice(0, 8), 16) - Date.now() / 1_000)).toBeLessThan(10)
  })

  it("ascend when the machine's time goes back", () => {
    let now = 1_700_000_000_000
    const ids = systemIds(() => now)
    const before = ids.next()
    now -= 3_600_000
    expect(ids.next() > before).toBe(true)
  })

  it('ascend when the counter runs over within a second', () => {
    const ids = systemIds(() => 1_700_000_000_000)
    let last = ''
    let isAscending = true
    for (let count = 0; count < 2 ** 24 + 10; count++) {
      const next = ids.next()
      if (next <= last) isAscending = false
      last = next
    }
    expect(isAscending).toBe(true)
  }, 60_000)

  it('give tokens and bytes that differ', () => {
    const ids = systemIds()
    const tokens = Array.from({ length: 1_000 }, () => ids.token())
    expect(new Set(tokens).size).toBe(1_000)
    expect(tokens[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(ids.bytes(10_000)).toHaveLength(10_000)
    const first = ids.bytes(8)
    expect(ids.bytes(8)).not.toEqual(first)
  })
})
