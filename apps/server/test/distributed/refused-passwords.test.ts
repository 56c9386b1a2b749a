import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, startGuardedRedis, startMongodb, startRabbitmq, startRedis } from '@st2/test-servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServerInVain, temporaryFolder } from '../support/server.ts'

const WRONG = 'Zebra-4711-Quagga'

describe('a server behind the platform', () => {
  const opened = new AsyncDisposableStack()
  const folder = temporaryFolder()
  let urls: { database: string; messaging: string; coordination: string }

  beforeAll(async () => {
    opened.use(folder)
    urls = {
      database: opened.use(await startMongodb()).url,
      messaging: opened.use(await startRabbitmq()).url,
      coordination: opened.use(await startRedis()).url,
    }
  })
  afterAll(() => opened.disposeAsync())

  it('that refuses the password of the broker is named, the password is not', async () => {
    const { host } = new URL(urls.messaging)
    const said = await saidInVain({ messaging: `amqp://guest:${WRONG}@${host}/` })
    expect(said).toMatch(/RabbitMQ|broker/)
    expect(said).toMatch(/ACCESS.REFUSED|refused/)
  })

  it('that refuses the password of the coordinator is named, the password is not', async () => {
    await using guarded = await startGuardedRedis('the right one')
    const said = await saidInVain({ coordination: guarded.url.replace('redis://', `redis://:${WRONG}@`) })
    expect(said).toMatch(/Redis|coordinator/)
    expect(said).toMatch(/WRONGPASS|password/)
  })

  it('that is not there is named, the password of the database is not', async () => {
    const said = await saidInVain({ database: `mongodb://st2:${WRONG}@127.0.0.1:${await freePort()}` })
    expect(said).toMatch(/MongoDB|database/)
    expect(said).toContain('ECONNREFUSED')
  })

  /** What a start says that ends by itself: one line, without a stack. */
  async function saidInVain(changed: Partial<typeof urls>): Promise<string> {
    const { database, messaging, coordination } = { ...urls, ...changed }
    const file = join(folder.path, 'st2.conf')
    writeFileSync(
      file,
      [
        `[database]\nhost = ${database}\nconnection_timeout = 2000\nconnection_retry_max_delay_m = 0`,
        `[messaging]\nurl = ${messaging}`,
        `[coordination]\nurl = ${coordination}`,
      ].join('\n'),
    )
    const { code, stdout, stderr } = await startServerInVain({ args: ['--config-file', file] })
    expect(code).not.toBe(0)
    expect(stdout + stderr).not.toContain(WRONG)
    const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'))
    expect(lines).toHaveLength(1)
    return lines[0] ?? ''
  }
})
