import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'

export interface RabbitmqServer extends AsyncDisposable {
  readonly url: string
  /** Cuts every connection, as a network does. Needs a server of this suite's own. */
  cutConnections(): void
}

const START_LIMIT_MS = 55_000

/** Where Debian keeps the programs that do not change to another user first. */
const PROGRAMS = '/usr/lib/rabbitmq/bin'

/** The broker named by ST2_TEST_AMQP_URI, or one of its own: a node, a folder, ports and a port mapper that nobody else has. */
export async function startRabbitmq(): Promise<RabbitmqServer> {
  const named = process.env['ST2_TEST_AMQP_URI']
  if (named !== undefined && named !== '') return foreignBroker(named)
  const folder = mkdtempSync(join(tmpdir(), 'st2-rabbitmq-'))
  const [port, distribution, mapper] = [await freePort(), await freePort(), await freePort()]
  const env = {
    ...process.env,
    HOME: folder,
    RABBITMQ_NODENAME: `st2test${port}@localhost`,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(mapper),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
  }
  writeFileSync(join(folder, 'rabbitmq.conf'), `listeners.tcp.1 = 127.0.0.1:${port}\nloopback_users = none\n`)
  writeFileSync(join(folder, 'enabled_plugins'), '[].')
  const control = (...args: string[]) => {
    const done = spawnSync(join(PROGRAMS, 'rabbitmqctl'), args, { env, encoding: 'utf8', timeout: 60_000 })
    if (done.status !== 0) throw new Error(`rabbitmqctl ${args.join(' ')}: ${done.stderr || done.stdout}`)
  }
  const child = spawn(join(PROGRAMS, 'rabbitmq-server'), { env, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await started(() => control('await_startup', '--timeout', '50'))
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}/`,
    cutConnections: () => control('close_all_connections', 'cut by a test'),
    [Symbol.asyncDispose]: async () => {
      control('stop', join(folder, 'pid'))
      await ended
      spawnSync('epmd', ['-port', String(mapper), '-kill'], { stdio: 'ignore' })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The node is not there at first: asking it fails, and then waits until it has started. */
async function started(awaitStartup: () => void): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS
  for (;;) {
    try {
      return awaitStartup()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await pause(200)
    }
  }
}

function foreignBroker(url: string): RabbitmqServer {
  return {
    url,
    cutConnections: () => {
      throw new Error('connections of a server that others use are not cut')
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
