import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ADMIN, ADMIN_PASSWORD, type TestServer } from './server.ts'

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** An st2 command with a home of its own, pointed at one server. */
export interface CommandLine {
  readonly name: string
  run(...args: readonly string[]): Promise<CommandResult>
}

const OURS = fileURLToPath(new URL('../../../../bin/st2', import.meta.url))
const DEADLINE_MS = 60_000

export function ourClient(server: TestServer, folder: string, env: Environment = {}): CommandLine {
  return commandLine('bin/st2', OURS, server, folder, env)
}

/** @throws when the suite was started without it: there is nothing to compare with then */
export function officialClient(server: TestServer, folder: string, env: Environment = {}): CommandLine {
  const command = process.env['ST2_OFFICIAL_CLIENT']
  if (command === undefined) throw new Error('ST2_OFFICIAL_CLIENT names no client: run this suite by scripts/test.mjs')
  return commandLine('official', command, server, folder, env)
}

type Environment = Readonly<Record<string, string>>

function commandLine(name: string, command: string, server: TestServer, folder: string, env: Environment): CommandLine {
  const home = join(folder, `home-${name.replace('/', '-')}`)
  mkdirSync(home, { recursive: true })
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    COLUMNS: '120',
    LINES: '50',
    ST2_COLORIZE: 'false',
    ST2_BASE_URL: server.url,
    ST2_AUTH_URL: server.auth,
    ST2_API_URL: server.api,
    ST2_STREAM_URL: server.stream,
    ...env,
  }
  return {
    name,
    run: (...args) =>
      new Promise((resolve, reject) => {
        const options = { env: environment, cwd: home, timeout: DEADLINE_MS, maxBuffer: 64 * 1024 * 1024 }
        execFile(command, args, options, (error, stdout, stderr) => {
          if (error !== null && typeof error.code !== 'number') reject(error)
          else resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
        })
      }),
  }
}

export async function loggedIn(client: CommandLine): Promise<CommandLine> {
  const { code, stdout, stderr } = await client.run('login', ADMIN, '-p', ADMIN_PASSWORD)
  if (code !== 0) throw new Error(`${client.name} login: ${stdout}${stderr}`)
  return client
}
