import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startMongodb, startRabbitmq, startRedis } from '@st2/test-servers'
import { type BenchServer, launchServer } from './server-process.ts'

/** What runs, a process each; the first is where requests go. */
const PROCESSES = [
  ['api', 'auth'],
  ['stream'],
  ['rulesengine', 'timersengine', 'notifier', 'garbagecollector'],
  ['scheduler'],
  ['workflowengine'],
  ['actionrunner'],
] as const

/**
 * The reference deployment without its front: services split over processes on MongoDB, RabbitMQ and Redis. MongoDB is the server that
 * ST2_TEST_MONGODB_URI names, else a stand-in that uses no index and keeps nothing: its figures are its own.
 */
export async function startReference(folder: string, nodeFlags: readonly string[] = []): Promise<BenchServer> {
  await using resources = new AsyncDisposableStack()
  const [mongodb, rabbitmq, redis] = await Promise.all([startMongodb(), startRabbitmq(), startRedis()])
  for (const server of [mongodb, rabbitmq, redis]) resources.use(server)
  const config = join(folder, 'st2.conf')
  const sections = [
    `[database]\nhost = ${mongodb.url}`,
    `[messaging]\nurl = ${rabbitmq.url}`,
    `[coordination]\nurl = ${redis.url}`,
    '[actionrunner]\nexit_still_active_check = 5',
  ]
  writeFileSync(config, sections.join('\n'))
  const start = async (services: readonly string[]): Promise<BenchServer> => {
    const args = ['--config-file', config, '--services', services.join(',')]
    return resources.use(await launchServer(folder, { args, nodeFlags, name: services[0] ?? '' }))
  }
  const [first, ...others] = PROCESSES
  const api = await start(first)
  const all = [api, ...(await Promise.all(others.map(start)))]
  const owned = resources.move()
  return {
    ...api,
    pids: all.flatMap(({ pids }) => pids),
    brokerUrl: rabbitmq.url,
    mustStaySmall: mongodb.isStandIn,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
