import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunIo, RunnerHost, RunOutcome, RunRequest } from '@st2/engine/runner'
import { type HostLog, startRunnerHost } from '@st2/runners/host'
import { readProcess } from '../src/process/proc-table.ts'

export function makeRequest(runner: string, changes: Partial<RunRequest> = {}): RunRequest {
  return {
    execution_id: randomUUID(),
    liveaction_id: randomUUID(),
    runner,
    action: { ref: 'tests.action', pack: 'tests', name: 'action', parameters: {} },
    entry_point: null,
    pack_path: null,
    runner_parameters: {},
    action_parameters: {},
    user: 'tester',
    env: { ST2_ACTION_PACK_NAME: 'tests' },
    limits: { max_output_size: 1_000_000, kill_grace_ms: 300 },
    system_user: null,
    version: '3.10.0',
    ...changes,
  }
}

export function command(cmd: string, parameters: Record<string, unknown> = {}): RunRequest {
  return makeRequest('local-shell-cmd', { runner_parameters: { cmd, ...parameters } })
}

export interface Pieces extends RunIo {
  readonly stdout: string[]
  readonly stderr: string[]
}

export function collectPieces(): Pieces {
  const pieces = { stdout: new Array<string>(), stderr: new Array<string>() }
  return {
    ...pieces,
    output: (type, data) => {
      if (type !== 'output') pieces[type].push(data)
    },
  }
}

export function run(host: RunnerHost, request: RunRequest, io: RunIo = collectPieces()): Promise<RunOutcome> {
  return host.run(request, io, new AbortController().signal)
}

export interface LogLine {
  readonly level: keyof HostLog
  readonly fields: object
  readonly message: string
}

export interface TestHost extends RunnerHost, AsyncDisposable {
  readonly pid: number | null
  readonly dataDir: string
  readonly instance: string
  readonly lines: readonly LogLine[]
}

export async function openHost(
  options: { dataDir?: string; instance?: string; epoch?: number; onError?: () => void } = {},
): Promise<TestHost> {
  const dataDir = options.dataDir ?? (await makeFolder())
  const instance = options.instance ?? randomUUID()
  const lines: LogLine[] = []
  const write =
    (level: keyof HostLog) =>
    (fields: object, message: string): void => {
      lines.push({ level, fields, message })
      if (level === 'error') options.onError?.()
    }
  const log = { info: write('info'), warn: write('warn'), error: write('error') }
  const host = await startRunnerHost({ dataDir, instance, epoch: options.epoch ?? 1, log })
  return {
    get pid() {
      return host.pid
    },
    dataDir,
    instance,
    lines,
    run: (request, io, signal) => host.run(request, io, signal),
    reapLeftovers: () => host.reapLeftovers(),
    close: () => host.close(),
    [Symbol.asyncDispose]: async () => {
      await host.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'st2-runners-'))
}

export async function until(condition: () => boolean, what: string, withinMs = 5_000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await delay(10)
  }
}

export function isAlive(pid: number): boolean {
  return readProcess(pid) !== null
}
