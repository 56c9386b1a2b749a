import {
  COLLECTIONS,
  type ExecutionDocument,
  executions as executionCollection,
  isCompleted,
  policies as policyCollection,
  type Policy,
  policySlots,
} from '@st2/model'
import { describe, expect, it } from 'vitest'
import { InProcessBus } from '../../src/adapters/in-process/bus.ts'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { ContentChanges } from '../../src/content/content-changes.ts'
import { Sealer } from '../../src/datastore/encryption-key.ts'
import { ExecutionEvents } from '../../src/executions/execution-events.ts'
import { executionEnds } from '../../src/executions/execution-ends.ts'
import { ExecutionStore } from '../../src/executions/execution-store.ts'
import { EndedInbox } from '../../src/executions/notify/ended-inbox.ts'
import { LimitedScheduling } from '../../src/executions/policies/limited-scheduling.ts'
import { NEW_TO_POLICIES } from '../../src/executions/policies/policy-queues.ts'
import { PolicyStore } from '../../src/executions/policies/policy-store.ts'
import { QueueNaming } from '../../src/executions/policies/queue-naming.ts'
import { PolicySlotStore } from '../../src/executions/policies/slot-store.ts'
import type { Store } from '../../src/ports/store.ts'
import { Interleaving, seededRandom, type SimulatedProcess } from '../support/interleaving.ts'
import { RecordingLog } from '../support/recording-log.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const KEY = { aes: Buffer.alloc(32, 1), hmac: Buffer.alloc(32, 2) }
const ids = systemIds()
const clock = new SimulatedClock()
const PLAIN: Policy = policy('plain', 'action.concurrency', { threshold: 3, action: 'delay' })
const BY_HOST: Policy = policy('by_host', 'action.concurrency.attr', {
  threshold: 1,
  action: 'delay',
  attributes: ['host'],
})

function policy(name: string, type: string, parameters: Record<string, unknown>): Policy {
  return {
    id: ids.next(),
    uid: `policy:test:${name}`,
    ref: `test.${name}`,
    name,
    pack: 'test',
    enabled: true,
    resource_ref: 'test.act',
    policy_type: type,
    parameters,
    metadata_file: '',
  }
}

function execution(host: string, changes: Partial<ExecutionDocument> = {}): ExecutionDocument {
  const timestamp = clock.timestamp()
  return {
    id: ids.next(),
    rev: 1,
    liveaction_id: ids.next(),
    status: 'requested',
    action_ref: 'test.act',
    runner_name: 'noop',
    action_snapshot: '',
    runner_snapshot: '',
    action_is_workflow: false,
    start_timestamp: timestamp,
    parameters: { host },
    context: {},
    log: [{ timestamp, status: 'requested' }],
    due_at: clock.now(),
    policy_queue: NEW_TO_POLICIES,
    ...changes,
  }
}

interface Scheduler {
  readonly process: SimulatedProcess
  readonly executions: ExecutionStore
  readonly policies: PolicyStore
  readonly limited: LimitedScheduling
  /** Rounds under way: none, or one. */
  isBusy: boolean
}

/** A server process as far as scheduling goes. */
async function startScheduler(store: Store, process: SimulatedProcess): Promise<Scheduler> {
  const log = new RecordingLog()
  const bus = new InProcessBus({ log })
  const policies = await PolicyStore.open(store, new ContentChanges(bus), log)
  const slots = new PolicySlotStore(store)
  const ends = executionEnds({
    policies,
    slots,
    actionTrigger: { isEnabled: false, statuses: [], mayMatch: () => true },
    wakeScheduler: (freed) => limited.freed(freed),
    inbox: new EndedInbox(),
    wakeNotifier: () => undefined,
    workflowInbox: { put: () => undefined },
    log,
  })
  const executions = new ExecutionStore(store, new ExecutionEvents(bus), clock, ends)
  const queueNaming = new QueueNaming(KEY, new Sealer(KEY, ids))
  const limited = new LimitedScheduling({ executions, slots, policies, queueNaming, clock, log, batchSize: 8 })
  return { process, executions, policies, limited, isBusy: false }
}

async function round(scheduler: Scheduler, isSweep: boolean): Promise<void> {
  const book = await scheduler.limited.takeUpPolicies()
  await scheduler.executions.claimForScheduling(8, book.limitedActions)
  await scheduler.limited.round(book, isSweep)
}

