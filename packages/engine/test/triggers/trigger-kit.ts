import { COLLECTIONS, type TriggerInstance } from '@st2/model'
import { InProcessBus } from '../../src/adapters/in-process/bus.ts'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import type { Bus } from '../../src/ports/bus.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Store } from '../../src/ports/store.ts'
import { acquireTrigger } from '../../src/triggers/acquire-trigger.ts'
import { internalTriggerTypes } from '../../src/triggers/internal-trigger-types.ts'
import { registerTriggerType } from '../../src/triggers/register-trigger-type.ts'
import type { TriggerDeps } from '../../src/triggers/trigger-deps.ts'
import { openTriggerStores } from '../../src/triggers/trigger-stores.ts'
import { RecordingLog } from '../support/recording-log.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

export interface TriggerKit<C extends Clock = SimulatedClock> extends AsyncDisposable {
  readonly store: Store
  readonly bus: Bus
  readonly clock: C
  readonly log: RecordingLog
  readonly deps: TriggerDeps
  /** How often the rules engine was woken. */
  readonly wakes: { count: number }
  /** Another process on the same store and bus. */
  other(): Promise<TriggerDeps>
  /** As a rule would, of one of the platform's own types. */
  acquire(type: string, parameters: Record<string, unknown>): ReturnType<typeof acquireTrigger>
  /** Of a trigger, or all; oldest first. */
  instances(trigger?: string): Promise<TriggerInstance[]>
}

export async function openTriggerKit(more: Partial<Omit<TriggerDeps, 'clock'>> = {}): Promise<TriggerKit> {
  return openTriggerKitAt(new SimulatedClock(), more)
}

export async function openTriggerKitAt<C extends Clock>(
  clock: C,
  more: Partial<Omit<TriggerDeps, 'clock'>> = {},
): Promise<TriggerKit<C>> {
  const log = new RecordingLog()
  const { store } = await openSqliteStore({ path: ':memory:', collections: COLLECTIONS, log })
  const bus = new InProcessBus({ log })
  const wakes = { count: 0 }
  const open = async (): Promise<TriggerDeps> => ({
    ...(await openTriggerStores({ store, bus, clock })),
    clock,
    ids: systemIds(() => clock.now()),
    log,
    settings: { validateTriggerParameters: true, validateTriggerPayload: true },
    mayMatch: () => true,
    wakeRulesengine: () => {
      wakes.count += 1
    },
    ...more,
  })
  const deps = await open()
  for (const type of internalTriggerTypes({ hasActionTrigger: true })) await registerTriggerType(deps, type)
  return {
    store,
    bus,
    clock,
    log,
    deps,
    wakes,
    other: open,
    async acquire(type, parameters) {
      const known = await deps.triggerTypes.findByRef(type)
      if (known === null) throw new Error(`no trigger type ${type}`)
      return acquireTrigger(deps, known, parameters)
    },
    instances: (trigger) =>
      deps.triggerInstances.find({
        filter: trigger === undefined ? [] : [{ field: 'trigger', op: 'eq', value: trigger }],
        order: [{ field: 'occurrence_time', direction: 'asc' }],
      }),
    async [Symbol.asyncDispose]() {
      await bus.close()
      await store.close()
    },
  }
}
