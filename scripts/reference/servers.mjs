// The servers that the deployment stands on, each on a loopback port of its own and with its files in the deployment's folder.
// Those of packages/test-servers keep nothing and end with the tests; and scripts run before any package is installed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { needsEnvironment } from '../testing/needs.mjs'

const START_LIMIT_MS = 60_000
const RABBITMQ_PROGRAMS = '/usr/lib/rabbitmq/bin'

/** A loopback port that nobody listens to now. */
export async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** @throws when nobody listens in time */
export async function untilListening(port, name) {
  const deadline = Date.now() + START_LIMIT_MS
  while (!(await isListening(port))) {
    if (Date.now() > deadline) throw new Error(`${name} does not listen on port ${port}; see its log`)
    await pause(100)
  }
}

function isListening(port) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** @param {(name: string, command: string, args: string[], environment?: object) => void} launch */
export async function startRedis(folder, launch) {
  const port = await freePort()
  const data = join(folder, 'redis')
  mkdirSync(data, { recursive: true })
  launch('redis', 'redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', data, '--appendonly', 'yes'])
  await untilListening(port, 'Redis')
  return `redis://127.0.0.1:${port}`
}

export async function startRabbitmq(folder, launch) {
  const data = join(folder, 'rabbitmq')
  mkdirSync(data, { recursive: true })
  const ports = rememberedPorts(join(data, 'ports.json')) ?? {
    amqp: await freePort(),
    distribution: await freePort(),
    mapper: await freePort(),
  }
  writeFileSync(join(data, 'ports.json'), JSON.stringify(ports))
  writeFileSync(join(data, 'rabbitmq.conf'), `listeners.tcp.1 = 127.0.0.1:${ports.amqp}\n`)
  writeFileSync(join(data, 'enabled_plugins'), '[].')
  const environment = {
    HOME: data,
    RABBITMQ_NODENAME: `st2reference${ports.amqp}@localhost`,
    RABBITMQ_MNESIA_BASE: join(data, 'mnesia'),
    RABBITMQ_LOG_BASE: join(data, 'log'),
    RABBITMQ_CONFIG_FILE: join(data, 'rabbitmq'),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    ERL_EPMD_PORT: String(ports.mapper),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(data, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(data, 'pid'),
  }
  launch('rabbitmq', join(RABBITMQ_PROGRAMS, 'rabbitmq-server'), [], environment)
  await untilListening(ports.amqp, 'RabbitMQ')
  return `amqp://guest:guest@127.0.0.1:${ports.amqp}/`
}

/** The broker's port mapper outlives it. */
export function stopPortMapper(folder) {
  const ports = rememberedPorts(join(folder, 'rabbitmq', 'ports.json'))
  if (ports !== null) spawnSync('epmd', ['-port', String(ports.mapper), '-kill'], { stdio: 'ignore' })
}

/** The node's name holds its port: it finds its data again only under the same. */
function rememberedPorts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

export async function startMongodbStandIn(launch) {
  const classes = needsEnvironment().ST2_MONGODB_STAND_IN
  const port = await freePort()
  const options = ['-Xmx1g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
  launch('mongodb', 'java', [...options, '-cp', `${classes}/classes:${classes}/lib/*`, 'StandIn', String(port)])
  await untilListening(port, 'the stand-in for MongoDB')
  return `mongodb://127.0.0.1:${port}`
}
