// A Python action that does nothing, through the runner host: forked from a warm Python, and in an interpreter of its own; beside a bare interpreter that imports the same runtime.
// `node bench/python-script.ts [--json] [--runs 100] [--python python3]`
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import type { PythonSettings, RunnerHost, RunRequest } from '@st2/engine/runner'
import { startRunnerHost } from '@st2/runners/host'
import { temporaryFolder } from './support/server-process.ts'
import { median, percentile, rounded } from './support/statistics.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '100' },
    python: { type: 'string', default: 'python3' },
  },
})
const runs = Number(options.runs)
const RUNTIME = fileURLToPath(new URL('../packages/runners/python', import.meta.url))
const CLIENTS = 8

const ACTION = `from st2common.runners.base_action import Action


class NothingAction(Action):
    def run(self, size):
        return "x" * size
`

async function measure() {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'nothing.py'), ACTION)
  // The program itself: in PATH may be a script that chooses one.
  const python = execFileSync(options.python, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()
  const ignore = (): void => undefined
  const host = await startRunnerHost({
    dataDir: folder.path,
    instance: 'bench',
    epoch: 1,
    log: { info: ignore, warn: ignore, error: ignore },
  })
  try {
    const request = (process: PythonSettings['process'], size = 1): RunRequest =>
      requestOf(folder.path, python, process, size)
    const cold = await timed(() => act(host, request('fork')))
    const warm = await times(runs, () => act(host, request('fork')))
    const bareInterpreter = await times(Math.ceil(runs / 5), () => importRuntime(python))
    const fresh = await times(Math.ceil(runs / 5), () => act(host, request('fresh')))
    const again = await times(runs, () => act(host, request('fork')))
    const warmMs = median([...warm, ...again])
    const eightMb = await times(5, () => act(host, request('fork', 8 * 1024 * 1024)))
    return {
      runs: 2 * runs,
      cold_ms: rounded(cold),
      warm_median_ms: rounded(warmMs),
      warm_p99_ms: rounded(percentile([...warm, ...again], 0.99)),
      fresh_median_ms: rounded(median(fresh)),
      bare_interpreter_median_ms: rounded(median(bareInterpreter)),
      warm_times_faster_than_bare_interpreter: rounded(median(bareInterpreter) / warmMs),
      warm_per_s_by_8: Math.round(await perSecond(host, request('fork'))),
      result_8_mb_median_ms: rounded(median(eightMb)),
      warm_python_resident_mb: residentOfParent(host.pid ?? 0),
    }
  } finally {
    await host.close()
  }
}

async function act(host: RunnerHost, request: RunRequest): Promise<void> {
  const { status, result } = await host.run(request, { output: () => undefined }, new AbortController().signal)
  if (status !== 'succeeded') throw new Error(JSON.stringify(result))
}

/** What a platform pays that starts an interpreter for each action, before the action's own code. */
async function importRuntime(python: string): Promise<void> {
  const code = `import sys; sys.path.insert(0, ${JSON.stringify(RUNTIME)}); from st2_runtime import action`
  await once(spawn(python, ['-c', code], { stdio: 'ignore' }), 'exit')
}

async function perSecond(host: RunnerHost, request: RunRequest): Promise<number> {
  let left = runs * 2
  const at = performance.now()
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (left-- > 0) await act(host, request)
  })
  await Promise.all(clients)
  return (runs * 2 * 1000) / (performance.now() - at)
}

async function times(count: number, work: () => Promise<void>): Promise<number[]> {
  const taken: number[] = []
  for (let run = 0; run < count; run++) taken.push(await timed(work))
  return taken
}

async function timed(work: () => Promise<void>): Promise<number> {
  const at = performance.now()
  await work()
  return performance.now() - at
}

function requestOf(folder: string, binary: string, process: PythonSettings['process'], size: number): RunRequest {
  return {
    execution_id: crypto.randomUUID(),
    liveaction_id: crypto.randomUUID(),
    runner: 'python-script',
    action: { ref: 'bench.nothing', pack: 'bench', name: 'nothing', parameters: {} },
    entry_point: join(folder, 'nothing.py'),
    pack_path: folder,
    runner_parameters: { timeout: 60 },
    action_parameters: { size },
    user: 'bench',
    env: {},
    limits: { max_output_size: 1_000_000, kill_grace_ms: 1_000 },
    python: {
      config: {},
      settings: {
        binary,
        virtualenvs: join(folder, 'virtualenvs'),
        process,
        max_parents: 4,
        parent_idle_seconds: 60,
        max_result_size: 64 * 1024 * 1024,
        log_level: 'DEBUG',
        enable_common_libs: false,
        configs: join(folder, 'configs'),
        packs: [folder],
      },
    },
    system_user: null,
    version: '0',
  }
}

function residentOfParent(host: number): number {
  const children = readFileSync(`/proc/${host}/task/${host}/children`, 'utf8').trim().split(' ')
  const sizes = children.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]))
  return Math.round(Math.max(...sizes) / 1024)
}

const figures = await measure()
if (options.json) console.log(JSON.stringify(figures))
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(42)} ${value}`)
