import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  startMongodb,
  startRabbitmq,
  startRedis,
  startTcpProxy,
  type RabbitmqServer,
  type TcpProxy,
} from '@st2/test-servers'
import { writePack } from '../support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from '../support/server.ts'

/** What runs, a process each. The first is where requests go. */
const PROCESSES = {
  api: ['api', 'auth'],
  stream: ['stream'],
  rules: ['rulesengine', 'timersengine', 'notifier', 'garbagecollector'],
  scheduler: ['scheduler'],
  'second scheduler': ['scheduler'],
  workflowengine: ['workflowengine'],
  'second workflowengine': ['workflowengine'],
  'third workflowengine': ['workflowengine'],
  actionrunner: ['actionrunner'],
  'second actionrunner': ['actionrunner'],
} as const satisfies Record<string, readonly string[]>

export type ProcessName = keyof typeof PROCESSES
export const PROCESS_NAMES = Object.keys(PROCESSES) as ProcessName[]

/** The reference deployment without its front: MongoDB, RabbitMQ and Redis behind proxies, services split over processes. */
export class SplitStack implements AsyncDisposable {
  readonly database: TcpProxy
  readonly broker: TcpProxy
  readonly coordinator: TcpProxy
  readonly rabbitmq: RabbitmqServer
  readonly #resources: AsyncDisposableStack
  readonly folder: string
  readonly #running = new Map<ProcessName, TestServer>()

  private constructor(
    parts: Pick<SplitStack, 'database' | 'broker' | 'coordinator' | 'rabbitmq'>,
    resources: AsyncDisposableStack,
    folder: string,
  ) {
    this.database = parts.database
    this.broker = parts.broker
    this.coordinator = parts.coordinator
    this.rabbitmq = parts.rabbitmq
    this.#resources = resources
    this.folder = folder
  }

  /** @param packs files of further packs, by name */
  static async start(packs: Readonly<Record<string, Readonly<Record<string, string>>>> = {}): Promise<SplitStack> {
    const resources = new AsyncDisposableStack()
    try {
      const stack = await SplitStack.#prepare(resources)
      for (const [name, files] of Object.entries(packs)) writePack(join(stack.folder, 'data'), name, files)
      await stack.begin('api')
      await Promise.all(PROCESS_NAMES.filter((name) => name !== 'api').map((name) => stack.begin(name)))
      return stack
    } catch (error) {
      await resources.disposeAsync()
      throw error
    }
  }

  static async #prepare(resources: AsyncDisposableStack): Promise<SplitStack> {
    const folder = resources.use(temporaryFolder()).path
    const proxied = async (url: string): Promise<[TcpProxy, string]> => {
      const { hostname, port } = new URL(url)
      const proxy = resources.use(await startTcpProxy({ host: hostname, port: Number(port) }))
      return [proxy, url.replace(`:${port}`, `:${proxy.port}`)]
    }
    const rabbitmq = resources.use(await startRabbitmq())
    const [database, databaseUrl] = await proxied(resources.use(await startMongodb()).url)
    const [broker, brokerUrl] = await proxied(rabbitmq.url)
    const [coordinator, coordinatorUrl] = await proxied(resources.use(await startRedis()).url)
    writeFileSync(
      join(folder, 'st2.conf'),
      [
        `[database]\nhost = ${databaseUrl}\nconnection_timeout = 2000`,
        `[messaging]\nurl = ${brokerUrl}`,
        `[coordination]\nurl = ${coordinatorUrl}`,
        '[actionrunner]\nexit_still_active_check = 5',
        '[workflow_engine]\nlease_ms = 4000',
      ].join('\n'),
    )
    return new SplitStack({ database, broker, coordinator, rabbitmq }, resources, folder)
  }

  server(name: ProcessName): TestServer {
    const server = this.#running.get(name)
    if (server === undefined) throw new Error(`${name} does not run`)
    return server
  }

  async begin(name: ProcessName): Promise<void> {
    const args = ['--config-file', join(this.folder, 'st2.conf'), '--services', PROCESSES[name].join(',')]
    this.#running.set(name, await startServer({ dataDir: join(this.folder, 'data'), args }))
  }

  async kill(name: ProcessName): Promise<void> {
    await this.server(name).kill()
    this.#running.delete(name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const stopped = await Promise.allSettled([...this.#running.values()].map((server) => server[Symbol.asyncDispose]()))
    await this.#resources.disposeAsync()
    const failed = stopped.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
}
