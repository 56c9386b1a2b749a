import { randomBytes } from 'node:crypto'
import { setTimeout as pass } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { RedisCoordinator } from '../../src/adapters/redis/coordinator.ts'
import { openRedis } from '../../src/adapters/redis/open-redis.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { coordinatorContract } from '../../src/ports/contracts.ts'
import { type RedisServer, startRedis } from '@st2/test-servers'
import { silent } from './support.ts'

let server: RedisServer

beforeAll(async () => {
  server = await startRedis()
})

afterAll(() => server[Symbol.asyncDispose]())

coordinatorContract('redis', async () => {
  const coordinator = new RedisCoordinator({
    redis: await openRedis({ url: server.url, log: silent }),
    clock: systemClock(),
    log: silent,
    prefix: `st2-contract-${randomBytes(6).toString('hex')}`,
    electionPollMs: 50,
  })
  return { port: coordinator, pass: (ms) => pass(ms), [Symbol.asyncDispose]: () => coordinator.close() }
})
