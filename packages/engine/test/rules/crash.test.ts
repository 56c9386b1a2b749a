import type { ExecutionDocument, RuleEnforcement, TriggerInstance } from '@st2/model'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine-parts.ts'
import { DyingStore } from '../support/dying-store.ts'
import { startTestEngine, until } from '../support/test-engine.ts'
import { addRule, enforcementsOf, ping, processed, registerPing } from './rules-kit.ts'

/** Each rule's outcome is another one, so that each kind of write is among those that are cut off. */
async function addRules(engine: Engine): Promise<void> {
  await registerPing(engine)
  await addRule(engine, 'fires', { action: { ref: 'test.gated', parameters: { note: '{{ trigger.n }}' } } })
  await addRule(engine, 'fires-too')
  await addRule(engine, 'not-rendered', { action: { ref: 'test.gated', parameters: { note: '{{ trigger.nope }}' } } })
  await addRule(engine, 'not-matched', { criteria: { 'trigger.n': { type: 'startswith', pattern: 'a' } } })
  await addRule(engine, 'excluded', { criteria: { 'trigger.n': { type: 'eq', pattern: 2 } } })
}

/** Lets the service die at the given write of its work on an event; false when it was done in fewer. */
async function dies(engine: Engine, dying: DyingStore, instance: TriggerInstance): Promise<boolean> {
  const running = await engine.start(['rulesengine']).catch(() => null)
  const end = await until(async () => {
    if (dying.isDead) return 'dead'
    const current = await engine.triggerInstances.get(instance.id)
    return current?.status === 'processed' ? 'done' : null
  })
  await running?.stop(0)
  return end === 'dead'
}

interface Rows {
  readonly enforcements: readonly RuleEnforcement[]
  readonly executions: readonly ExecutionDocument[]
}

/** What is there once another rules engine has taken over. */
async function recovered(engine: Engine, instance: TriggerInstance): Promise<Rows> {
  const running = await engine.start(['rulesengine'])
  expect((await processed(engine, instance)).status).toBe('processed')
  await running.stop(0)
  const all = await engine.executions.find({ limit: 1000 })
  return {
    enforcements: await enforcementsOf(engine, instance),
    executions: all.filter(({ trigger_instance }) => trigger_instance?.['id'] === instance.id),
  }
}

describe('a rules engine that is killed', () => {
  for (const when of ['before', 'after'] as const) {
    it(`at any write, right ${when} it is made, leaves one enforcement and one execution of each rule`, async () => {
      const stores: DyingStore[] = []
      await using test = await startTestEngine({
        services: [],
        wrapStore: (inner) => {
          stores.push(new DyingStore(inner))
          return stores[0]?.store ?? inner
        },
      })
      const { engine } = test
      const [dying] = stores
      if (dying === undefined) throw new Error('the store was not wrapped')
      await addRules(engine)
      let deaths = 0
      for (let write = 1; ; write++) {
        const instance = await ping(engine, { n: 1 })
        dying.dieAt(write, when)
        if (!(await dies(engine, dying, instance))) break
        deaths++
        dying.revive()
        const { enforcements, executions } = await recovered(engine, instance)
        expect(enforcements.map(({ rule, status }) => `${rule.ref} ${status}`).sort()).toEqual([
          'test.fires succeeded',
          'test.fires-too succeeded',
          'test.not-matched failed',
          'test.not-rendered failed',
        ])
        expect(executions.map((row) => `${String(row.rule?.['ref'])} ${row.status}`).sort()).toEqual([
          'test.fires requested',
          'test.fires-too requested',
          'test.not-rendered failed',
        ])
        const ids = enforcements.flatMap(({ execution_id: id }) => id ?? [])
        const fired = executions.filter(({ status }) => status === 'requested').map(({ id }) => id)
        expect(ids.sort()).toEqual(fired.sort())
        const failed = enforcements.find(({ rule }) => rule.ref === 'test.not-rendered')
        expect(failed?.failure_reason).toBe(`Failed to render parameter "note": 'dict object' has no attribute 'nope'`)
      }
      // The leases, a claim, three executions, four enforcements and the end of the instance at least.
      expect(deaths).toBeGreaterThanOrEqual(10)
    }, 60_000)
  }

  it('sets an instance aside that was taken up too often', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    await registerPing(engine)
    await addRule(engine, 'fires')
    const instance = await ping(engine, { n: 1 })
    for (let time = 0; time < 20; time++) await engine.triggerInstances.claimDue(10, -1)
    const running = await engine.start(['rulesengine'])
    expect((await processed(engine, instance)).status).toBe('processing_failed')
    expect(await enforcementsOf(engine, instance)).toEqual([])
    await running.stop(0)
  })
})
