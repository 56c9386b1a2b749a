import {
  type Action,
  COLLECTIONS,
  type ExecutionDocument,
  type ExecutionOutput,
  executionOutputs,
  executions as executionCollection,
  policySlots,
  type RuleEnforcement,
  ruleEnforcements,
  snapshots as snapshotCollection,
  type StoredToken,
  tokens,
  type TriggerInstance,
  triggerInstances,
} from '@st2/model'
import { describe, expect, it } from 'vitest'
import { InProcessBus } from '../../src/adapters/in-process/bus.ts'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { ActionStore } from '../../src/content/action-store.ts'
import { ContentChanges } from '../../src/content/content-changes.ts'
import { Sealer } from '../../src/datastore/encryption-key.ts'
import { KeyValueStore } from '../../src/datastore/key-value-store.ts'
import { ExecutionEvents } from '../../src/executions/execution-events.ts'
import { ExecutionStore } from '../../src/executions/execution-store.ts'
import { PolicySlotStore } from '../../src/executions/policies/slot-store.ts'
import { ResultStore } from '../../src/executions/result-store.ts'
import { SnapshotStore } from '../../src/executions/snapshot-store.ts'
import { timestampOf } from '../../src/ports/timestamp.ts'
import { COLLECT_GARBAGE, garbagecollector } from '../../src/services/garbagecollector.ts'
import { purgeOlder } from '../../src/services/purge-older.ts'
import { RecordingLog } from '../support/recording-log.ts'
import { settle, SimulatedClock } from '../support/simulated-clock.ts'
import { until } from '../support/test-engine.ts'

const DAY = 86_400_000
const ids = systemIds()

async function openWorld(overrides: Record<string, string> = {}) {
  const log = new RecordingLog()
  const { store, blobs } = await openSqliteStore({ path: ':memory:', collections: COLLECTIONS, log })
  const clock = new SimulatedClock()
  const bus = new InProcessBus({ log })
  const events = new ExecutionEvents(bus)
  const deps = {
    store,
    events,
    results: new ResultStore(blobs, 100, clock, new Sealer({ aes: Buffer.alloc(32), hmac: Buffer.alloc(32) }, ids)),
    slots: new PolicySlotStore(store),
    snapshots: new SnapshotStore(store),
    actions: new ActionStore(store, new ContentChanges(bus)),
    executions: new ExecutionStore(store, events, clock),
    keys: new KeyValueStore(store, clock),
    bus,
    clock,
    log,
    settings: loadConfig({ files: [], env: {}, overrides }).config.garbagecollector,
  }
  return { ...deps, deps, blobs, [Symbol.asyncDispose]: () => store.close() }
}

type World = Awaited<ReturnType<typeof openWorld>>

/** Starts a collector and lets it pass over its pauses until the condition holds. */
async function collectUntil(world: World, condition: () => Promise<boolean>): Promise<void> {
  const running = await garbagecollector(world.deps).start()
  await until(async () => {
    await world.clock.advance(2000)
    return condition()
  })
  await running.stop(0)
}

function execution(world: World, daysAgo: number, changes: Partial<ExecutionDocument> = {}): ExecutionDocument {
  const timestamp = timestampOf(
    world.clock.now() - daysAgo * DAY - ids.bytes(2).reduce((sum, byte) => sum * 256 + byte, 0),
  )
  return {
    id: ids.next(),
    rev: 1,
    liveaction_id: ids.next(),
    status: 'succeeded',
    action_ref: 'test.act',
    runner_name: 'noop',
    action_snapshot: 'a',
    runner_snapshot: 'r',
    action_is_workflow: false,
    start_timestamp: timestamp,
    end_timestamp: timestamp,
    parameters: {},
    context: {},
    log: [],
    ...changes,
  }
}

function output(world: World, daysAgo: number, executionId = 'e'): ExecutionOutput {
  return {
    id: ids.next(),
    execution_id: executionId,
    action_ref: 'core.local',
    runner_ref: 'local-shell-cmd',
    timestamp: timestampOf(world.clock.now() - daysAgo * DAY),
    output_type: 'stdout',
    data: 'x',
  }
}

