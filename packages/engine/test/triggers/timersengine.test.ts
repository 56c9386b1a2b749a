import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { InProcessCoordinator } from '../../src/adapters/in-process/coordinator.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { Coordinator } from '../../src/ports/coordinator.ts'
import type { Store } from '../../src/ports/store.ts'
import type { RunningService } from '../../src/services/service.ts'
import { timersengine } from '../../src/services/timersengine.ts'
import { releaseTrigger } from '../../src/triggers/acquire-trigger.ts'
import { TimerStateStore } from '../../src/triggers/timers/timer-state-store.ts'
import { type MisfirePolicy, TimerTable } from '../../src/triggers/timers/timer-table.ts'
import type { TriggerDeps } from '../../src/triggers/trigger-deps.ts'
import { until } from '../support/test-engine.ts'
import { openTriggerKit, openTriggerKitAt, type TriggerKit } from './trigger-kit.ts'

const INTERVAL = 'core.st2.IntervalTimer'
const CRON = 'core.st2.CronTimer'
const DATE = 'core.st2.DateTimer'
const HOUR = 3_600_000

interface RecordedDay {
  readonly local_zone: string
  readonly day: {
    readonly from: string
    readonly to: string
    readonly timers: readonly { type: string; parameters: Record<string, unknown>; fires: readonly string[] }[]
  }
}

const recorded = JSON.parse(
  readFileSync(new URL('../../conformance/timers.json', import.meta.url), 'utf8'),
) as RecordedDay

interface TimerOptions {
  readonly misfirePolicy?: MisfirePolicy
  readonly maxMissedFires?: number
}

function tableDeps(kit: TriggerKit, deps: TriggerDeps = kit.deps, options: TimerOptions = {}) {
  const { misfirePolicy = 'skip', maxMissedFires = 1000 } = options
  return {
    ...deps,
    states: new TimerStateStore(kit.store),
    timers: { misfirePolicy, maxMissedFires, localZone: recorded.local_zone },
  }
}

function startEngine(
  kit: TriggerKit,
  coordinator: Coordinator,
  deps: TriggerDeps = kit.deps,
  options: TimerOptions = {},
): Promise<RunningService> {
  return timersengine({ ...tableDeps(kit, deps, options), coordinator, isEnabled: true }).start()
}

/** Moves the clock and waits until the engine has stored as many fires as there must be. */
async function advanceUntil(kit: TriggerKit, ms: number, fires: number): Promise<void> {
  // Between its rounds the engine waits for the time of its next sweep.
  await until(() => kit.clock.pendingTimers > 0)
  await kit.clock.advance(ms)
  await until(async () => {
    await kit.clock.advance(0)
    return (await kit.deps.triggerInstances.count([])) >= fires
  })
}

/** One process without the service around it: each look is a call. */
async function look(table: TimerTable): Promise<void> {
  while ((await table.fireDue()) === 'more');
}

async function firesOf(kit: TriggerKit, trigger?: string): Promise<string[]> {
  const instances = await kit.instances(trigger)
  return instances.map(({ occurrence_time }) => occurrence_time.slice(0, 19))
}

it('a day with a change of the clock and a restart in its middle fires as recorded', async () => {
  await using kit = await openTriggerKit()
  const [from, to] = [Date.parse(recorded.day.from), Date.parse(recorded.day.to)]
  await kit.clock.advance(from - kit.clock.now())
  const coordinator = new InProcessCoordinator({ clock: kit.clock, log: kit.log })
  const refs: string[] = []
  for (const { type, parameters } of recorded.day.timers) {
    const trigger = await kit.acquire(type, parameters)
    refs.push(trigger?.ref ?? '')
  }
  const fires = recorded.day.timers
    .flatMap((timer) => timer.fires.map((fire) => Date.parse(fire)))
    .sort((a, b) => a - b)
  const middle = fires[Math.floor(fires.length / 2)] ?? from
  let running = await startEngine(kit, coordinator)
  await until(async () => (await new TimerStateStore(kit.store).all()).size >= 4)
  for (const at of new Set(fires)) {
    if (at === middle) {
      await running.stop(0)
      running = await startEngine(kit, coordinator, await kit.other())
    }
    await advanceUntil(kit, at - kit.clock.now(), fires.filter((fire) => fire <= at).length)
  }
  await kit.clock.advance(to - kit.clock.now())
  await running.stop(0)
  for (const [index, timer] of recorded.day.timers.entries()) {
    const expected = timer.fires.map((fire) => fire.slice(0, 19))
    expect({ timer: timer.parameters, fires: await firesOf(kit, refs[index]) }).toEqual({
      timer: timer.parameters,
      fires: expected,
    })
  }
}, 120_000)

