// What the embedded store costs: writes by 1, 8 and 64 callers, and reads at 1,000 to 1,000,000 executions.
// `node bench/store.ts [--json] [--sizes 1000,100000,1000000] [--seconds 2]`
import { mkdtempSync, openSync, fsyncSync, rmSync, statSync, writeSync, closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openSqliteStore, type Filter, type Store } from '@st2/engine'
import { COLLECTIONS, executions, type ExecutionDocument } from '@st2/model'

interface WriteFigures {
  readonly callers: number
  readonly inserts_per_s: number
  readonly cycles_per_s: number
  /** Processor time per insert + 2 claims + replace, µs: of the calling thread, and of the store's threads. */
  readonly caller_us_per_cycle: number
  readonly store_us_per_cycle: number
  readonly loop_delay_p99_ms: number
}

interface ReadFigures {
  readonly executions: number
  readonly file_mb: number
  /** Median and worst of the runs, ms, by filter. */
  readonly pages: Record<string, readonly [median: number, worst: number]>
  readonly counts: Record<string, readonly [median: number, worst: number]>
  readonly get_ms: number
}

const CALLERS = [1, 8, 64]
const RUNS = 15
const ROUND = 100
const NEWEST_FIRST = [{ field: 'start_timestamp', direction: 'desc' }] as const
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '1000,100000,1000000' },
    seconds: { type: 'string', default: '2' },
  },
})

const FILTERS: Record<string, Filter> = {
  none: [],
  status: [{ field: 'status', op: 'eq', value: 'succeeded' }],
  'rare status': [{ field: 'status', op: 'eq', value: 'failed' }],
  'two statuses': [{ field: 'status', op: 'in', value: ['failed', 'timeout'] }],
  action: [{ field: 'action', op: 'eq', value: 'core.action7' }],
  'action and status': [
    { field: 'action', op: 'eq', value: 'core.action7' },
    { field: 'status', op: 'eq', value: 'failed' },
  ],
  runner: [{ field: 'runner', op: 'eq', value: 'runner1' }],
  user: [{ field: 'user', op: 'eq', value: 'user3' }],
  'top level': [{ field: 'parent', op: 'eq', value: null }],
  children: [{ field: 'parent', op: 'eq', value: idOf(10) }],
  liveaction: [{ field: 'liveaction', op: 'eq', value: `live${idOf(77)}` }],
  rule: [{ field: 'rule', op: 'eq', value: 'rule2' }],
  trigger: [{ field: 'trigger', op: 'eq', value: 'trigger1' }],
  trigger_type: [{ field: 'trigger_type', op: 'eq', value: 'type1' }],
  trigger_instance: [{ field: 'trigger_instance', op: 'eq', value: 'instance42' }],
  'timestamp after': [{ field: 'start_timestamp', op: 'gt', value: timestampOf(500) }],
  'timestamp range': [
    { field: 'start_timestamp', op: 'gte', value: timestampOf(200) },
    { field: 'start_timestamp', op: 'lt', value: timestampOf(700) },
  ],
  'free path': [{ path: 'parameters.number', op: 'eq', value: 123 }],
}

