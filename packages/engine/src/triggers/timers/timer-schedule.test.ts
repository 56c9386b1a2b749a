import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Schedule, scheduleOf } from './timer-schedule.ts'

interface RecordedTimer {
  readonly type: string
  readonly parameters: Record<string, unknown>
  readonly from: string
  readonly fires?: readonly string[]
  /** The text, or true where only that it fails was recorded. */
  readonly error?: string | true
}

/** Longer rows were cut by the recorder; shorter ones ended by themselves. */
const SHORTEST_CUT_ROW = 6

const recorded = JSON.parse(readFileSync(new URL('../../../conformance/timers.json', import.meta.url), 'utf8')) as {
  local_zone: string
  timers: readonly RecordedTimer[]
}

const rows = recorded.timers.map((timer) => ({
  ...timer,
  name: `${timer.type} ${JSON.stringify(timer.parameters)} from ${timer.from}`,
  now: Date.parse(timer.from),
}))

function scheduleOfRow({ type, parameters, now }: (typeof rows)[number]): Schedule {
  return scheduleOf(type, parameters, { now, localZone: recorded.local_zone })
}

describe('timers fire when the recorded scheduler fires', () => {
  it.each(rows.filter(({ fires }) => fires !== undefined))('$name', (row) => {
    expect(firesOf(scheduleOfRow(row), row.now, row.fires?.length ?? 0)).toEqual(row.fires)
  })
})

describe('timers that the recorded scheduler refuses are refused', () => {
  it.each(rows.filter(({ error }) => error !== undefined))('$name', (row) => {
    expect(() => scheduleOfRow(row)).toThrow(typeof row.error === 'string' ? row.error : /^date: /)
  })
})

describe('parameters that make no timer are refused by name', () => {
  it.each([
    ['core.st2.CronTimer', { hour: '1', timezone: 'Mars/Base' }, 'timezone: unknown time zone "Mars/Base"'],
    ['core.st2.CronTimer', { hour: [1] }, "hour: [1] is not of type 'string', 'integer'"],
    ['core.st2.CronTimer', { hour: `${'1,'.repeat(2000)}1` }, 'hour: more than 1000 alternatives in one field'],
    ['core.st2.IntervalTimer', { unit: 'seconds', delta: -5 }, 'delta: -5 is less than the minimum of 0'],
    ['core.st2.IntervalTimer', { unit: 'weeks', delta: 1e12 }, 'delta: 1000000000000 weeks ends after the year 9999'],
    ['core.st2.DateTimer', { date: 5 }, "date: 5 is not of type 'string'"],
  ])('%s %j', (type, parameters, message) => {
    expect(() => scheduleOf(type, parameters, { now: 0, localZone: 'UTC' })).toThrow(message)
  })
})

it('a day that never comes ends the search within a second', () => {
  const schedule = scheduleOf('core.st2.CronTimer', { month: 2, day: 30 }, { now: 0, localZone: 'Europe/Berlin' })
  const begin = performance.now()
  expect(schedule.first(Date.UTC(2026, 0, 1))).toBeNull()
  expect(performance.now() - begin).toBeLessThan(1000)
})

it('an interval keeps its beat over a time in which nobody looked', () => {
  const schedule = scheduleOf('core.st2.IntervalTimer', { unit: 'minutes', delta: 5 }, { now: 0, localZone: 'UTC' })
  expect(schedule.resume(60_000, 700_000)).toBe(960_000)
  expect(schedule.resume(60_000, 660_000)).toBe(660_000)
  expect(schedule.resume(60_000, 0)).toBe(60_000)
})

function firesOf(schedule: Schedule, now: number, count: number): string[] {
  const fires: string[] = []
  let at = schedule.first(now)
  // A row that was recorded to its end must not go on.
  while (at !== null && fires.length < Math.max(count, SHORTEST_CUT_ROW)) {
    fires.push(new Date(at).toISOString().replace('.000Z', 'Z'))
    at = schedule.after(at)
  }
  return fires
}
