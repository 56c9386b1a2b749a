import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, expectStatus, type ShownExecution, TestApi } from '../support/api.ts'
import { until } from '../support/until.ts'
import { SplitStack } from './split-stack.ts'

/** ms: a dead process is noticed after 30 s. */
const FINAL_WITHIN_MS = 90_000

describe('action chains, driven by two processes,', () => {
  const opened = new AsyncDisposableStack()
  let stack: SplitStack
  let token: string
  const admin = (): TestApi => new TestApi(stack.server('api'), token)

  beforeAll(async () => {
    stack = opened.use(await SplitStack.start())
    token = (await api(stack.server('api'))).token
  }, 120_000)
  afterAll(() => opened.disposeAsync())

  it('run to their ends', async () => {
    const started = await Promise.all(
      Array.from({ length: 6 }, (_, index) => admin().run('examples.chain-sequential', { name: `n${index}` })),
    )
    const done = await Promise.all(started.map(({ id }) => admin().finished(id, 30_000)))
    expect(done.map(({ status, result }) => [status, (result as { published: unknown }).published])).toEqual(
      started.map((_, index) => ['succeeded', { greeting: `n${index}, All your base are belong to us!` }]),
    )
  })

  it('wait for people, whichever process is told of the answer', async () => {
    const { id } = await admin().run('examples.chain-test-inquiry-parent')
    await admin().reaches(id, 'paused')
    const [inquiry] = await admin().get<{ id: string }[]>('/inquiries')
    const body = { id: inquiry?.id, response: { secondfactor: 'bolognese' } }
    expectStatus(await admin().ask('PUT', `/inquiries/${inquiry?.id}`, { body }), 200)
    expect((await admin().finished(id, 30_000)).status).toBe('succeeded')
  })

  it('go on in the other process when theirs is killed', { timeout: 180_000 }, async () => {
    const started = await Promise.all(
      Array.from({ length: 4 }, () =>
        admin().run('examples.action_chain_streaming_demo', { count: 3, sleep_delay: 0.5 }),
      ),
    )
    await until('all of them run', async () => {
      const children = await Promise.all(
        started.map(({ id }) => admin().get<ShownExecution[]>(`/executions/${id}/children`)),
      )
      return children.every((list) => list.some(({ status }) => status === 'running'))
    })
    await stack.kill('actionrunner')
    const done = await Promise.all(started.map(({ id }) => admin().finished(id, FINAL_WITHIN_MS)))
    // A command that died with its process is abandoned, which ends its chain: all others go on to the end. Which process runs what is chance.
    for (const { status, result } of done) {
      const states = (result as { tasks: { state: string }[] }).tasks.map(({ state }) => state)
      expect([
        ['succeeded', ['succeeded', 'succeeded']],
        ['failed', ['abandoned']],
      ]).toContainEqual([status, states])
    }
  })
})
