import { join } from 'node:path'
import { openSqliteStore, type Store } from '@st2/engine'
import { COLLECTIONS, type ExecutionDocument, executions } from '@st2/model'
import { Connection } from './connection.ts'
import { headersOf, startServer } from './server-process.ts'

const BATCH = 2000
const FIRST_START_MS = Date.parse('2026-01-01T00:00:00Z')
const QUIET = { debug: silent, info: silent, warn: console.warn, error: console.error }

/** One execution that a server made itself: others can be like it, and name its snapshots. It is not kept. */
export async function sampleExecution(folder: string): Promise<ExecutionDocument> {
  {
    await using server = await startServer(folder)
    using connection = await Connection.open(server.url)
    await connection.ask('POST', '/api/v1/executions', headersOf(server), '{"action":"core.noop"}')
  }
  return withStore(folder, async (store) => {
    const [sample] = await store.find(executions, { limit: 1 })
    if (sample === undefined) throw new Error('the server kept no execution')
    await store.remove(executions, [{ field: 'id', op: 'eq', value: sample.id }], 1)
    return sample
  })
}

/** Puts the executions `from` to `to` into the store of a folder whose server is down. */
export async function fillWithExecutions(
  folder: string,
  sample: ExecutionDocument,
  from: number,
  to: number,
): Promise<void> {
  await withStore(folder, async (store) => {
    for (let first = from; first < to; first += BATCH) {
      const count = Math.min(BATCH, to - first)
      await store.insert(executions, ...Array.from({ length: count }, (_, index) => executionOf(sample, first + index)))
    }
  })
}

export function idOf(number: number): string {
  return number.toString(16).padStart(24, '0')
}

export function liveactionIdOf(number: number): string {
  return `f${number.toString(16).padStart(23, '0')}`
}

/** One a second. */
export function timestampOf(number: number): string {
  return new Date(FIRST_START_MS + Math.floor(number) * 1000).toISOString().replace('Z', '000Z')
}

async function withStore<T>(folder: string, use: (store: Store) => Promise<T>): Promise<T> {
  const path = join(folder, 'data', 'st2.sqlite')
  const { store } = await openSqliteStore({ path, collections: COLLECTIONS, log: QUIET })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

function executionOf(sample: ExecutionDocument, number: number): ExecutionDocument {
  const start = timestampOf(number)
  const byRule = number % 10 === 0
  return {
    ...sample,
    id: idOf(number),
    liveaction_id: liveactionIdOf(number),
    status: number % 20 === 1 ? 'failed' : number % 500 === 2 ? 'timeout' : 'succeeded',
    action_ref: number % 3 === 0 ? 'core.noop' : `bench.action${number % 50}`,
    runner_name: number % 2 === 0 ? 'noop' : 'local-shell-cmd',
    start_timestamp: start,
    end_timestamp: start,
    parameters: { number: String(number % 1000), text: 'some words that a command might have' },
    context: { ...sample.context, user: `user${number % 7}` },
    result: { stdout: 'line '.repeat(20), return_code: 0 },
    ...(number % 5 === 4 ? { parent: idOf(number - (number % 1000)) } : {}),
    ...(byRule ? originOf(number) : {}),
  }
}

function originOf(number: number): Pick<ExecutionDocument, 'rule' | 'trigger' | 'trigger_type' | 'trigger_instance'> {
  return {
    rule: { id: idOf(1), name: `rule${number % 40}` },
    trigger: { id: idOf(2), name: `trigger${number % 30}` },
    trigger_type: { id: idOf(3), name: `type${number % 4}` },
    trigger_instance: { id: idOf(number) },
  }
}

function silent(): void {
  // Only what goes wrong is of interest.
}
