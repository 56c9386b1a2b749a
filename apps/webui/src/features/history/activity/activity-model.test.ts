import { describe, expect, it } from 'vitest'
import { activityRange, barsOf, sumOf, wordsOf } from './activity-model.ts'
import { barTitle } from './bar-title.ts'

const NOW = Date.parse('2026-11-26T10:07:30.500Z')
const ALL = { last: '', timestamp_gt: '', timestamp_lt: '' }
const MINUTE = 60_000

const said = (filters: Partial<typeof ALL>) => {
  const { fromMs, toMs, since, interval, barMs } = activityRange({ ...ALL, ...filters }, NOW)
  const bars = (toMs - fromMs) / barMs
  return { from: new Date(fromMs).toISOString(), since, interval, minutes: barMs / MINUTE, bars }
}

describe('the time that is looked at', () => {
  it('is the last day where no filter says when', () => {
    expect(said({})).toEqual({
      from: '2026-11-25T10:00:00.000Z',
      since: '2026-11-25T10:00:00.000Z',
      interval: 'ten_minutes',
      minutes: 30,
      bars: 49,
    })
  })

  it.each([
    ['15m', 'minute', 1, 16],
    ['1h', 'minute', 2, 31],
    ['6h', 'ten_minutes', 10, 37],
    ['7d', 'hour', 180, 57],
    ['30d', 'day', 1440, 31],
    ['900d', 'day', 23_040, 57],
  ])('of %s has bars of whole intervals', (last, interval, minutes, bars) => {
    expect(said({ last })).toMatchObject({ interval, minutes, bars })
  })

  it('is what two times enclose, asked for exactly', () => {
    const times = { timestamp_gt: '2026-11-20T08:30:10.000Z', timestamp_lt: '2026-11-20T09:10:00.000Z' }
    expect(said(times)).toEqual({
      from: '2026-11-20T08:30:00.000Z',
      since: times.timestamp_gt,
      interval: 'minute',
      minutes: 1,
      bars: 41,
    })
  })

  it('is the day before where only its end is said, and never negative', () => {
    expect(said({ timestamp_lt: '2026-11-20T09:10:00.000Z' })).toMatchObject({ from: '2026-11-19T09:10:00.000Z' })
    const reversed = { timestamp_gt: '2026-11-20T09:00:00.000Z', timestamp_lt: '2026-11-19T09:00:00.000Z' }
    expect(said(reversed)).toMatchObject({ from: '2026-11-19T09:00:00.000Z', bars: 1 })
  })

  it('asks the same until an interval has passed', () => {
    const at = (ms: number) => activityRange({ ...ALL, last: '24h' }, ms)
    expect(at(NOW + MINUTE)).toEqual(at(NOW))
    expect(at(NOW + 10 * MINUTE)).not.toEqual(at(NOW))
  })
})

describe('bars', () => {
  const range = activityRange({ ...ALL, last: '6h' }, NOW)
  const group = (timestamp: string, value: string | null, count: number) => ({ timestamp, value, count })
  const bars = barsOf(
    {
      groups: [
        group('2026-11-26T04:00:00.000000Z', 'succeeded', 5),
        group('2026-11-26T10:00:00.000000Z', 'failed', 1),
        group('2026-11-26T10:00:00.000000Z', 'timeout', 2),
        group('2026-11-26T10:00:00.000000Z', 'running', 3),
        group('2026-11-26T10:00:00.000000Z', 'canceled', 1),
        group('2026-11-26T10:00:00.000000Z', 'of tomorrow', 9),
        group('2026-11-26T23:00:00.000000Z', 'succeeded', 9),
      ],
    },
    range,
  )

  it('hold what started in them, by what became of it', () => {
    expect(bars).toHaveLength(37)
    expect(bars[0]).toMatchObject({ total: 5, counts: { succeeded: 5, failed: 0 } })
    expect(bars.at(-1)).toMatchObject({ total: 7, counts: { failed: 3, open: 3, canceled: 1, succeeded: 0 } })
    expect(bars[1]?.total).toBe(0)
  })

  it('are said in words', () => {
    expect(wordsOf(sumOf(bars))).toBe('12 executions, 3 failed, 3 open, 1 canceled')
    expect(wordsOf({ failed: 0, open: 0, canceled: 0, succeeded: 1 })).toBe('1 execution')
    expect(wordsOf({ failed: 1204, open: 0, canceled: 0, succeeded: 0 })).toBe('1,204 executions, 1,204 failed')
  })

  it('are called by their time, in the zone that is chosen', () => {
    const [first] = bars
    if (first === undefined) throw new Error('no bar')
    expect(barTitle(first, 'utc')).toBe('Thu, 26 Nov 2026, 04:00–04:10')
    expect(barTitle(first, 'Asia/Tokyo')).toBe('Thu, 26 Nov 2026, 13:00–13:10')
    const day = { fromMs: Date.parse('2026-11-20T00:00:00Z'), toMs: Date.parse('2026-11-21T00:00:00Z') }
    expect(barTitle(day, 'utc')).toBe('Fri, 20 Nov 2026')
    expect(barTitle(day, 'Asia/Tokyo')).toBe('Fri, 20 Nov 2026, 09:00 – Sat, 21 Nov 2026, 09:00')
  })
})
