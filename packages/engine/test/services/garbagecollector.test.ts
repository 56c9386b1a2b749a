import { COLLECTIONS, executionOutputs, type ExecutionOutput, type StoredToken, tokens } from '@st2/model'
import { expect, it } from 'vitest'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { KeyValueStore } from '../../src/datastore/key-value-store.ts'
import { garbagecollector } from '../../src/services/garbagecollector.ts'
import { RecordingLog } from '../support/recording-log.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'
import { until } from '../support/test-engine.ts'

const DAY = 86_400_000

it('removes tokens that are over and old output, in batches, and nothing else', async () => {
  const log = new RecordingLog()
  const { store } = await openSqliteStore({ path: ':memory:', collections: COLLECTIONS, log })
  const clock = new SimulatedClock()
  const ids = systemIds()
  const token = (expiresAt: number): StoredToken => {
    const id = ids.next()
    return { id, user: 'ann', expiry: '', metadata: {}, service: false, token_hash: id, expires_at: expiresAt }
  }
  const output = (at: number): ExecutionOutput => ({
    id: ids.next(),
    execution_id: 'e',
    action_ref: 'core.local',
    runner_ref: 'local-shell-cmd',
    timestamp: new Date(at).toISOString().replace('Z', '000Z'),
    output_type: 'stdout',
    data: 'x',
  })
  await store.insert(tokens, ...Array.from({ length: 1200 }, () => token(clock.now())), token(clock.now() + 1))
  await store.insert(executionOutputs, output(clock.now() - 7 * DAY - 1), output(clock.now() - 7 * DAY))
  const running = await garbagecollector({
    store,
    keys: new KeyValueStore(store, clock),
    clock,
    log,
    settings: { collectionInterval: 600, outputTtlDays: 7 },
  }).start()
  await until(async () => (await store.count(tokens, [])) === 1)
  await until(async () => (await store.count(executionOutputs, [])) === 1)
  await running.stop(0)
  expect(log.lines).toEqual([])
  await store.close()
})
