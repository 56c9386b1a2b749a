// Starts and stops the deployment: servers, services, front.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { renderConf } from '../../nginx/render-conf.mjs'
import { provide } from '../testing/needs.mjs'
import { repository, repositoryNode } from '../testing/repository.mjs'
import { freePort, startMongodbStandIn, startRabbitmq, startRedis, stopPortMapper, untilListening } from './servers.mjs'
import { folder, isRunning, readState, removeState, startTimeOf, writeState } from './state.mjs'

/** One process each; those that may be there more than once are, twice. */
const SERVICES = [
  'auth',
  'api',
  'stream',
  'rulesengine',
  'timersengine',
  'sensorcontainer',
  'notifier',
  'scheduler',
  'scheduler',
  'workflowengine',
  'actionrunner',
  'actionrunner',
  'garbagecollector',
]
const READY_LIMIT_MS = 60_000
/** Longer than running actions may take to end. */
const STOP_LIMIT_MS = 20_000

/** @param {(text: string) => void} tell */
export async function bringUp(tell) {
  const before = readState()
  if (before?.processes.some(isRunning)) throw new Error('it runs already; stop it with: npm run reference -- down')
  const mongodbUri = process.env.ST2_REFERENCE_MONGODB_URI
  const needs = ['redis', 'rabbitmq', 'nginx', 'openssl', ...(mongodbUri ? [] : ['mongodb stand-in'])]
  const unmet = provide(needs)
  for (const [need, reason] of unmet) throw new Error(`${need}: ${reason}`)
  tell('Building …')
  run('node', [join(repository, 'scripts/prepare.mjs')])
  mkdirSync(join(folder, 'log'), { recursive: true })

  const stack = new Stack()
  try {
    tell('Starting Redis, RabbitMQ and MongoDB …')
    const redis = await startRedis(folder, stack.launcher('server'))
    const rabbitmq = await startRabbitmq(folder, stack.launcher('server'))
    const mongodb = mongodbUri || (await startMongodbStandIn(stack.launcher('server')))
    const ports = { api: await freePort(), auth: await freePort(), stream: await freePort(), ...frontPorts() }
    const password = adminPassword()
    writeConfiguration({ redis, rabbitmq, mongodb, ports })
    tell('Starting the services …')
    await startServices(stack, ports, password)
    tell('Starting nginx …')
    const url = await startFront(stack, ports)
    stack.finish(url)
    tell(`\n  st2 is ready at ${url}\n\n  Login:  user      st2admin\n          password  ${password}\n`)
    tell(`  The certificate is self-signed: ${join(folder, 'certificate/st2.crt')}`)
    if (!mongodbUri)
      tell('  MongoDB is a stand-in that keeps nothing when it stops: name yours in ST2_REFERENCE_MONGODB_URI.')
    tell('  npm run reference -- status | down')
  } catch (error) {
    await bringDown(() => undefined)
    throw error
  }
}

/** @returns {Promise<number>} how many processes were stopped */
export async function bringDown(tell) {
  const state = readState()
  if (state === null) return 0
  const living = state.processes.filter(isRunning)
  // The front first, so that nobody is let in any more; then services; then what they stand on.
  for (const kind of ['front', 'service', 'server']) {
    const some = living.filter((one) => one.kind === kind)
    if (some.length > 0) tell(`Stopping ${some.map(({ name }) => name).join(', ')} …`)
    for (const { pid } of some) signal(pid, 'SIGTERM')
    await untilGone(some)
  }
  stopPortMapper(folder)
  removeState()
  return living.length
}

/** @returns {Promise<{ name: string, pid: number, health: string }[]>} */
export function describe(state) {
  return Promise.all(
    state.processes.map(async (one) => ({
      name: one.name,
      pid: one.pid,
      health: !isRunning(one) ? 'gone' : one.readyUrl === undefined ? 'runs' : await readiness(one.readyUrl),
    })),
  )
}

/** What was started so far; written down at once, so that nothing is left behind whatever happens. */
class Stack {
  processes = []
  url = ''

  launcher(kind) {
    return (name, command, args, environment = {}, readyUrl) => {
      const log = openSync(join(folder, 'log', `${name}.log`), 'a')
      const child = spawn(command, args, {
        detached: true,
        stdio: ['ignore', log, log],
        env: { ...process.env, ...environment },
      })
      closeSync(log)
      if (child.pid === undefined) throw new Error(`${command} could not be started`)
      child.unref()
      this.processes.push({ name, pid: child.pid, startTime: startTimeOf(child.pid), kind, readyUrl })
      writeState({ url: this.url, processes: this.processes })
    }
  }

  finish(url) {
    this.url = url
    writeState({ url, processes: this.processes })
  }
}

