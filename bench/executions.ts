// core.noop over HTTP: accepted and finished by 64 clients, one at a time, and at 50 a second; beside a bare route.
// `node bench/executions.ts [--json] [--on embedded|reference|both] [--seconds 8] [--count 2000] [--clients 64] [--profile FOLDER]`
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { bareConfirmMicros } from './support/bare-confirm.ts'
import { Connection, headerOf } from './support/connection.ts'
import { DEPLOYMENT_OPTIONS, measureOn } from './support/deployments.ts'
import { startPings } from './support/health-pings.ts'
import { fullLoad, type LoadFigures, pacedLoad, type Request } from './support/load.ts'
import { type BenchServer, headersOf, residentMb, type StartServer, temporaryFolder } from './support/server-process.ts'
import { median, percentile, rounded } from './support/statistics.ts'

const FINISH_DEADLINE_MS = 120_000
const IDLE_RUNS = 100
const BODY = '{"action":"core.noop"}'
const { values: options } = parseArgs({
  options: {
    ...DEPLOYMENT_OPTIONS,
    seconds: { type: 'string', default: '8' },
    clients: { type: 'string', default: '64' },
    /** Instead of for so many seconds: until so many are accepted. */
    count: { type: 'string', default: '0' },
    /** Folder that takes a CPU profile of the server. */
    profile: { type: 'string' },
  },
})
const seconds = Number(options.seconds)
const clients = Number(options.clients)
const count = Number(options.count)

async function measure(start: StartServer) {
  const before = await bareRoute()
  using folder = temporaryFolder()
  const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`]
  await using server = await start(folder.path, flags)
  await delay(2000)
  const idleMb = residentMb(server)
  const idle = await postToFinal(server)
  const stopPings = startPings(server.url)
  const load = await fullLoad(server.url, requestOf(server), clients, count > 0 ? { count } : { seconds })
  const pings = await stopPings()
  const finishedSeconds = await allFinished(server, load)
  const afterMb = residentMb(server)
  const paced = await pacedLoad(server.url, requestOf(server), 50, 5)
  const bare = (before + (await bareRoute())) / 2
  return {
    clients,
    accepted_per_s: Math.round(load.perSecond),
    finished_per_s: Math.round(load.count / finishedSeconds),
    all_final_s: rounded(finishedSeconds),
    bare_route_per_s: Math.round(bare),
    accepted_to_bare_route: rounded(load.perSecond / bare),
    finished_to_bare_route: rounded(load.count / finishedSeconds / bare),
    post_median_ms: rounded(median(load.latencies)),
    post_p99_ms: rounded(percentile(load.latencies, 0.99)),
    post_p99_ms_at_50_per_s: rounded(percentile(paced.latencies, 0.99)),
    idle_post_to_final_median_ms: rounded(median(idle)),
    idle_post_to_final_p99_ms: rounded(percentile(idle, 0.99)),
    // Stands for the delay of the event loop, measured from outside: it holds the client's and the machine's too.
    health_ping_median_ms: rounded(median(pings)),
    health_ping_p99_ms: rounded(percentile(pings, 0.99)),
    start_ms: Math.round(server.startMs),
    resident_mb_idle: idleMb,
    resident_mb_after: afterMb,
    executions: load.count,
    // What a message costs at least, in the same run.
    ...(server.brokerUrl === undefined ? {} : { bare_confirm_us: rounded(await bareConfirmMicros(server.brokerUrl)) }),
  }
}

function requestOf(server: BenchServer): Request {
  const headers = headersOf(server)
  return { method: 'POST', path: '/api/v1/executions', headers, body: BODY, expected: 201 }
}

/** Requests a second of the baseline, by the same clients. */
async function bareRoute(): Promise<number> {
  using folder = temporaryFolder()
  const file = fileURLToPath(new URL('./support/bare-route.ts', import.meta.url))
  const child = spawn(process.execPath, [file, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const request = { method: 'POST', path: '/', headers: '', body: BODY, expected: 201 }
  const { perSecond } = await fullLoad(line.toString().trim(), request, clients, { seconds: Math.min(4, seconds) })
  child.kill('SIGTERM')
  await once(child, 'exit')
  return perSecond
}

/** ms from a request to the final status, with nothing else to do. */
async function postToFinal(server: BenchServer): Promise<number[]> {
  using connection = await Connection.open(server.url)
  const { headers } = requestOf(server)
  const times: number[] = []
  for (let run = 0; run < IDLE_RUNS; run++) {
    const askedAt = performance.now()
    const { body } = await connection.ask('POST', '/api/v1/executions', headers, BODY)
    const { id } = JSON.parse(body.toString()) as { id: string }
    for (let status = ''; status !== 'succeeded'; ) {
      const answer = await connection.ask('GET', `/api/v1/executions/${id}/attribute/status`, headers)
      status = JSON.parse(answer.body.toString()) as string
    }
    times.push(performance.now() - askedAt)
    await delay(5)
  }
  return times
}

/** Seconds from the start of the load until its last execution has succeeded. */
async function allFinished(server: BenchServer, load: LoadFigures): Promise<number> {
  using connection = await Connection.open(server.url)
  const { headers } = requestOf(server)
  const stoppedAt = performance.now()
  while (performance.now() - stoppedAt < FINISH_DEADLINE_MS) {
    const reply = await connection.ask('GET', '/api/v1/executions?status=succeeded&limit=1', headers)
    if (Number(headerOf(reply, 'x-total-count')) >= load.count + IDLE_RUNS) {
      await requireRows(connection, headers, load.count)
      return load.seconds + (performance.now() - stoppedAt) / 1000
    }
    await delay(20)
  }
  throw new Error(`not all of ${load.count} executions have succeeded after ${FINISH_DEADLINE_MS} ms`)
}

/** The total comes from a counter; that the last row is there too is not. */
async function requireRows(connection: Connection, headers: string, count: number): Promise<void> {
  const path = `/api/v1/executions?status=succeeded&limit=1&offset=${count - 1}&include_attributes=id`
  const { body } = await connection.ask('GET', path, headers)
  if ((JSON.parse(body.toString()) as unknown[]).length !== 1) throw new Error(`there are fewer than ${count} rows`)
}

await measureOn(options, measure)
