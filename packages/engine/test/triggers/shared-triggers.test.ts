import { expect, it } from 'vitest'
import { acquireTrigger, releaseTrigger } from '../../src/triggers/acquire-trigger.ts'
import { correctReferences } from '../../src/triggers/correct-references.ts'
import { until } from '../support/test-engine.ts'
import { openTriggerKit, type TriggerKit } from './trigger-kit.ts'

const URL = { url: 'push' }
const HOOK = 'core.st2.webhook'

it('rules with equal parameters share one trigger, whatever the order of their keys', async () => {
  await using kit = await openTriggerKit()
  const first = await kit.acquire('core.st2.IntervalTimer', { unit: 'hours', delta: 1 })
  const second = await kit.acquire('core.st2.IntervalTimer', { delta: 1, unit: 'hours' })
  const third = await kit.acquire('core.st2.IntervalTimer', { delta: 2, unit: 'hours' })
  expect(second?.ref).toBe(first?.ref)
  expect(third?.ref).not.toBe(first?.ref)
  expect(second?.ref_count).toBe(2)
  expect(first?.uid).toMatch(/^trigger:core:[0-9a-f-]{36}:[0-9a-f]{32}$/)
})

it('counts every one of many rules that come at the same time, from two processes', async () => {
  await using kit = await openTriggerKit()
  const other = await kit.other()
  const type = await kit.deps.triggerTypes.findByRef(HOOK)
  if (type === null) throw new Error('no webhook type')
  const acquired = await Promise.all(
    Array.from({ length: 20 }, (_, index) => acquireTrigger(index % 2 === 0 ? kit.deps : other, type, URL)),
  )
  expect(new Set(acquired.map((trigger) => trigger?.ref)).size).toBe(1)
  expect((await kit.deps.triggers.findByParameters(HOOK, URL))?.ref_count).toBe(20)
})

it('a trigger goes with its last reference, and comes anew under another name', async () => {
  await using kit = await openTriggerKit()
  const trigger = await kit.acquire(HOOK, URL)
  await kit.acquire(HOOK, URL)
  const ref = trigger?.ref ?? ''
  await releaseTrigger(kit.deps, ref)
  expect(await kit.deps.triggers.findByRef(ref)).not.toBeNull()
  await releaseTrigger(kit.deps, ref)
  await releaseTrigger(kit.deps, ref)
  expect(await kit.deps.triggers.findByRef(ref)).toBeNull()
  expect((await kit.acquire(HOOK, URL))?.ref).not.toBe(ref)
})

it('who acquires while the last reference is given back always has a trigger that is there', async () => {
  await using kit = await openTriggerKit()
  const other = await kit.other()
  for (let round = 0; round < 20; round++) {
    const trigger = await kit.acquire(HOOK, { url: `u${round}` })
    const type = await kit.deps.triggerTypes.findByRef(HOOK)
    if (type === null || trigger === null) throw new Error('not acquired')
    const [acquired] = await Promise.all([
      acquireTrigger(kit.deps, type, { url: `u${round}` }),
      releaseTrigger(other, trigger.ref),
    ])
    const there = await kit.deps.triggers.findByRef(acquired?.ref ?? '')
    expect(there?.ref_count).toBe(1)
  }
})

it('a type without parameters has one shadow trigger of its name, which nobody counts', async () => {
  await using kit = await openTriggerKit()
  const shadow = await kit.acquire('core.st2.sensor.process_spawn', {})
  expect(shadow).toMatchObject({ ref: 'core.st2.sensor.process_spawn', parameters: {}, ref_count: 0 })
  expect(shadow?.uid).toBe('trigger:core:st2.sensor.process_spawn:99914b932bd37a50b983c5e7c90ae93b')
  await releaseTrigger(kit.deps, 'core.st2.sensor.process_spawn')
  expect(await kit.deps.triggers.findByRef('core.st2.sensor.process_spawn')).not.toBeNull()
  expect(await kit.acquire(HOOK, {})).toBeNull()
})

async function correct(kit: TriggerKit, references: () => Map<string, number>): Promise<void> {
  const corrected = correctReferences(kit.deps, async () => references())
  await until(() => kit.clock.pendingTimers > 0)
  await kit.clock.advance(500)
  await corrected
}

it('corrects the count after a server died between a rule and its trigger', async () => {
  await using kit = await openTriggerKit()
  const kept = await kit.acquire(HOOK, { url: 'kept' })
  await kit.acquire(HOOK, { url: 'kept' })
  const lost = await kit.acquire(HOOK, { url: 'lost' })
  await correct(kit, () => new Map([[kept?.ref ?? '', 1]]))
  expect((await kit.deps.triggers.findByRef(kept?.ref ?? ''))?.ref_count).toBe(1)
  expect(await kit.deps.triggers.findByRef(lost?.ref ?? '')).toBeNull()
})

it('does not correct what another process is about to complete', async () => {
  await using kit = await openTriggerKit()
  const trigger = await kit.acquire(HOOK, { url: 'new' })
  let reads = 0
  await correct(kit, () => new Map(reads++ === 0 ? [] : [[trigger?.ref ?? '', 1]]))
  expect((await kit.deps.triggers.findByRef(trigger?.ref ?? ''))?.ref_count).toBe(1)
})