it('a fire tells when it happened and which timer it was', async () => {
  await using kit = await openTriggerKit()
  const trigger = await kit.acquire(INTERVAL, { unit: 'seconds', delta: 5 })
  const running = await startEngine(kit, new InProcessCoordinator({ clock: kit.clock, log: kit.log }))
  await until(async () => (await new TimerStateStore(kit.store).all()).size === 1)
  await advanceUntil(kit, 5000, 1)
  await running.stop(0)
  const [instance] = await kit.instances()
  expect(instance?.trigger).toBe(trigger?.ref)
  expect(instance?.payload['executed_at']).toMatch(/^2026-01-01 00:00:05(\.\d{6})?\+00:00$/)
  expect(instance?.payload['schedule']).toBeNull()
  expect(instance?.trace_context?.trace_tag).toBe(`st2.IntervalTimer-${trigger?.name}`)
  expect(instance).toMatchObject({ status: 'pending', due_at: kit.clock.now() })
})

it('by the real clock no second is left out and none fires twice', async () => {
  const clock = systemClock()
  await using kit = await openTriggerKitAt(clock)
  await kit.acquire(CRON, { second: '*' })
  const coordinator = new InProcessCoordinator({ clock, log: kit.log })
  const states = new TimerStateStore(kit.store)
  const timers = { misfirePolicy: 'skip', maxMissedFires: 1, localZone: 'UTC' } as const
  const running = await timersengine({ ...kit.deps, states, timers, coordinator, isEnabled: true }).start()
  await until(async () => (await kit.instances()).length >= 4, 30_000)
  await running.stop(0)
  // An id begins with the second that its fire was due at.
  const seconds = (await kit.instances()).map(({ id }) => Number.parseInt(id.slice(0, 8), 16)).sort((a, b) => a - b)
  const [first = 0] = seconds
  expect(seconds).toEqual(seconds.map((_second, index) => first + index))
})

it('of several engines one fires, and another takes over when it stops', async () => {
  await using kit = await openTriggerKit()
  await kit.acquire(INTERVAL, { unit: 'seconds', delta: 10 })
  const coordinator = new InProcessCoordinator({ clock: kit.clock, log: kit.log })
  const [first, second] = [await startEngine(kit, coordinator), await startEngine(kit, coordinator, await kit.other())]
  await until(async () => (await new TimerStateStore(kit.store).all()).size === 1)
  for (let fires = 1; fires <= 3; fires++) await advanceUntil(kit, 10_000, fires)
  await first.stop(0)
  for (let fires = 4; fires <= 6; fires++) await advanceUntil(kit, 10_000, fires)
  await second.stop(0)
  expect(await kit.instances()).toHaveLength(6)
})

it('two engines that both believe to lead fire once', async () => {
  await using kit = await openTriggerKit()
  await kit.acquire(CRON, { second: '*/10', timezone: 'UTC' })
  const tables = [new TimerTable(tableDeps(kit)), new TimerTable(tableDeps(kit, await kit.other()))]
  await Promise.all(tables.map((table) => table.synchronise()))
  for (let round = 0; round < 5; round++) {
    await Promise.all(tables.map(look))
    await kit.clock.advance(10_000)
  }
  expect(await kit.instances()).toHaveLength(5)
})

it('timers that come, change and go while the engine runs take effect at once', async () => {
  await using kit = await openTriggerKit()
  const running = await startEngine(kit, new InProcessCoordinator({ clock: kit.clock, log: kit.log }))
  const states = new TimerStateStore(kit.store)
  const slow = await kit.acquire(INTERVAL, { unit: 'seconds', delta: 30 })
  const quick = await kit.acquire(INTERVAL, { unit: 'seconds', delta: 5 })
  await until(async () => {
    await kit.clock.advance(0)
    return (await states.all()).size === 2
  })
  await advanceUntil(kit, 5000, 1)
  await releaseTrigger(kit.deps, quick?.ref ?? '')
  await until(async () => {
    await kit.clock.advance(0)
    return (await states.all()).size === 1
  })
  await advanceUntil(kit, 25_000, 2)
  await running.stop(0)
  expect(await firesOf(kit, quick?.ref)).toEqual(['2026-01-01T00:00:05'])
  expect(await firesOf(kit, slow?.ref)).toEqual(['2026-01-01T00:00:30'])
})

