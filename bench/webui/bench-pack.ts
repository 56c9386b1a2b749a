import { mkdirSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { dirname, join } from 'node:path'
import { largeWorkflow } from '../support/large-workflow.ts'
import type { BenchServer } from '../support/server-process.ts'

/** A workflow of 300 tasks that runs in no time. */
export const WAYS = 'bench.ways'
/** A workflow of 300 tasks in 2,000 lines. */
export const DRAWN = 'bench.drawn'
/** An action that returns some 10 MB. */
export const REPORT = 'bench.report'

const DEADLINE_MS = 120_000
const POLL_MS = 50
const HOSTS = 40_000

const FILES: Readonly<Record<string, string>> = {
  'pack.yaml':
    'ref: bench\nname: bench\ndescription: Benchmarks\nversion: 1.0.0\nauthor: bench\nemail: bench@example.com\n',
  'actions/ways.yaml': 'name: ways\nrunner_type: orquesta\nentry_point: workflows/ways.yaml\nenabled: true\n',
  'actions/workflows/ways.yaml': ways(10, 30),
  'actions/drawn.yaml':
    'name: drawn\nrunner_type: orquesta\nentry_point: workflows/drawn.yaml\nenabled: true\nparameters: {host: {type: string}}\n',
  'actions/workflows/drawn.yaml': largeWorkflow(),
  'actions/report.yaml': 'name: report\nrunner_type: python-script\nentry_point: report.py\nenabled: true\n',
  'actions/report.py': `from st2common.runners.base_action import Action


class Report(Action):
    def run(self):
        note = "checked by the nightly inventory, nothing to do " * 4
        return {"hosts": [{"host": "web-%d" % n, "up": n % 3 > 0, "note": note} for n in range(${HOSTS})]}
`,
}

export function writePack(dataDir: string): void {
  for (const [path, text] of Object.entries(FILES)) {
    const file = join(dataDir, 'packs', 'bench', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/** @returns the id of the execution */
export async function runToEnd(server: BenchServer, action: string): Promise<string> {
  const deadline = performance.now() + DEADLINE_MS
  const { id } = await ask(server, '', { method: 'POST', body: JSON.stringify({ action }) })
  for (;;) {
    const { status } = await ask(server, `/${id}?include_attributes=status`)
    if (status === 'succeeded') return id
    if (['failed', 'canceled', 'timeout', 'abandoned'].includes(status) || performance.now() > deadline)
      throw new Error(`${action} is ${status}: ${id}`)
    await delay(POLL_MS)
  }
}

async function ask(server: BenchServer, path: string, init: RequestInit = {}): Promise<{ id: string; status: string }> {
  const headers = { 'x-auth-token': server.token, 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/api/v1/executions${path}`, { ...init, headers })
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as { id: string; status: string }
}

/** So many ways side by side, of so many tasks each. */
function ways(count: number, length: number): string {
  const lines = Array.from({ length: count }, (_, way) =>
    Array.from({ length }, (_task, at) => {
      const next = at + 1 < length ? `\n    next: [{ when: <% succeeded() %>, do: w${way}_${at + 1} }]` : ''
      return `  w${way}_${at}:\n    action: core.noop${next}`
    }).join('\n'),
  )
  return `version: 1.0\ntasks:\n${lines.join('\n')}\n`
}