function activeIn(documents: readonly ExecutionDocument[]): ExecutionDocument[] {
  return documents.filter(({ status }) => status === 'scheduled' || status === 'running' || status === 'canceling')
}

function openMemory() {
  return openSqliteStore({ path: ':memory:', collections: COLLECTIONS, log: new RecordingLog() })
}

const SEEDS = Number(process.env['ST2_TEST_SEEDS'] ?? 30)

describe('several schedulers, killed anywhere', () => {
  it.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
    'never let more run than the thresholds say, and forget nobody (seed %i)',
    async (seed) => {
      const { store } = await openMemory()
      const random = seededRandom(seed)
      await store.insert(policyCollection, PLAIN, BY_HOST)
      const check = async (): Promise<void> => {
        const active = activeIn(await store.find(executionCollection, { limit: 1000 }))
        expect(active.length, 'of the action').toBeLessThanOrEqual(3)
        const hosts = active.map(({ parameters }) => parameters['host'])
        expect(new Set(hosts).size, 'of one host').toBe(hosts.length)
      }
      const interleaving = new Interleaving(store, random, check)
      const schedulers: Scheduler[] = []
      const begin = async (): Promise<void> => {
        const process = { isKilled: false, callsToLive: null }
        const starting = startScheduler(interleaving.storeFor(process), process)
        await interleaving.drain()
        schedulers.push(await starting)
      }
      for (let count = 0; count < 3; count++) await begin()
      const outside = new ExecutionStore(
        store,
        new ExecutionEvents(new InProcessBus({ log: new RecordingLog() })),
        clock,
      )

      for (let turn = 0; turn < 250; turn++) {
        const scheduler = schedulers[random(schedulers.length)]
        if (scheduler === undefined) throw new Error('no scheduler')
        switch (random(9)) {
          case 0:
            if (turn < 150) await outside.insert(execution(`h${random(4)}`))
            break
          case 1: {
            const [running] = await store.find(executionCollection, {
              filter: [{ field: 'status', op: 'eq', value: 'running' }],
              limit: 1,
            })
            // Ended by a process that may be killed before it gives back what the execution held.
            if (running !== undefined) {
              void scheduler.executions.change(running.id, ({ status }) => {
                return isCompleted(status) ? null : { status: 'succeeded' }
              })
            }
            break
          }
          case 2: {
            const all = await store.find(executionCollection, { limit: 1000 })
            const chosen = all[random(Math.max(1, all.length))]
            if (chosen !== undefined) {
              void scheduler.executions.change(chosen.id, ({ status }) => {
                return status === 'requested' || status === 'delayed' ? { status: 'canceled' } : null
              })
            }
            break
          }
          case 3:
            await outside.claimForRunning(2, 'test:1', { hostname: 'h', pid: 1 })
            await check()
            break
          case 4:
            if (random(4) === 0) scheduler.process.callsToLive ??= random(12)
            // Every other run the threshold changes, below what it was at first.
            if (seed % 2 === 0 && random(3) === 0) {
              await store.put(policyCollection, { ...PLAIN, parameters: { threshold: 1 + random(3), action: 'delay' } })
              for (const { policies } of schedulers) void policies.readBook()
            }
            break
          default:
            if (!scheduler.isBusy) {
              scheduler.isBusy = true
              void round(scheduler, random(3) === 0).then(() => (scheduler.isBusy = false))
            }
        }
        for (let steps = random(12); steps > 0; steps--) await interleaving.step()
        for (const [place, { process }] of schedulers.entries()) {
          if (!process.isKilled) continue
          schedulers.splice(place, 1)
          await begin()
          break
        }
      }

      await interleaving.drain()
      const last = await startScheduler(store, { isKilled: false, callsToLive: null })
      for (let tries = 0; tries < 300; tries++) {
        await round(last, true)
        await outside.claimForRunning(100, 'test:1', { hostname: 'h', pid: 1 })
        await check()
        const all = await store.find(executionCollection, { limit: 1000 })
        const [running] = activeIn(all)
        if (running === undefined && all.every(({ status }) => isCompleted(status))) break
        if (running !== undefined) await last.executions.change(running.id, () => ({ status: 'succeeded' }))
      }
      const all = await store.find(executionCollection, { limit: 1000 })
      expect(all.filter(({ status }) => !isCompleted(status))).toEqual([])
      await round(last, true)
      expect(await store.find(policySlots, {})).toEqual([])
      await store.close()
    },
  )
})
