import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient, endpointsBehind } from '@st2/client'
import { ADMIN_PASSWORD, type Deployment, logIn, type PackFiles, writePacks } from './deployment.ts'
import { processesWith, reportLeft, type SeenProcess, signal } from './processes.ts'
import { until } from './until.ts'
import { buildWebui } from './webui-build.ts'

/** The sources, or the bundle that ST2_SERVER_MAIN names. */
const MAIN = process.env['ST2_SERVER_MAIN'] ?? fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
/** In the environment of the server and of all it starts. */
const MARK = 'ST2_E2E_RUN'
const START_DEADLINE_MS = 30_000
const STOP_DEADLINE_MS = 20_000

/** A server as a user starts it: a process of its own with its own data folder, and the built WebUI. */
export async function startServer(packs: PackFiles = {}): Promise<TestServer> {
  buildWebui()
  const server = new TestServer(mkdtempSync(join(tmpdir(), 'st2-e2e-')))
  writePacks(join(server.dataDir, 'packs'), packs)
  try {
    await server.start()
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
  return server
}

export class TestServer implements Deployment {
  readonly #root: string
  readonly #mark = randomUUID()
  #child: ChildProcess | null = null
  #said = ''
  #port = 0
  #token = ''

  constructor(root: string) {
    this.#root = root
  }

  get dataDir(): string {
    return join(this.#root, 'data')
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** With the administrator's token. */
  get api(): Client {
    return createClient({ ...endpointsBehind(this.url), token: this.#token })
  }

  /** All that the server is made of and all that its actions started. */
  get processes(): SeenProcess[] {
    return processesWith(MARK, this.#mark)
  }

  /** Again on the same port and the same data folder, when it was started before. */
  async start(): Promise<void> {
    const readyFile = join(this.#root, `ready-${randomUUID()}.json`)
    const child = spawn(
      process.execPath,
      [MAIN, '--port', String(this.#port), '--data-dir', this.dataDir, '--ready-file', readyFile, '--no-direct-ports'],
      {
        cwd: this.#root,
        // A group of its own: a signal to the tests is not for the server.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ST2_ADMIN_PASSWORD: ADMIN_PASSWORD, [MARK]: this.#mark },
      },
    )
    this.#child = child
    for (const pipe of [child.stdout, child.stderr])
      pipe.setEncoding('utf8').on('data', (text: string) => (this.#said += text))
    const url = await until('the server is ready', () => this.#readyUrl(child, readyFile), START_DEADLINE_MS)
    this.#port = Number(new URL(url).port)
    const { token } = await this.login()
    this.#token = token
  }

  /** @param ttlSeconds how long the token lives; the server's default when absent */
  login(ttlSeconds?: number) {
    return logIn(this.url, ttlSeconds)
  }

  /** kill -9 of the server and its runner host, with nobody left to clean up. */
  async kill(): Promise<void> {
    for (const { pid } of this.processes) signal(pid, 'SIGKILL')
    await this.#ended()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (this.#child?.pid !== undefined) signal(this.#child.pid, 'SIGTERM')
      await this.#ended()
    } finally {
      const left = this.processes
      for (const { pid } of left) signal(pid, 'SIGKILL')
      rmSync(this.#root, { recursive: true, force: true })
      reportLeft(left)
    }
  }

  #readyUrl(child: ChildProcess, readyFile: string): string | null {
    if (child.exitCode !== null)
      throw new Error(`the server ended with code ${child.exitCode}; it said:\n${this.#said}`)
    try {
      // Written by the server whole or not at all.
      const ready: { readonly url: string } = JSON.parse(readFileSync(readyFile, 'utf8'))
      return ready.url
    } catch {
      // Not there yet.
      return null
    }
  }

  async #ended(): Promise<void> {
    const child = this.#child
    if (child === null) return
    await until('the server ends', () => child.exitCode !== null || child.signalCode !== null, STOP_DEADLINE_MS)
    this.#child = null
  }
}