describe('the garbage collector', () => {
  it('removes tokens that are over and old output, in batches, and nothing else', async () => {
    await using world = await openWorld()
    const { store, clock } = world
    const token = (expiresAt: number): StoredToken => {
      const id = ids.next()
      return { id, user: 'ann', expiry: '', metadata: {}, service: false, token_hash: id, expires_at: expiresAt }
    }
    const later = token(clock.now() + DAY)
    await store.insert(tokens, ...Array.from({ length: 1200 }, () => token(clock.now())), later)
    await store.insert(executionOutputs, output(world, 7.001), output(world, 6.9))
    await store.insert(executionCollection, execution(world, 1000))
    await collectUntil(world, async () => (await store.count(tokens, [])) === 1)
    expect(await store.count(executionOutputs, [])).toBe(1)
    expect(await store.count(executionCollection, [])).toBe(1)
    expect(world.log.lines.filter(({ level }) => level !== 'info')).toEqual([])
  })

  it('removes what has a time to live and is older, and keeps what is not done', async () => {
    await using world = await openWorld({
      'garbagecollector.trigger_instances_ttl': '2',
      'garbagecollector.rule_enforcements_ttl': '3',
      'garbagecollector.tokens_ttl': '4',
    })
    const { store, clock } = world
    const instance = (daysAgo: number, due_at?: number): TriggerInstance => ({
      id: ids.next(),
      rev: 0,
      trigger: 't',
      occurrence_time: timestampOf(clock.now() - daysAgo * DAY),
      payload: {},
      status: due_at === undefined ? 'processed' : 'pending',
      ...(due_at === undefined ? {} : { due_at }),
    })
    const enforcement = (daysAgo: number): RuleEnforcement => ({
      id: ids.next(),
      trigger_instance_id: 'i',
      rule: { id: 'r', ref: 'r', uid: 'r' },
      enforced_at: timestampOf(clock.now() - daysAgo * DAY),
      status: 'succeeded',
    })
    const token = (daysAgo: number): StoredToken => {
      const id = ids.next()
      const expires_at = clock.now() - daysAgo * DAY
      return { id, user: 'ann', expiry: '', metadata: {}, service: false, token_hash: id, expires_at }
    }
    const [young, due] = [instance(1.9), instance(9, 1)]
    await store.insert(triggerInstances, instance(2.1), young, due)
    await store.insert(ruleEnforcements, enforcement(3.1), enforcement(2.9))
    await store.insert(tokens, token(4.1), token(3.9))
    await collectUntil(world, async () => (await store.count(ruleEnforcements, [])) === 1)
    expect((await store.find(triggerInstances, {})).map(({ id }) => id)).toEqual([young.id, due.id])
    expect(await store.count(tokens, [])).toBe(1)
  })

  it('removes old executions with output and results, but not those abandoned, unfinished, or with work left', async () => {
    await using world = await openWorld({ 'garbagecollector.action_executions_ttl': '10' })
    const { store, results, blobs } = world
    const large = async (text: string) => results.keep({ text: text.repeat(300) })
    const [alone, shared] = [await large('a'), await large('b')]
    const old = Array.from({ length: 450 }, () => execution(world, 20))
    const kept = [
      execution(world, 9),
      execution(world, 20, { status: 'abandoned' }),
      execution(world, 20, { status: 'running', end_timestamp: undefined }),
      execution(world, 20, { end_timestamp: timestampOf(world.clock.now()) }),
      execution(world, 20, { post_completion: 'due' }),
      execution(world, 1, shared),
    ]
    const withResults = [execution(world, 20, alone), execution(world, 20, shared), execution(world, 20, shared)]
    await store.insert(executionCollection, ...old, ...kept, ...withResults)
    await store.insert(executionOutputs, output(world, 1, old[3]?.id), output(world, 1, kept[0]?.id))
    // By now nobody is about to name what was put.
    await world.clock.advance(200_000)
    await collectUntil(world, async () => (await store.count(executionCollection, [])) === kept.length)
    const left = await store.find(executionCollection, {})
    expect(left.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort())
    expect(await store.count(executionOutputs, [])).toBe(1)
    expect(await blobs.open(alone.result_blob ?? '')).toBeNull()
    expect(await results.load(shared)).toEqual({ text: 'b'.repeat(300) })
  })

  it('keeps a result that was put while its twin is removed', async () => {
    await using world = await openWorld()
    const { store, results } = world
    const kept = await results.keep({ text: 'x'.repeat(300) })
    const old = execution(world, 20, kept)
    await store.insert(executionCollection, old)
    await world.clock.advance(200_000)
    const purged = purgeOlder(world.deps, { kind: 'executions', before: world.clock.now() })
    const again = results.keep({ text: 'x'.repeat(300) })
    await Promise.all([purged, again])
    expect(await results.load(await again)).toEqual({ text: 'x'.repeat(300) })
  })

  it('removes snapshots of former actions that no execution names, at the second look', async () => {
    await using world = await openWorld()
    const { store, snapshots, actions } = world
    const action = (description: string): Action => ({
      id: '1'.repeat(24),
      ref: 'test.act',
      uid: 'action:test:act',
      name: 'act',
      pack: 'test',
      description,
      enabled: true,
      runner_type: 'noop',
      entry_point: '',
      parameters: {},
      output_schema: {},
      tags: [],
      notify: {},
      metadata_file: '',
    })
    await actions.create(action('now'))
    const current = await snapshots.keep((await actions.findByRef('test.act')) ?? action('now'))
    const named = await snapshots.keep(action('named'))
    const unnamed = await snapshots.keep(action('unnamed'))
    await store.insert(executionCollection, execution(world, 1, { action_snapshot: named }))
    await collectUntil(world, async () => (await store.count(snapshotCollection, [])) === 2)
    expect((await store.find(snapshotCollection, {})).map(({ id }) => id).sort()).toEqual([current, named].sort())
    expect(await snapshots.keep(action('unnamed'))).toBe(unnamed)
    expect(await store.get(snapshotCollection, unnamed)).not.toBeNull()
  })

  it('gives back slots of executions that are gone', async () => {
    await using world = await openWorld()
    const there = execution(world, 1, { status: 'running' })
    await world.store.insert(executionCollection, there)
    const slot = (number: number, id: string) => {
      return { id: `p:all:${number}`, policy: 'p', queue: 'p:all', execution: id, ticket: 1 }
    }
    await world.slots.take([slot(0, there.id), slot(1, 'f'.repeat(24))])
    await collectUntil(world, async () => (await world.store.count(policySlots, [])) === 1)
    expect((await world.slots.ofPolicy('p')).map(({ execution: id }) => id)).toEqual([there.id])
  })

  it('goes on with the other kinds when one fails, and begins a round when told to', async () => {
    await using world = await openWorld()
    const { store, clock } = world
    const broken = {
      ...world.deps,
      slots: new PolicySlotStore({ ...store, find: () => Promise.reject(new Error('lost')) }),
    }
    const running = await garbagecollector(broken).start()
    await until(async () => {
      await clock.advance(2000)
      return world.log.lines.some(({ message }) => message.startsWith('one kind of garbage'))
    })
    await store.insert(executionOutputs, output(world, 8))
    world.bus.broadcast(COLLECT_GARBAGE, null)
    // Well before the next round would be due.
    for (let step = 0; step < 100 && (await store.count(executionOutputs, [])) > 0; step++) await clock.advance(2000)
    expect(await store.count(executionOutputs, [])).toBe(0)
    await running.stop(0)
  })

  it('refuses to start with a time to live below a day', async () => {
    await using world = await openWorld({ 'garbagecollector.trigger_instances_ttl': '-1' })
    await expect(garbagecollector(world.deps).start()).rejects.toThrow(
      'Minimum possible TTL for trigger_instances_ttl in days is 1',
    )
  })

  it('stops in the middle of a pause', async () => {
    await using world = await openWorld()
    const running = await garbagecollector(world.deps).start()
    await until(() => world.clock.pendingTimers > 0)
    await running.stop(0)
    await settle()
    expect(world.clock.pendingTimers).toBe(0)
  })
})

describe('a purge of executions', () => {
  it('takes one action, and the unfinished as well, when told to', async () => {
    await using world = await openWorld()
    const { store } = world
    const others = [execution(world, 20, { action_ref: 'test.other' }), execution(world, 1)]
    const running = execution(world, 20, { status: 'running', end_timestamp: undefined })
    await store.insert(executionCollection, ...others, running, execution(world, 20, { status: 'abandoned' }))
    await world.slots.take([{ id: 'p:all:0', policy: 'p', queue: 'p:all', execution: running.id, ticket: 1 }])
    const purge = { kind: 'executions', before: world.clock.now() - 10 * DAY, actionRef: 'test.act' } as const
    expect(await purgeOlder(world.deps, purge)).toEqual({ removed: 0, next: null })
    expect(await purgeOlder(world.deps, { ...purge, includesIncomplete: true })).toEqual({ removed: 2, next: null })
    expect((await store.find(executionCollection, {})).map(({ id }) => id).sort()).toEqual(
      others.map(({ id }) => id).sort(),
    )
    expect(await store.count(policySlots, [])).toBe(0)
  })
})