const folder = mkdtempSync(join(tmpdir(), 'st2-bench-'))
try {
  const sync = syncCost()
  const writes: WriteFigures[] = []
  for (const callers of CALLERS) writes.push(await measureWrites(callers, Number(options.seconds) * 1_000))
  const reads: ReadFigures[] = []
  for (const size of options.sizes.split(',').filter((text) => text !== ''))
    reads.push(await measureReads(Number(size)))
  const rss = Math.round(process.memoryUsage().rss / 1024 / 1024)
  const one = writes[0]?.inserts_per_s ?? 0
  const report = {
    sync_us: sync,
    baseline_synced_writes_per_s: Math.round(1e6 / sync),
    inserts_to_baseline: round(one / (1e6 / sync)),
    writes,
    reads,
    rss_mb: rss,
  }
  if (options.json) console.log(JSON.stringify(report))
  else print(report)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A bare 4 KiB write with its sync, µs: what the disk allows one caller. */
function syncCost(): number {
  const file = openSync(join(folder, 'sync'), 'w')
  const block = Buffer.alloc(4_096, 1)
  const began = performance.now()
  for (let number = 0; number < 500; number++) {
    writeSync(file, block, 0, block.length, number * block.length)
    fsyncSync(file)
  }
  closeSync(file)
  return round(((performance.now() - began) / 500) * 1_000)
}

async function measureWrites(callers: number, ms: number): Promise<WriteFigures> {
  const { store, close } = await open(`writes-${callers}.db`)
  let next = 0
  await during(ms / 4, callers, () => store.insert(executions, executionOf(next++)))
  const inserts = await during(ms, callers, () => store.insert(executions, executionOf(next++)))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const caller = process.threadCpuUsage()
  const all = process.cpuUsage()
  const began = performance.now()
  const cycles = await during(ms, callers, () => liveOnce(store, next++))
  const callerUs = sum(process.threadCpuUsage(caller))
  const allUs = sum(process.cpuUsage(all))
  const took = performance.now() - began
  delay.disable()
  await close()
  return {
    callers,
    inserts_per_s: Math.round((inserts / ms) * 1_000),
    cycles_per_s: Math.round((cycles / took) * 1_000),
    caller_us_per_cycle: round(callerUs / cycles),
    store_us_per_cycle: round((allUs - callerUs) / cycles),
    loop_delay_p99_ms: round(delay.percentile(99) / 1e6),
  }
}

/** What an execution asks of the store: it is inserted, claimed to be scheduled, claimed to run, and finished. */
async function liveOnce(store: Store, number: number): Promise<void> {
  await store.insert(executions, { ...executionOf(number), status: 'requested', due_at: number })
  for (const [from, to] of [
    ['requested', 'scheduled'],
    ['scheduled', 'running'],
  ] as const) {
    const [claimed] = await store.claim(executions, {
      filter: [
        { field: 'status', op: 'eq', value: from },
        { field: 'due_at', op: 'lte', value: Number.MAX_SAFE_INTEGER },
      ],
      order: [{ field: 'due_at', direction: 'asc' }],
      limit: 1,
      patch: {
        set: { status: to, claimed_by: 'bench:1' },
        push: { log: { timestamp: timestampOf(number), status: to } },
      },
    })
    if (to === 'scheduled' || claimed === undefined) continue
    await store.replace(executions, { ...claimed, status: 'succeeded', due_at: undefined, claimed_by: undefined })
  }
}

async function measureReads(size: number): Promise<ReadFigures> {
  const name = `reads-${size}.db`
  const { store, close } = await open(name)
  for (let number = 0; number < size; number += 10 * ROUND) {
    const rounds = Array.from({ length: 10 }, (_none, place) => number + place * ROUND).filter((first) => first < size)
    await Promise.all(
      rounds.map((first) =>
        store.insert(
          executions,
          ...Array.from({ length: Math.min(ROUND, size - first) }, (_none, place) => executionOf(first + place)),
        ),
      ),
    )
  }
  const pages: Record<string, readonly [number, number]> = {}
  const counts: Record<string, readonly [number, number]> = {}
  for (const [filterName, filter] of Object.entries(FILTERS)) {
    const runs = filterName === 'free path' ? 3 : RUNS
    pages[filterName] = await timed(runs, () => store.find(executions, { filter, order: NEWEST_FIRST, limit: 50 }))
    counts[filterName] = await timed(runs, () => store.count(executions, filter))
  }
  pages['offset half'] = await timed(3, () =>
    store.find(executions, { order: NEWEST_FIRST, limit: 50, offset: Math.floor(size / 2) }),
  )
  const [get] = await timed(200, () => store.get(executions, idOf(Math.floor(Math.random() * size))))
  await close()
  const fileMb = Math.round(statSync(join(folder, name)).size / 1024 / 1024)
  rmSync(join(folder, name))
  return { executions: size, file_mb: fileMb, pages, counts, get_ms: get }
}

async function open(name: string): Promise<{ store: Store; close: () => Promise<void> }> {
  const quiet = (): void => undefined
  const warn = (fields: object, message: string): void => console.error(message, fields)
  const log = { debug: quiet, info: quiet, warn, error: warn }
  const { store } = await openSqliteStore({ path: join(folder, name), collections: COLLECTIONS, log })
  return { store, close: () => store.close() }
}

async function during(ms: number, callers: number, once: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + ms
  let done = 0
  const callUntilEnd = async (): Promise<void> => {
    while (performance.now() < end) {
      await once()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, callUntilEnd))
  return done
}

async function timed(runs: number, once: () => Promise<unknown>): Promise<readonly [median: number, worst: number]> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const began = performance.now()
    await once()
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  return [round(times[Math.floor(runs / 2)] ?? 0), round(times.at(-1) ?? 0)]
}

