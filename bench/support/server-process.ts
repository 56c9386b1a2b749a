import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { buildProgram } from './built-program.ts'

const MAIN = fileURLToPath(new URL('../../apps/server/dist/main.mjs', import.meta.url))
export const ADMIN = { name: 'st2admin', password: 'benchmark' } as const
const START_DEADLINE_MS = 60_000

/** A server as `npm start` starts it, in a folder of its own; or several that are one deployment. */
export interface BenchServer extends AsyncDisposable {
  readonly url: string
  /** Of its processes; what descends from them belongs to it too. */
  readonly pids: readonly number[]
  readonly token: string
  /** ms from the start of the process to the ready file. */
  readonly startMs: number
  /** Of a broker that it uses. */
  readonly brokerUrl?: string
  /** Its store uses no index: what it holds must stay little. */
  readonly mustStaySmall?: boolean
}

export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'st2-bench-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Of a request as a `Connection` sends it. */
export function headersOf({ token }: BenchServer): string {
  return `X-Auth-Token: ${token}\r\n`
}

/** @param nodeFlags of Node, before the script: `--cpu-prof` */
export type StartServer = (folder: string, nodeFlags?: readonly string[]) => Promise<BenchServer>

export const startServer: StartServer = (folder, nodeFlags = []) => launchServer(folder, { nodeFlags })

export interface Launch {
  readonly nodeFlags: readonly string[]
  /** Further arguments. */
  readonly args?: readonly string[]
  /** Among several in one folder. */
  readonly name?: string
}

export async function launchServer(folder: string, { nodeFlags, args = [], name = '' }: Launch): Promise<BenchServer> {
  const readyFile = join(folder, `${name}ready.json`)
  const own = ['--port', '0', '--no-direct-ports', '--data-dir', join(folder, 'data'), '--ready-file', readyFile]
  buildProgram('server')
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...nodeFlags, MAIN, ...own, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ST2_ADMIN_PASSWORD: ADMIN.password },
  })
  const { url } = await readyOf(child, readyFile)
  const startMs = performance.now() - startedAt
  return {
    url,
    pids: [child.pid ?? 0],
    token: await loginWhere(url),
    startMs,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function readyOf(child: ChildProcess, file: string): Promise<{ url: string }> {
  const deadline = performance.now() + START_DEADLINE_MS
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`)
    const text = readOrNull(file)
    if (text !== null) return JSON.parse(text) as { url: string }
    await delay(10)
  }
  child.kill('SIGKILL')
  throw new Error('the server did not start in time')
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Not there yet, or gone meanwhile.
    return null
  }
}

/** Empty for a process that is not the one to log in at. */
async function loginWhere(url: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${ADMIN.name}:${ADMIN.password}`).toString('base64')}`
  const response = await fetch(`${url}/auth/v1/tokens`, { method: 'POST', headers: { authorization } })
  if (response.status === 404) return ''
  const { token } = (await response.json()) as { token: string }
  return token
}

/** Resident memory of its processes and all that descend from them, MB. */
export function residentMb({ pids }: BenchServer): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readOrNull(`/proc/${name}/stat`)
    if (stat !== null) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const family = [...parents.keys()].filter((candidate) => pids.some((pid) => descendsFrom(candidate, pid, parents)))
  return Math.round(family.reduce((sum, member) => sum + residentKb(member), 0) / 1024)
}

function descendsFrom(pid: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  for (let next: number | undefined = pid; next !== undefined && next !== 0; next = parents.get(next)) {
    if (next === ancestor) return true
  }
  return false
}

function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readOrNull(`/proc/${pid}/status`) ?? '')?.[1] ?? 0)
}
