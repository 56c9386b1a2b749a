// Webhook → rule → core.noop finished: one at a time, at a steady rate for a minute, and as fast as 64 clients can.
// `node bench/events.ts [--json] [--on embedded|reference|both] [--rate 300] [--seconds 60] [--count 1000] [--clients 64] [--profile FOLDER]`
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { bareConfirmMicros } from './support/bare-confirm.ts'
import { Connection, headerOf } from './support/connection.ts'
import { DEPLOYMENT_OPTIONS, measureOn } from './support/deployments.ts'
import { fullLoad, pacedLoad, type Request } from './support/load.ts'
import { type BenchServer, headersOf, residentMb, type StartServer, temporaryFolder } from './support/server-process.ts'
import { median, percentile, rounded } from './support/statistics.ts'

const FINISH_DEADLINE_MS = 120_000
const IDLE_RUNS = 100
const { values: options } = parseArgs({
  options: {
    ...DEPLOYMENT_OPTIONS,
    rate: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '64' },
    /** Webhooks that the clients send as fast as they can, instead of for eight seconds. */
    count: { type: 'string', default: '0' },
    /** Folder that takes a CPU profile of the server. */
    profile: { type: 'string' },
  },
})
const rate = Number(options.rate)
const seconds = Number(options.seconds)
const clients = Number(options.clients)
const count = Number(options.count)
const fullExtent = count > 0 ? { count } : { seconds: 8 }

async function measure(start: StartServer): Promise<Record<string, number>> {
  using folder = temporaryFolder()
  const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`]
  await using server = await start(folder.path, flags)
  await makeRule(server)
  await delay(2000)
  const idle = await webhookToFinal(server)
  let expected = idle.length
  const paced = await pacedLoad(server.url, webhookOf(server), rate, seconds)
  expected += paced.count
  const backlog = expected - (await succeeded(server))
  const drainMs = await allFinished(server, expected)
  const full = await fullLoad(server.url, webhookOf(server), clients, fullExtent)
  expected += full.count
  const fullSeconds = full.seconds + (await allFinished(server, expected)) / 1000
  return {
    idle_webhook_to_final_median_ms: rounded(median(idle)),
    idle_webhook_to_final_p99_ms: rounded(percentile(idle, 0.99)),
    paced_rate_per_s: rate,
    paced_seconds: rounded(paced.seconds),
    paced_finished_per_s: rounded(paced.count / (paced.seconds + drainMs / 1000)),
    paced_accepted_median_ms: rounded(median(paced.latencies)),
    paced_accepted_p99_ms: rounded(percentile(paced.latencies, 0.99)),
    /** Executions that were not final when the last webhook was answered, and how long these took. */
    backlog_at_end: backlog,
    drain_ms: rounded(drainMs),
    full_accepted_per_s: Math.round(full.perSecond),
    full_finished_per_s: Math.round(full.count / fullSeconds),
    resident_mb_after: residentMb(server),
    executions: expected,
    // What a message costs at least, in the same run.
    ...(server.brokerUrl === undefined ? {} : { bare_confirm_us: rounded(await bareConfirmMicros(server.brokerUrl)) }),
  }
}

function webhookOf(server: BenchServer): Request {
  const headers = headersOf(server)
  const body = JSON.stringify({ ref: 'refs/heads/main', repository: { id: 1, name: 'st2' }, commits: [{ id: 'a1' }] })
  return { method: 'POST', path: '/api/v1/webhooks/bench', headers, body, expected: 202 }
}

/** A rule like those people write: one equality, one more condition, a parameter of the event. */
async function makeRule(server: BenchServer): Promise<void> {
  using connection = await Connection.open(server.url)
  const rule = {
    name: 'bench',
    pack: 'default',
    enabled: true,
    trigger: { type: 'core.st2.webhook', parameters: { url: 'bench' } },
    criteria: {
      'trigger.body.ref': { type: 'equals', pattern: 'refs/heads/main' },
      'trigger.body.repository.name': { type: 'startswith', pattern: 'st' },
    },
    action: { ref: 'core.noop', parameters: {} },
  }
  const reply = await connection.ask('POST', '/api/v1/rules', webhookOf(server).headers, JSON.stringify(rule))
  if (reply.status !== 201) throw new Error(`the rule was not made: ${reply.body.toString()}`)
}

/** ms from a webhook to the final status of its execution, with nothing else to do. */
async function webhookToFinal(server: BenchServer): Promise<number[]> {
  using connection = await Connection.open(server.url)
  const { method, path, headers, body } = webhookOf(server)
  const times: number[] = []
  for (let run = 1; run <= IDLE_RUNS; run++) {
    const askedAt = performance.now()
    const reply = await connection.ask(method, path, headers, body)
    if (reply.status !== 202) throw new Error(`the webhook was refused: ${reply.body.toString()}`)
    while ((await succeededOn(connection, headers)) < run) {
      if (performance.now() - askedAt > FINISH_DEADLINE_MS) throw new Error(`webhook ${run} led to no execution`)
    }
    times.push(performance.now() - askedAt)
    await delay(5)
  }
  return times
}

async function succeeded(server: BenchServer): Promise<number> {
  using connection = await Connection.open(server.url)
  // Awaited here: the connection closes when this function ends.
  return await succeededOn(connection, webhookOf(server).headers)
}

async function succeededOn(connection: Connection, headers: string): Promise<number> {
  const path = '/api/v1/executions?status=succeeded&limit=1&include_attributes=id'
  const reply = await connection.ask('GET', path, headers)
  if (reply.status !== 200) throw new Error(`executions were not listed: ${reply.body.toString()}`)
  return Number(headerOf(reply, 'x-total-count'))
}

/** ms until so many executions have succeeded, none more. */
async function allFinished(server: BenchServer, expected: number): Promise<number> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < FINISH_DEADLINE_MS) {
    const count = await succeeded(server)
    if (count > expected) throw new Error(`${count} executions of ${expected} webhooks`)
    if (count === expected) return performance.now() - startedAt
    await delay(20)
  }
  throw new Error(`not all of ${expected} executions have succeeded after ${FINISH_DEADLINE_MS} ms`)
}

await measureOn(options, measure)