describe('after a time in which nobody looked', () => {
  const HALF = 30 * 60_000

  async function downFor(
    hours: number,
    options: TimerOptions,
  ): Promise<{ hourly: string[]; cron: string[]; once: string[] }> {
    await using kit = await openTriggerKit()
    const hourly = await kit.acquire(INTERVAL, { unit: 'hours', delta: 1 })
    const cron = await kit.acquire(CRON, { minute: 15, timezone: 'UTC' })
    const once = await kit.acquire(DATE, { date: '2026-01-01 01:30:00Z' })
    const before = new TimerTable(tableDeps(kit, kit.deps, options))
    await before.synchronise()
    await look(before)
    await kit.clock.advance(15 * 60_000)
    await look(before)
    await kit.clock.advance(hours * HOUR)
    const after = new TimerTable(tableDeps(kit, kit.deps, options))
    await after.synchronise()
    await look(after)
    const missed = await Promise.all([hourly, cron, once].map((trigger) => kit.instances(trigger?.ref)))
    await kit.clock.advance(HALF)
    await look(after)
    await kit.clock.advance(HALF)
    await look(after)
    const all = await Promise.all([hourly, cron, once].map((trigger) => firesOf(kit, trigger?.ref)))
    const label = (index: number) =>
      (all[index] ?? []).map((time, place) => (place < (missed[index]?.length ?? 0) ? `missed ${time}` : time))
    return { hourly: label(0), cron: label(1), once: label(2) }
  }

  const FIRST = 'missed 2026-01-01T00:15:00'
  const MADE_UP = 'missed 2026-01-01T03:45:00'
  // Looked at 03:45 after 00:15, then at 04:15 and 04:45.
  it.each<[TimerOptions, { hourly: string[]; cron: string[]; once: string[] }]>([
    [{ misfirePolicy: 'skip' }, { hourly: ['2026-01-01T04:15:00'], cron: [FIRST, '2026-01-01T04:15:00'], once: [] }],
    [
      { misfirePolicy: 'fire_once' },
      { hourly: [MADE_UP, '2026-01-01T04:15:00'], cron: [FIRST, MADE_UP, '2026-01-01T04:15:00'], once: [MADE_UP] },
    ],
    [
      { misfirePolicy: 'fire_all' },
      {
        hourly: [MADE_UP, MADE_UP, MADE_UP, '2026-01-01T04:15:00'],
        cron: [FIRST, MADE_UP, MADE_UP, MADE_UP, '2026-01-01T04:15:00'],
        once: [MADE_UP],
      },
    ],
    [
      { misfirePolicy: 'fire_all', maxMissedFires: 2 },
      {
        hourly: [MADE_UP, MADE_UP, '2026-01-01T04:15:00'],
        cron: [FIRST, MADE_UP, MADE_UP, '2026-01-01T04:15:00'],
        once: [MADE_UP],
      },
    ],
  ])('%j decides what becomes of missed fires', async (options, expected) => {
    expect(await downFor(3.5, options)).toEqual(expected)
  })
})

it('an interval keeps its beat over a restart', async () => {
  await using kit = await openTriggerKit()
  await kit.acquire(INTERVAL, { unit: 'minutes', delta: 10 })
  const before = new TimerTable(tableDeps(kit))
  await before.synchronise()
  await look(before)
  await kit.clock.advance(25 * 60_000)
  const after = new TimerTable(tableDeps(kit))
  await after.synchronise()
  expect(new Date(after.nextDueAt ?? 0).toISOString()).toBe('2026-01-01T00:30:00.000Z')
})

it('a date that has fired, or was over when the timer was made, does not fire', async () => {
  await using kit = await openTriggerKit()
  await kit.acquire(DATE, { date: '2025-12-31' })
  await kit.acquire(DATE, { date: '2026-01-01T00:00:01Z' })
  const before = new TimerTable(tableDeps(kit, kit.deps, { misfirePolicy: 'fire_all' }))
  await before.synchronise()
  await kit.clock.advance(1000)
  await look(before)
  const after = new TimerTable(tableDeps(kit, kit.deps, { misfirePolicy: 'fire_all' }))
  await after.synchronise()
  await look(after)
  expect(await kit.instances()).toHaveLength(1)
  expect(kit.log.lines.map(({ message }) => message)).toContain('a timer is not scheduled: no time is left to fire at')
})

it('a timer that cannot be made is told of and stops no other', async () => {
  await using kit = await openTriggerKit()
  const broken = await kit.acquire(CRON, { hour: 'x' })
  await kit.acquire(CRON, { second: '0', timezone: 'UTC' })
  const table = new TimerTable(tableDeps(kit))
  await table.synchronise()
  await look(table)
  expect(await kit.instances()).toHaveLength(1)
  expect(kit.log.lines).toContainEqual(
    expect.objectContaining({
      level: 'error',
      fields: { trigger: broken?.ref, reason: 'Unrecognized expression "x" for field "hour"' },
    }),
  )
})

