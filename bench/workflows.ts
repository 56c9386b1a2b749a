// Workflows on a real server: sequential tasks, items, large values, and what they leave in the data folder.
// `node bench/workflows.ts [--json] [--on embedded|reference|both] [--only chain|items|passing|growth] [--profile FOLDER]`
import { mkdirSync, openSync, closeSync, fsyncSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Connection } from './support/connection.ts'
import { DEPLOYMENT_OPTIONS, measureOn } from './support/deployments.ts'
import {
  type BenchServer,
  headersOf,
  residentMb,
  startServer,
  type StartServer,
  temporaryFolder,
} from './support/server-process.ts'
import { median, rounded } from './support/statistics.ts'

const DEADLINE_MS = 180_000
const { values: options } = parseArgs({
  options: {
    ...DEPLOYMENT_OPTIONS,
    /** Folder that takes a CPU profile of the server. */
    profile: { type: 'string' },
    /** Only figures whose name begins with it. */
    only: { type: 'string', default: '' },
  },
})

const chain = (length: number): string => {
  const tasks = Array.from({ length }, (_, at) => {
    const next = at + 1 < length ? `, next: [{when: <% succeeded() %>, do: t${at + 1}}]` : ''
    return `  t${at}: {action: core.noop${next}}`
  })
  return `version: 1.0\ntasks:\n${tasks.join('\n')}\n`
}

const items = (count: number, concurrency: number): string => `version: 1.0
tasks:
  all:
    with: {items: <% range(${count}) %>, concurrency: ${concurrency}}
    action: core.noop
    next: [{publish: [{results: <% result() %>}]}]
output: [{count: <% ctx(results).len() %>}]
`

const MEGABYTE = 1_000_000

const passing = (length: number): string => {
  const tasks = Array.from({ length }, (_, at) => {
    const next = at + 1 < length ? `, do: t${at + 1}` : ''
    return `  t${at}:
    action: bench.pass_on text=<% ctx(text) %>
    next: [{when: <% succeeded() %>, publish: [{text: <% result().result %>}]${next}}]`
  })
  return `version: 1.0\ninput: [text]\ntasks:\n${tasks.join('\n')}\noutput: [{length: <% ctx(text).len() %>}]\n`
}

const WORKFLOWS: Readonly<Record<string, string>> = {
  chain_30: chain(30),
  chain_40: chain(40),
  chain_100: chain(100),
  chain_300: chain(300),
  chain_1000: chain(1000),
  items_1000: items(1000, 50),
  items_10000: items(10_000, 50),
  passing_20: passing(20),
}

function writePack(dataDir: string): void {
  const actions = join(dataDir, 'packs', 'bench', 'actions')
  mkdirSync(join(actions, 'workflows'), { recursive: true })
  writeFileSync(
    join(dataDir, 'packs', 'bench', 'pack.yaml'),
    'ref: bench\nname: bench\ndescription: Benchmarks\nversion: 1.0.0\nauthor: bench\nemail: bench@example.com\n',
  )
  for (const [name, text] of Object.entries(WORKFLOWS)) {
    const parameters = name.startsWith('passing') ? '\nparameters: {text: {type: string}}' : ''
    writeFileSync(
      join(actions, `${name}.yaml`),
      `name: ${name}\nrunner_type: orquesta\nentry_point: workflows/${name}.yaml\nenabled: true${parameters}\n`,
    )
    writeFileSync(join(actions, 'workflows', `${name}.yaml`), text)
  }
  writeFileSync(
    join(actions, 'pass_on.yaml'),
    'name: pass_on\nrunner_type: python-script\nentry_point: pass_on.py\nenabled: true\n' +
      'parameters: {text: {type: string, required: true}}\n',
  )
  writeFileSync(
    join(actions, 'pass_on.py'),
    'from st2common.runners.base_action import Action\n\n\nclass PassOn(Action):\n    def run(self, text):\n        return text\n',
  )
}

