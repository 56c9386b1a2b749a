// Pages with their total, and gets, through the API, at 1,000 and 100,000 stored executions (1,000,000 with --million).
// `node bench/lists.ts [--json] [--million]`
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openSqliteStore, type Store } from '@st2/engine'
import { COLLECTIONS, type ExecutionDocument, executions } from '@st2/model'
import { Connection, headerOf } from './support/connection.ts'
import { type BenchServer, residentMb, startServer, temporaryFolder } from './support/server-process.ts'
import { median, rounded } from './support/statistics.ts'

const RUNS = 25
/** Before anything is measured: code is compiled, pages of the file are in memory. */
const WARM_UPS = 5
const BATCH = 2000
const FIRST_START_MS = Date.parse('2026-01-01T00:00:00Z')
const QUIET = { debug: silent, info: silent, warn: console.warn, error: console.error }
const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, million: { type: 'boolean', default: false } },
})
const SIZES = options.million ? [1000, 100_000, 1_000_000] : [1000, 100_000]

/** Every filter that executions have. @source rest-api.md 7.4 */
function queries(size: number): Record<string, string> {
  const middle = timestampOf(size / 2).slice(0, 19)
  const soon = timestampOf(size / 2 + 100).slice(0, 19)
  return {
    none: '',
    status: 'status=succeeded',
    'rare status': 'status=timeout',
    action: 'action=bench.action3',
    'action and status': 'action=bench.action3&status=failed',
    runner: 'runner=noop',
    user: 'user=user2',
    'top level': 'parent=null',
    children: `parent=${idOf(0)}`,
    id: `id=${idOf(1)},${idOf(2)},${idOf(3)}`,
    liveaction: `liveaction=${liveactionIdOf(77)}`,
    rule: 'rule=rule10',
    trigger: 'trigger=trigger10',
    trigger_type: 'trigger_type=type2',
    trigger_instance: `trigger_instance=${idOf(70)}`,
    timestamp_gt: `timestamp_gt=${middle}Z`,
    timestamp_lt: `timestamp_lt=${middle}Z`,
    'timestamp range': `timestamp=${middle}Z..${soon}Z`,
    'oldest first': 'sort_asc=True',
    'far offset': `offset=${Math.floor(size * 0.9)}`,
    'filter by header': 'filter=context.user:user2%20status:failed',
    'filter by body': 'filter=parameters.number:42',
    'filter by body, never there': 'filter=parameters.number:nothing',
  }
}

interface Times {
  readonly median_ms: number
  readonly worst_ms: number
  /** Negative: the status of an answer that was none of 200. */
  readonly total: number
}

async function measure() {
  using folder = temporaryFolder()
  const sample = await firstExecution(folder.path)
  const sizes: Record<string, { pages: Record<string, Times>; get_ms: number; resident_mb: number; start_ms: number }> =
    {}
  let stored = 0
  for (const size of SIZES) {
    await fill(folder.path, sample, stored, size)
    stored = size
    await using server = await startServer(folder.path)
    sizes[size] = { ...(await atSize(server, size)), start_ms: Math.round(server.startMs) }
  }
  return { runs: RUNS, sizes, ratios: ratiosOf(sizes) }
}

/** One execution that the server made itself: the others are like it, and name its snapshots. */
async function firstExecution(folder: string): Promise<ExecutionDocument> {
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

async function withStore<T>(folder: string, use: (store: Store) => Promise<T>): Promise<T> {
  const path = join(folder, 'data', 'st2.sqlite')
  const { store } = await openSqliteStore({ path, collections: COLLECTIONS, log: QUIET })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

async function fill(folder: string, sample: ExecutionDocument, from: number, to: number): Promise<void> {
  await withStore(folder, async (store) => {
    for (let first = from; first < to; first += BATCH) {
      const count = Math.min(BATCH, to - first)
      await store.insert(executions, ...Array.from({ length: count }, (_, index) => executionOf(sample, first + index)))
    }
  })
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

function idOf(number: number): string {
  return number.toString(16).padStart(24, '0')
}

function liveactionIdOf(number: number): string {
  return `f${number.toString(16).padStart(23, '0')}`
}

/** One a second. */
function timestampOf(number: number): string {
  return new Date(FIRST_START_MS + Math.floor(number) * 1000).toISOString().replace('Z', '000Z')
}

function headersOf(server: BenchServer): string {
  return `X-Auth-Token: ${server.token}\r\n`
}

async function atSize(server: BenchServer, size: number) {
  using connection = await Connection.open(server.url)
  const headers = headersOf(server)
  const { median_ms: get } = await timesOf(connection, `/api/v1/executions/${idOf(Math.floor(size / 2))}`, headers)
  const pages: Record<string, Times> = {}
  for (const [name, query] of Object.entries(queries(size))) {
    pages[name] = await timesOf(connection, `/api/v1/executions?limit=50&exclude_attributes=result&${query}`, headers)
  }
  return { pages, get_ms: get, resident_mb: residentMb(server) }
}

async function timesOf(connection: Connection, path: string, headers: string): Promise<Times> {
  const times: number[] = []
  let total = 0
  for (let run = -WARM_UPS; run < RUNS; run++) {
    const askedAt = performance.now()
    const reply = await connection.ask('GET', path, headers)
    if (reply.status !== 200) return { median_ms: Number.NaN, worst_ms: Number.NaN, total: -reply.status }
    if (run >= 0) times.push(performance.now() - askedAt)
    total = Number(headerOf(reply, 'x-total-count') ?? 1)
  }
  return { median_ms: rounded(median(times)), worst_ms: rounded(Math.max(...times)), total }
}

/** What a page and a get cost at each size, against the smallest. */
function ratiosOf(sizes: Readonly<Record<string, { pages: Record<string, Times>; get_ms: number }>>) {
  const smallest = sizes[SIZES[0] ?? 0]
  return Object.fromEntries(
    SIZES.slice(1).map((size) => {
      const here = sizes[size]
      const page = (here?.pages['none']?.median_ms ?? 0) / (smallest?.pages['none']?.median_ms ?? 1)
      const get = (here?.get_ms ?? 0) / (smallest?.get_ms ?? 1)
      return [size, { page_with_total: rounded(page), get: rounded(get) }]
    }),
  )
}

function silent(): void {
  // Only what goes wrong is of interest.
}

const figures = await measure()
if (options.json) console.log(JSON.stringify(figures))
else print()

function print(): void {
  for (const [size, { pages, get_ms: get, resident_mb: resident, start_ms: start }] of Object.entries(figures.sizes)) {
    console.log(`\n${size} executions: get ${get} ms, start ${start} ms, resident ${resident} MB`)
    for (const [name, { median_ms: middle, worst_ms: worst, total }] of Object.entries(pages)) {
      console.log(
        `  ${name.padEnd(30)} ${String(middle).padStart(9)} ms  worst ${String(worst).padStart(9)}  total ${total}`,
      )
    }
  }
  console.log(`\nratios to ${SIZES[0]}: ${JSON.stringify(figures.ratios)}`)
}