/** 2 KB; of 1,000 executions 20 failed, 100 came from a rule, 500 have a parent. */
function executionOf(number: number): ExecutionDocument {
  const isRuled = number % 10 === 3
  return {
    id: idOf(number),
    rev: 1,
    liveaction_id: `live${idOf(number)}`,
    status: number % 50 === 7 ? 'failed' : 'succeeded',
    action_ref: `core.action${number % 20}`,
    runner_name: `runner${number % 4}`,
    action_snapshot: 'a'.repeat(64),
    runner_snapshot: 'b'.repeat(64),
    action_is_workflow: false,
    start_timestamp: timestampOf(number),
    end_timestamp: timestampOf(number + 1),
    parameters: { number, text: 'parameter '.repeat(60) },
    context: { user: `user${number % 5}`, trace_context: { trace_tag: `trace-${number}` } },
    ...(number % 2 === 0 ? {} : { parent: idOf(number - (number % 100)) }),
    ...(isRuled ? originOf(number) : {}),
    log: ['requested', 'scheduled', 'running', 'succeeded'].map((status) => ({
      timestamp: timestampOf(number),
      status: status === 'running' ? 'running' : 'scheduled',
    })),
    result: { stdout: 'output '.repeat(60), return_code: 0, succeeded: true, failed: false },
  }
}

function originOf(number: number) {
  return {
    rule: { name: `rule${number % 3}` },
    trigger: { name: `trigger${number % 3}` },
    trigger_type: { name: `type${number % 3}` },
    trigger_instance: { id: `instance${number}` },
  }
}

function idOf(number: number): string {
  return number.toString(16).padStart(24, '0')
}

function timestampOf(number: number): string {
  return `${new Date(1_700_000_000_000 + number * 10).toISOString().slice(0, -1)}000Z`
}

function sum({ user, system }: { user: number; system: number }): number {
  return user + system
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function print(report: {
  sync_us: number
  writes: readonly WriteFigures[]
  reads: readonly ReadFigures[]
  rss_mb: number
}): void {
  console.log(`a bare synced write of 4 KiB: ${report.sync_us} µs; resident at the end: ${report.rss_mb} MB`)
  console.table(report.writes)
  for (const kind of ['pages', 'counts'] as const) {
    const names = Object.keys(report.reads[0]?.[kind] ?? {})
    console.log(`${kind}: median / worst, ms`)
    console.table(
      Object.fromEntries(
        names.map((name) => [
          name,
          Object.fromEntries(report.reads.map((read) => [read.executions, (read[kind][name] ?? []).join(' / ')])),
        ]),
      ),
    )
  }
  console.table(
    report.reads.map(({ executions: stored, file_mb, get_ms }) => ({ executions: stored, file_mb, get_ms })),
  )
}
