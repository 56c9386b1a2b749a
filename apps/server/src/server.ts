import { fileURLToPath } from 'node:url'
import {
  type Config,
  createEngine,
  derivePaths,
  describeProblem,
  type Engine,
  ensureFirstAdmin,
  FIRST_ADMIN,
  loadConfig,
  type LoadedConfig,
  loadOrCreateEncryptionKey,
  type Paths,
  pythonSettings,
  type RegistrationReport,
  systemClock,
  systemIds,
} from '@st2/engine'
import { MANIFESTS, RUNNERS, startSensorHost } from '@st2/runners'
import { startRunnerHost } from '@st2/runners/host'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Backends, openBackends, refuseEmbeddedSplit } from './backends.ts'
import { configFiles } from './config-files.ts'
import { createApp } from './http/app.ts'
import { type Address, ListenError, listenOnDirectPort, listenOnMainPort } from './listen.ts'
import { createLogger } from './log.ts'
import type { ServerOptions } from './options.ts'
import { type Ready, removeReadyFile, writeReadyFile } from './ready-file.ts'
import { servicePlan, type ServicePlan } from './services.ts'
import { Stoppers } from './stoppers.ts'
import { API_VERSION } from './version.ts'

const SHIPPED_PACKS = fileURLToPath(new URL('../../../packs', import.meta.url))
const WEBUI_FOLDER = fileURLToPath(new URL('../../webui/dist', import.meta.url))
const clock = systemClock()
const ids = systemIds()
/** Seconds that running actions may take to end after Ctrl-C, unless `[actionrunner] exit_still_active_check` is set. */
const INTERACTIVE_DRAIN_SECONDS = 5

/** What a person at the terminal is told while the server starts. */
export interface StartProgress {
  readonly step: (text: string) => void
  readonly problem: (text: string) => void
}

export interface RunningServer {
  readonly ready: Ready
  /** The first admin's generated password, this once. */
  readonly firstPassword: string | null
  readonly firstAdmin: string
  /** Begins a round of the garbage collector now. */
  collectGarbage(): void
  stop(): Promise<void>
}

/**
 * Composes and starts everything in this process: store, bus, engine, runner host, HTTP.
 * @throws ConfigError, DataFolderError, StoreVersionError, ListenError: each with a message of one line
 */
export async function startServer(
  options: ServerOptions,
  env: Readonly<Record<string, string | undefined>>,
  progress: StartProgress,
): Promise<RunningServer> {
  const loaded = loadConfig({ files: configFiles(options.configFiles, env), env, overrides: options.overrides })
  const log = createLogger(loaded.config)
  for (const warning of loaded.warnings) progress.problem(warning)
  const paths = derivePaths(loaded, { workingDir: process.cwd(), shippedPacksDir: SHIPPED_PACKS })
  const stoppers = new Stoppers()
  try {
    return await startParts({ options, env, progress, loaded, log, paths, stoppers })
  } catch (error) {
    await stoppers.run(log)
    throw error
  }
}

interface Start {
  readonly options: ServerOptions
  readonly env: Readonly<Record<string, string | undefined>>
  readonly progress: StartProgress
  readonly loaded: LoadedConfig
  readonly log: Logger
  readonly paths: Paths
  readonly stoppers: Stoppers
}

async function startParts(start: Start): Promise<RunningServer> {
  const { options, progress, loaded, log, paths, stoppers } = start
  const { config } = loaded
  const plan = servicePlan(options.services, {
    mainPort: 'server.port' in options.overrides,
    directPorts: options.hasDirectPorts,
  })
  refuseEmbeddedSplit(loaded, plan)
  const backends = await openBackends({ loaded, paths, log, stoppers, ...progress })
  const firstPassword = await ensureFirstAdmin(paths.htpasswdFile, start.env['ST2_ADMIN_PASSWORD'], ids)
  const { engine, apiUrl } = await startEngineParts(start, backends, plan)
  let isReady = false
  const app = await createApp({
    engine,
    config,
    log,
    version: API_VERSION,
    webuiFolder: WEBUI_FOLDER,
    webuiBaseUrl: () => config.webui.webui_base_url ?? apiUrl.base(),
    apiUrl: () => apiUrl.api(),
    secureCookie: loaded.isSet('api', 'auth_cookie_secure') ? config.api.auth_cookie_secure : null,
    isReady: () => isReady,
  })
  stoppers.push('http', () => app.close())

  // Where several processes share a store, those that answer for content register it.
  if (plan.http.includes('api')) {
    progress.step('Registering content')
    reportContent(await engine.register(tellRegistering(progress)), progress)
  }
  const address = await listen(app, plan, start)
  apiUrl.listensOn(address)

  progress.step('Starting services')
  const services = await engine.start(plan.background)
  stoppers.push('services', () => services.stop(drainMs(loaded)))
  isReady = true
  const ready = readyOf(address)
  if (options.readyFile !== null) {
    const path = options.readyFile
    await writeReadyFile(path, ready)
    stoppers.push('ready file', () => removeReadyFile(path))
  }
  log.info({ url: ready.url }, 'server is ready')
  return {
    ready,
    firstPassword,
    firstAdmin: FIRST_ADMIN,
    collectGarbage: () => engine.collectGarbage(),
    stop: () => stoppers.run(log),
  }
}

