import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { processesWith } from './processes.ts'
import { until } from './until.ts'

export const ADMIN = 'st2admin'
export const ADMIN_PASSWORD = 'Ch@ngeMe'
/** The sources, or what ST2_SERVER_MAIN names: the bundle that `npm start` runs passes the same tests. */
export const MAIN = process.env['ST2_SERVER_MAIN'] ?? fileURLToPath(new URL('../../src/main.ts', import.meta.url))
/** In the environment of every server of this test file and of all it starts. */
const MARK = 'ST2_TEST_RUN'
const run = randomUUID()
const START_DEADLINE_MS = 30_000
const STOP_DEADLINE_MS = 20_000

export interface ServerStart {
  /** Default: a fresh folder that goes with the server. */
  readonly dataDir?: string
  /** Further command-line arguments. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Default: none of the ports 9100 to 9102. */
  readonly directPorts?: 'open' | 'closed'
  /** Default: one beside the data folder. */
  readonly readyFile?: string
  /** Put before the command: strace, setpriv. */
  readonly wrapper?: readonly string[]
  /** Of Node, before the script: --cpu-prof. */
  readonly nodeFlags?: readonly string[]
}

export interface Ready {
  readonly url: string
  readonly api: string
  readonly auth: string
  readonly stream: string
  readonly pid: number
}

/** A server as a user starts it: a process of its own, with its own data folder. */
export class TestServer implements AsyncDisposable, Ready {
  readonly url: string
  readonly api: string
  readonly auth: string
  readonly stream: string
  /** Of the server itself, also below a wrapper. */
  readonly pid: number
  readonly dataDir: string
  readonly exited: Promise<number | null>
  readonly #process: StartedProcess
  readonly #ownsFolder: boolean

  constructor(process: StartedProcess, ready: Ready, ownsFolder: boolean) {
    this.url = ready.url
    this.api = ready.api
    this.auth = ready.auth
    this.stream = ready.stream
    this.pid = ready.pid
    this.dataDir = process.dataDir
    this.exited = process.exited
    this.#process = process
    this.#ownsFolder = ownsFolder
  }

  get stdout(): string {
    return this.#process.stdout
  }

  /** The log, one JSON object a line. */
  get stderr(): string {
    return this.#process.stderr
  }

  /** Pids of the server and of what belongs to it; not of the actions. */
  get processes(): number[] {
    const actions = new Set(processesWith('ST2_ACTION_EXECUTION_ID').map(({ pid }) => pid))
    return processesWith(MARK, this.#process.mark)
      .map(({ pid }) => pid)
      .filter((pid) => !actions.has(pid))
  }

  /** The runner host: what belongs to the server and is not the server. */
  get hostPid(): number | null {
    const hosts = processesWith(MARK, this.#process.mark).filter(({ commandLine }) => commandLine.includes('host-main'))
    return hosts[0]?.pid ?? null
  }

  /** SIGTERM, and the wait for its end. */
  async stop(): Promise<number | null> {
    signal(this.pid, 'SIGTERM')
    return this.#process.ended(STOP_DEADLINE_MS)
  }

  /** kill -9 of everything that is the server's, the runner host included, with nobody left to clean up. */
  async kill(): Promise<void> {
    for (const pid of this.processes) signal(pid, 'SIGKILL')
    await this.#process.ended(STOP_DEADLINE_MS)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.stop()
    } finally {
      // Not the actions: to end them is the server's own business, and what it leaves is found after the file.
      for (const pid of this.processes) signal(pid, 'SIGKILL')
      if (this.#ownsFolder) rmSync(this.#process.root, { recursive: true, force: true })
    }
  }
}

export async function startServer(start: ServerStart = {}): Promise<TestServer> {
  const process = startProcess(start)
  try {
    const ready = await until('the server is ready', () => process.ready(), START_DEADLINE_MS)
    return new TestServer(process, ready, start.dataDir === undefined)
  } catch (error) {
    process.child.kill('SIGKILL')
    throw new Error(`the server did not start; it said:\n${process.stdout}${process.stderr}`, { cause: error })
  }
}

export interface FailedStart {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts a server that must end by itself, and answers what it said. */
export async function startServerInVain(start: ServerStart): Promise<FailedStart> {
  const process = startProcess(start)
  try {
    const code = await process.ended(START_DEADLINE_MS)
    return { code, stdout: process.stdout, stderr: process.stderr }
  } finally {
    process.child.kill('SIGKILL')
    rmSync(process.root, { recursive: true, force: true })
  }
}

/** A folder of its own for one test, gone afterwards. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'st2-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** A started command, before anybody knows whether it becomes a server. */
class StartedProcess {
  readonly child: ChildProcess
  /** Where this process puts what does not belong to the data folder. */
  readonly root: string
  readonly dataDir: string
  readonly mark: string
  readonly exited: Promise<number | null>
  readonly #readyFile: string
  #stdout = ''
  #stderr = ''

  constructor(start: ServerStart) {
    this.root = mkdtempSync(join(tmpdir(), 'st2-test-'))
    this.dataDir = start.dataDir ?? join(this.root, 'data')
    this.mark = `${run}:${randomUUID()}`
    this.#readyFile = start.readyFile ?? join(this.root, 'ready.json')
    const args = ['--port', '0', '--data-dir', this.dataDir, '--ready-file', this.#readyFile, ...(start.args ?? [])]
    if (start.directPorts !== 'open') args.push('--no-direct-ports')
    const command = [...(start.wrapper ?? []), process.execPath, ...(start.nodeFlags ?? []), MAIN, ...args]
    this.child = spawn(command[0] ?? '', command.slice(1), {
      cwd: this.root,
      // A group of its own: a signal to the tests is not for the server.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ST2_ADMIN_PASSWORD: ADMIN_PASSWORD, [MARK]: this.mark, ...start.env },
    })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    this.exited = new Promise((resolve, reject) => {
      this.child.once('error', reject)
      this.child.once('close', (code) => resolve(code))
    })
    // Whoever needs the end awaits it; a command that does not exist is told by `ready` too.
    this.exited.catch(() => undefined)
  }

  get stdout(): string {
    return this.#stdout
  }

  get stderr(): string {
    return this.#stderr
  }

  /** @throws when the process ended instead */
  ready(): Ready | null {
    if (this.child.exitCode !== null) throw new Error(`it exited with code ${this.child.exitCode}`)
    return readReadyFile(this.#readyFile)
  }

  async ended(deadlineMs: number): Promise<number | null> {
    const { promise, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error(`the server did not end within ${deadlineMs} ms`)), deadlineMs)
    try {
      return await Promise.race([this.exited, promise])
    } finally {
      clearTimeout(timer)
    }
  }
}

function startProcess(start: ServerStart): StartedProcess {
  return new StartedProcess(start)
}

function readReadyFile(path: string): Ready | null {
  try {
    // Written by the server whole or not at all.
    return JSON.parse(readFileSync(path, 'utf8')) as Ready
  } catch {
    // Not there yet.
    return null
  }
}

/** A process that is gone needs no signal. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

afterAll(async () => {
  const left = processesWith(MARK).filter(({ environment }) => environment.get(MARK)?.startsWith(run))
  for (const { pid } of left) signal(pid, 'SIGKILL')
  if (left.length === 0) return
  const commands = left.map(({ commandLine }) => commandLine.replaceAll('\0', ' '))
  throw new Error(`processes left running after this file: ${commands.join('; ')}`)
})
