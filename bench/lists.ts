// Pages with their total, gets and statistics through the API, at 1,000 and 100,000 stored executions (1,000,000 with --million).
// `node bench/lists.ts [--json] [--million]`
import { parseArgs } from 'node:util'
import { Connection, headerOf } from './support/connection.ts'
import { type BenchServer, headersOf, residentMb, startServer, temporaryFolder } from './support/server-process.ts'
import { median, rounded } from './support/statistics.ts'
import { fillWithExecutions, idOf, liveactionIdOf, sampleExecution, timestampOf } from './support/stored-executions.ts'

const RUNS = 25
/** Before anything is measured: code is compiled, pages of the file are in memory. */
const WARM_UPS = 5
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

/** Counts of what lists would show. */
function counts(size: number): Record<string, string> {
  return {
    'counted, all by day': 'interval=day',
    'counted, the last tenth by hour': `interval=hour&parent=null&timestamp_gt=${timestampOf(size * 0.9).slice(0, 19)}Z`,
    'counted, one action by day': 'interval=day&action=bench.action3',
    'counted, all by action': 'interval=day&by=action',
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
  const sample = await sampleExecution(folder.path)
  const sizes: Record<string, { pages: Record<string, Times>; get_ms: number; resident_mb: number; start_ms: number }> =
    {}
  let stored = 0
  for (const size of SIZES) {
    await fillWithExecutions(folder.path, sample, stored, size)
    stored = size
    await using server = await startServer(folder.path)
    sizes[size] = { ...(await atSize(server, size)), start_ms: Math.round(server.startMs) }
  }
  return { runs: RUNS, sizes, ratios: ratiosOf(sizes) }
}

async function atSize(server: BenchServer, size: number) {
  using connection = await Connection.open(server.url)
  const headers = headersOf(server)
  const { median_ms: get } = await timesOf(connection, `/api/v1/executions/${idOf(Math.floor(size / 2))}`, headers)
  const pages: Record<string, Times> = {}
  for (const [name, query] of Object.entries(queries(size))) {
    pages[name] = await timesOf(connection, `/api/v1/executions?limit=50&exclude_attributes=result&${query}`, headers)
  }
  for (const [name, query] of Object.entries(counts(size))) {
    pages[name] = await timesOf(connection, `/api/v1/executions/views/statistics?${query}`, headers)
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
