import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { refreshSoon } from './refresh-soon.ts'

const KEY = ['workflow', 'of somebody']

describe('what the stream tells nothing of', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is asked for once, however many changes come together', async () => {
    const { asked, answer, client, leave } = look()
    await answer()
    for (let change = 0; change < 5; change += 1) refreshSoon(client, KEY)
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked()).toBe(2)
    await answer()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked()).toBe(2)
    leave()
  })

  it('is asked for once more when it changed while it was on its way', async () => {
    const { asked, answer, client, leave } = look()
    await answer()
    refreshSoon(client, KEY)
    await vi.advanceTimersByTimeAsync(1000)
    refreshSoon(client, KEY)
    await answer()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked()).toBe(3)
    await answer()
    leave()
  })

  it('is asked for once more when the first answer was on its way before it changed', async () => {
    const { asked, answer, client, leave } = look()
    refreshSoon(client, KEY)
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked(), 'the first is still on its way').toBe(1)
    await answer()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked()).toBe(2)
    await answer()
    leave()
  })

  it('is not asked for while nobody looks', async () => {
    const { asked, answer, client, leave } = look()
    await answer()
    leave()
    refreshSoon(client, KEY)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked()).toBe(1)
  })
})

/** Somebody who looks at it; every question waits until it is answered. */
function look() {
  const client = new QueryClient()
  const waiting: ((answer: number) => void)[] = []
  let count = 0
  const queryFn = () => {
    count += 1
    return new Promise<number>((resolve) => waiting.push(resolve))
  }
  const leave = new QueryObserver(client, { queryKey: KEY, queryFn }).subscribe(() => undefined)
  return {
    client,
    leave,
    asked: () => count,
    answer: async () => {
      waiting.shift()?.(count)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}