/** Those of the front are well-known, so that a bookmark stays right. */
function frontPorts() {
  const { ST2_REFERENCE_HTTPS_PORT: https = '8443', ST2_REFERENCE_HTTP_PORT: http = '8081' } = process.env
  return { https: Number(https), http: Number(http) }
}

function adminPassword() {
  const file = join(folder, 'admin-password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(12).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

function writeConfiguration({ redis, rabbitmq, mongodb, ports }) {
  // Actions reach the API without the front, and browsers' cookies travel over TLS alone.
  const further = { api: 'auth_cookie_secure = True\n', auth: `api_url = http://127.0.0.1:${ports.api}\n`, stream: '' }
  const services = Object.entries(further).map(
    ([name, options]) => `[${name}]\nhost = 127.0.0.1\nport = ${ports[name]}\n${options}`,
  )
  const text = [
    `[server]\ndata_dir = ${join(folder, 'data')}\n`,
    `[database]\nhost = ${mongodb}\ndb_name = st2\n`,
    `[messaging]\nurl = ${rabbitmq}\n`,
    `[coordination]\nurl = ${redis}\nservice_registry = True\n`,
    ...services,
    `[actionrunner]\nexit_still_active_check = 5\n`,
    `[webui]\nwebui_base_url = https://127.0.0.1:${ports.https}\n`,
  ]
  writeFileSync(join(folder, 'st2.conf'), text.join('\n'), { mode: 0o600 })
}

async function startServices(stack, ports, password) {
  const launch = stack.launcher('service')
  const main = join(repository, 'apps/server/dist/main.mjs')
  const config = join(folder, 'st2.conf')
  const counts = new Map()
  for (const name of SERVICES) {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    const own = ports[name]
    const health = own ?? (await freePort())
    const args = [main, '--config-file', config, '--services', name]
    if (own === undefined) args.push('--port', String(health))
    const environment = { ST2_ADMIN_PASSWORD: password }
    launch(
      count === 1 ? name : `${name}-${count}`,
      repositoryNode,
      args,
      environment,
      `http://127.0.0.1:${health}/readyz`,
    )
    // Content is registered by the API; the others find it.
    if (name === 'api') await untilReady(stack)
  }
  await untilReady(stack)
}

async function untilReady(stack) {
  const deadline = Date.now() + READY_LIMIT_MS
  for (;;) {
    const rows = await describe(stack)
    const gone = rows.find(({ health }) => health === 'gone')
    if (gone !== undefined) throw new Error(`${gone.name} ended; see ${join(folder, 'log', `${gone.name}.log`)}`)
    const waiting = rows.filter(({ health }) => health !== 'runs' && health !== 'ready')
    if (waiting.length === 0) return
    if (Date.now() > deadline) throw new Error(`not ready in time: ${waiting.map(({ name }) => name).join(', ')}`)
    await pause(200)
  }
}

async function startFront(stack, ports) {
  const certificate = join(folder, 'certificate')
  run('sh', [join(repository, 'nginx/make-certificate.sh'), certificate, 'localhost', '127.0.0.1'])
  const runFolder = join(folder, 'nginx')
  mkdirSync(runFolder, { recursive: true })
  const conf = join(runFolder, 'nginx.conf')
  writeFileSync(
    conf,
    renderConf({
      daemon: false,
      runFolder,
      logFolder: join(folder, 'log'),
      webuiFolder: join(repository, 'apps/webui/dist'),
      certificate: join(certificate, 'st2.crt'),
      certificateKey: join(certificate, 'st2.key'),
      api: [`127.0.0.1:${ports.api}`],
      auth: [`127.0.0.1:${ports.auth}`],
      stream: [`127.0.0.1:${ports.stream}`],
      httpListen: `127.0.0.1:${ports.http}`,
      httpsListen: `127.0.0.1:${ports.https}`,
      httpsPort: ports.https,
    }),
  )
  stack.launcher('front')('nginx', 'nginx', ['-p', runFolder, '-c', conf])
  await untilListening(ports.https, 'nginx')
  return `https://127.0.0.1:${ports.https}`
}

async function readiness(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3000) })
    return response.ok ? 'ready' : `not ready (${response.status})`
  } catch {
    // Nobody listens yet, or any more.
    return 'does not answer'
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

async function untilGone(processes) {
  const deadline = Date.now() + STOP_LIMIT_MS
  while (processes.some(isRunning)) {
    if (Date.now() > deadline) for (const one of processes.filter(isRunning)) signal(one.pid, 'SIGKILL')
    await pause(100)
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: repository, stdio: 'inherit' })
  if (error !== undefined) throw new Error(`${command} could not be started: ${error.message}`)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`)
}