/** ms from the request to the final status. */
async function timed(
  server: BenchServer,
  name: string,
  parameters: Record<string, unknown> = {},
  pollMs = 1,
): Promise<number> {
  using connection = await Connection.open(server.url)
  const headers = headersOf(server)
  const body = JSON.stringify({ action: `bench.${name}`, parameters })
  const askedAt = performance.now()
  const answer = await connection.ask('POST', '/api/v1/executions', headers, body)
  const { id } = JSON.parse(answer.body.toString()) as { id: string }
  for (let status = ''; status !== 'succeeded'; ) {
    const reply = await connection.ask('GET', `/api/v1/executions/${id}/attribute/status`, headers)
    status = JSON.parse(reply.body.toString()) as string
    if (['failed', 'canceled', 'timeout', 'abandoned'].includes(status))
      throw new Error(`${name} ended ${status}: ${id}`)
    if (performance.now() - askedAt > DEADLINE_MS) throw new Error(`${name} is ${status} after ${DEADLINE_MS} ms`)
    await delay(pollMs)
  }
  return performance.now() - askedAt
}

async function best(server: BenchServer, name: string, runs: number): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) times.push(await timed(server, name))
  return median(times)
}

/** ms of one small write with a sync, the baseline: what one durable step costs at least. */
function syncMs(folder: string): number {
  const file = openSync(join(folder, 'sync'), 'w')
  const block = Buffer.alloc(4096)
  const times = Array.from({ length: 200 }, () => {
    const before = performance.now()
    writeSync(file, block)
    fsyncSync(file)
    return performance.now() - before
  })
  closeSync(file)
  return median(times)
}

function folderBytes(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  )
}

async function growth(folder: string, runs: readonly string[]): Promise<number> {
  const dataDir = join(folder, 'data')
  const before = folderBytes(dataDir)
  {
    await using server = await startServer(folder)
    for (const name of runs) await timed(server, name)
  }
  return folderBytes(dataDir) - before
}

async function measure(start: StartServer): Promise<Record<string, number>> {
  using folder = temporaryFolder()
  writePack(join(folder.path, 'data'))
  const figures: Record<string, number> = {}
  const wants = (name: string): boolean => name.startsWith(options.only)
  const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`]
  {
    await using server = await start(folder.path, flags)
    await delay(1500)
    const sync = syncMs(folder.path)
    figures['sync_ms'] = rounded(sync)
    await timed(server, 'chain_30')
    if (wants('chain')) {
      const c30 = await best(server, 'chain_30', 5)
      const c40 = await best(server, 'chain_40', 7)
      const c300 = await best(server, 'chain_300', 3)
      figures['chain_40_ms'] = rounded(c40)
      figures['chain_40_syncs'] = rounded(c40 / sync)
      figures['chain_300_ms'] = rounded(c300)
      figures['chain_300_to_30_per_task'] = rounded(c300 / 300 / (c30 / 30))
    }
    if (wants('items')) {
      figures['items_1000_ms'] = rounded(await best(server, 'items_1000', 3))
      const idle = residentMb(server)
      if (server.mustStaySmall !== true) {
        figures['items_10000_ms'] = rounded(await timed(server, 'items_10000'))
        figures['items_10000_resident_mb_over_idle'] = residentMb(server) - idle
      }
    }
    if (wants('passing')) {
      await timed(server, 'passing_20', { text: 'warm' })
      // Asking for the status reads the execution, whose parameter is as large: not too often.
      const small = await timed(server, 'passing_20', { text: 'small' }, 20)
      const large = await timed(server, 'passing_20', { text: 'x'.repeat(MEGABYTE) }, 100)
      figures['passing_20_small_ms'] = rounded(small)
      figures['passing_20_megabytes_ms'] = rounded(large)
    }
  }
  // Of the one file that there is.
  if (wants('growth') && start === startServer) {
    const short = await growth(
      folder.path,
      Array.from({ length: 10 }, () => 'chain_100'),
    )
    const long = await growth(folder.path, ['chain_1000'])
    figures['growth_per_task_bytes_100'] = Math.round(short / 1000)
    figures['growth_per_task_bytes_1000'] = Math.round(long / 1000)
    figures['growth_1000_to_100'] = rounded(long / short)
  }
  return figures
}

await measureOn(options, measure)