async function startEngineParts(
  start: Start,
  backends: Backends,
  plan: ServicePlan,
): Promise<{ engine: Engine; apiUrl: ApiUrl }> {
  const { loaded, log, paths, stoppers } = start
  const { config } = loaded
  const { identity } = backends
  const host = await startRunnerHost({
    dataDir: backends.processFolder,
    ...identity,
    log,
    waitsForFirstRun: !plan.background.includes('actionrunner'),
  })
  stoppers.push('runner host', () => host.close())
  const python = pythonSettings(config, paths)
  const sensorHost = await startSensorHost({ dataDir: backends.processFolder, ...identity, log, python })
  stoppers.push('sensor host', () => sensorHost.close())
  const apiUrl = new ApiUrl(config)
  const engine = await createEngine({
    config,
    paths,
    ...backends,
    onDeclaredDead: () => endSelf(log),
    clock,
    ids,
    log,
    encryptionKey: await loadOrCreateEncryptionKey(paths.encryptionKeyFile, ids),
    runners: RUNNERS,
    manifests: MANIFESTS,
    host,
    sensorHost,
    apiUrl: () => apiUrl.api(),
    systemUser: loaded.isSet('system_user', 'user') ? config.system_user.user : null,
    version: API_VERSION,
  })
  return { engine, apiUrl }
}

/**
 * Others have taken this process's work over: nothing it does may have an effect any more. Its runner host kills what runs when it
 * is gone, and whoever supervises it starts it anew.
 */
function endSelf(log: Logger): void {
  log.fatal('this process was silent for so long that others took its work over; it ends')
  process.exit(70)
}

/** Where the API is reached; with port 0 that is known only once the server listens. */
class ApiUrl {
  readonly #configured: string | null
  #address: Address

  constructor(config: Config) {
    this.#configured = config.auth.api_url === null ? null : config.auth.api_url.replace(/\/$/, '')
    this.#address = { host: config.server.host, port: config.server.port }
  }

  listensOn(address: Address): void {
    this.#address = address
  }

  base(): string {
    return baseUrl(this.#address)
  }

  /** What actions are given. */
  api(): string {
    return this.#configured ?? `${this.base()}/api`
  }
}

function baseUrl({ host, port }: Address): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

function readyOf(address: Address): Ready {
  const url = baseUrl(address)
  return { url, api: `${url}/api`, auth: `${url}/auth`, stream: `${url}/stream`, pid: process.pid }
}

/** Fewer packs are registered before anybody could read about them. */
const PACKS_WORTH_A_LINE = 20

function tellRegistering(progress: StartProgress): (done: number, total: number) => void {
  let told = 0
  return (done, total) => {
    if (total < PACKS_WORTH_A_LINE || done - told < total / 10) return
    told = done
    progress.step(`Registering content: ${done} of ${total} packs`)
  }
}

function reportContent(report: RegistrationReport, progress: StartProgress): void {
  for (const problem of report.problems) progress.problem(describeProblem(problem))
  for (const notice of report.notices) progress.problem(notice)
}

/** Where requests are answered now: the main port, else the port of the first service that has one. */
async function listen(app: FastifyInstance, plan: ServicePlan, { loaded, log, stoppers }: Start): Promise<Address> {
  const { config } = loaded
  await app.ready()
  const main = { host: config.server.host, port: config.server.port }
  const opened = plan.opensMainPort ? await listenOnMainPort(app, main) : null
  const services = plan.directPorts === 'none' ? [] : plan.http
  for (const service of services) {
    try {
      const server = await listenOnDirectPort(app, service, config[service])
      stoppers.push(`port of ${service}`, () => {
        server.close()
        server.closeAllConnections()
      })
    } catch (error) {
      if (plan.directPorts === 'required' || !(error instanceof ListenError)) throw error
      log.warn({ service }, `${error.message}; ${service} is reached through the main port only`)
    }
  }
  const [first] = services
  return opened ?? (first === undefined ? main : { host: config[first].host, port: config[first].port })
}

function drainMs(loaded: LoadedConfig): number {
  const { actionrunner } = loaded.config
  if (!actionrunner.graceful_shutdown) return 0
  const isSet = loaded.isSet('actionrunner', 'exit_still_active_check')
  return (isSet ? actionrunner.exit_still_active_check : INTERACTIVE_DRAIN_SECONDS) * 1000
}
