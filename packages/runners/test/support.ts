import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunIo, RunnerHost, RunOutcome, RunRequest } from '@st2/engine/runner'
import { type HostLog, startRunnerHost } from '@st2/runners/host'
import { afterAll } from 'vitest'
import { readProcess } from '../src/process/proc-table.ts'

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
  options: {
    dataDir?: string
    instance?: string
    epoch?: number
    nodePath?: string
    env?: Record<string, string | undefined>
    waitsForFirstRun?: boolean
    onError?: () => void
  } = {},
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
  const host = await startRunnerHost({
    dataDir,
    instance,
    epoch: options.epoch ?? 1,
    log,
    ...(options.env !== undefined && { env: options.env }),
    ...(options.waitsForFirstRun !== undefined && { waitsForFirstRun: options.waitsForFirstRun }),
    ...(options.nodePath !== undefined && { nodePath: options.nodePath }),
  })
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
    },
  }
}

const folders: string[] = []
afterAll(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
})

/** Removed after the tests of the file. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'st2-runners-'))
  folders.push(folder)
  return folder
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