it('fires that could not be stored are stored when the store is back', async () => {
  await using kit = await openTriggerKit()
  let isAway = true
  const store: Store = new Proxy(kit.store, {
    get: (target, key, receiver) => {
      if (key === 'insert' && isAway) return () => Promise.reject(new Error('the store is away'))
      const value: unknown = Reflect.get(target, key, receiver)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const { TriggerInstanceStore } = await import('../../src/triggers/trigger-instance-store.ts')
  const deps = { ...kit.deps, triggerInstances: new TriggerInstanceStore(store, kit.clock) }
  await kit.acquire(CRON, { second: '*/10', timezone: 'UTC' })
  const table = new TimerTable(tableDeps(kit, deps))
  await table.synchronise()
  await expect(table.fireDue()).rejects.toThrow('the store is away')
  await kit.clock.advance(10_000)
  await expect(table.fireDue()).rejects.toThrow('the store is away')
  isAway = false
  await look(table)
  expect(await kit.instances()).toHaveLength(2)
})

describe('a clock that jumps', () => {
  /** Its other clock, the one that never jumps, stays behind. */
  async function openJumpingKit(): Promise<{ kit: TriggerKit; table: TimerTable; jump(ms: number): Promise<void> }> {
    const kit = await openTriggerKit()
    let jumped = 0
    const clock = new Proxy(kit.clock, {
      get: (target, key) => {
        if (key === 'monotonic') return () => target.now() - jumped
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const table = new TimerTable({ ...tableDeps(kit), clock })
    return {
      kit,
      table,
      async jump(ms) {
        jumped += ms
        await kit.clock.advance(ms)
      },
    }
  }

  it('ahead, as over a sleep of the machine, has missed what was due meanwhile', async () => {
    const { kit, table, jump } = await openJumpingKit()
    await using _kit = kit
    await kit.acquire(CRON, { minute: '*/10', timezone: 'UTC' })
    await table.synchronise()
    await look(table)
    await jump(35 * 60_000)
    await look(table)
    expect(new Date(table.nextDueAt ?? 0).toISOString()).toBe('2026-01-01T00:40:00.000Z')
    expect(await kit.instances()).toHaveLength(1)
  })

  it('ahead by little, as one that is fast or set right, misses nothing', async () => {
    const { kit, table, jump } = await openJumpingKit()
    await using _kit = kit
    await kit.acquire(CRON, { minute: '*', timezone: 'UTC' })
    await table.synchronise()
    await look(table)
    for (let minute = 0; minute < 3; minute++) {
      await jump(70_000)
      await look(table)
    }
    expect(await kit.instances()).toHaveLength(4)
  })

  it('back, goes on by the new time, and fires nothing twice', async () => {
    const { kit, table, jump } = await openJumpingKit()
    await using _kit = kit
    await kit.acquire(CRON, { minute: '*/10', timezone: 'UTC' })
    await table.synchronise()
    for (let round = 0; round < 3; round++) {
      await look(table)
      await kit.clock.advance(600_000)
    }
    await look(table)
    await jump(-HOUR)
    await look(table)
    expect(new Date(table.nextDueAt ?? 0).toISOString()).toBe('2025-12-31T23:40:00.000Z')
    for (let round = 0; round < 8; round++) {
      await look(table)
      await kit.clock.advance(600_000)
    }
    await look(table)
    expect(await kit.instances()).toHaveLength(9)
  })
})

it('ten thousand timers fire within a few seconds, in batches', async () => {
  await using kit = await openTriggerKit({ mayMatch: () => false })
  const triggers = Array.from({ length: 10_000 }, (_, index) => ({
    id: index.toString(16).padStart(24, '0'),
    rev: 0,
    uid: `trigger:core:t${index}`,
    ref: `core.t${index}`,
    name: `t${index}`,
    pack: 'core',
    type: INTERVAL,
    parameters: { unit: 'seconds', delta: 10 },
    ref_count: 1,
    identity: `t${index}`,
  }))
  const table = new TimerTable(tableDeps(kit))
  for (const trigger of triggers) table.hear('create', trigger)
  expect(table.size).toBe(10_000)
  await kit.clock.advance(10_000)
  const begin = performance.now()
  await look(table)
  expect(performance.now() - begin).toBeLessThan(10_000)
  expect(await kit.deps.triggerInstances.count([])).toBe(10_000)
}, 60_000)
