import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { api, type ShownExecution, TestApi } from '../support/api.ts'
import { processesWith } from '../support/processes.ts'
import { seededRandom } from '../support/random.ts'
import { signal, startServer, temporaryFolder, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const COUNT = 50
/** Fewer than are asked for: at any moment some wait, some run, some have ended. */
const POOL = 20
/** About how long the load takes when nothing happens to it. */
const LOAD_MS = 3500
const END_DEADLINE_MS = 60_000

/** One data folder, its servers one after the other, and what was asked of them. */
class Scene implements Disposable {
  readonly #folder = temporaryFolder()
  readonly #config: string
  readonly #marks: string
  readonly accepted: string[] = []
  #token = ''

  constructor(onCrash: 'abandon' | 'rerun' = 'abandon') {
    this.#marks = join(this.#folder.path, 'marks')
    this.#config = join(this.#folder.path, 'st2.conf')
    writeFileSync(this.#config, `[actionrunner]\nactions_pool_size = ${POOL}\non_crash = ${onCrash}\n`)
  }

  async start(): Promise<TestServer> {
    const dataDir = join(this.#folder.path, 'data')
    const server = await startServer({ dataDir, args: ['--config-file', this.#config] })
    if (this.#token === '') this.#token = (await api(server)).token
    return server
  }

  apiOf(server: TestServer): TestApi {
    return new TestApi(server, this.#token)
  }

  /** Asks for all of them, a few at a time; resolves when each was answered or the server was gone. */
  async load(server: TestServer): Promise<void> {
    const admin = this.apiOf(server)
    const cmd = `sleep 1; echo $ST2_ACTION_EXECUTION_ID >> ${this.#marks}`
    let left = COUNT
    const client = async (): Promise<void> => {
      while (left-- > 0) this.accepted.push((await admin.run('core.local', { cmd })).id)
    }
    await Promise.allSettled(Array.from({ length: 5 }, client))
  }

  /** One that never ends by itself, and whose second process leaves its session. */
  async startSleeper(server: TestServer): Promise<void> {
    const { id } = await this.apiOf(server).run('core.local', {
      cmd: 'sleep 600 & setsid sleep 601 & wait',
      timeout: 700,
    })
    this.accepted.push(id)
    await until('the sleeper runs', () => this.processes().length >= 3)
  }

  async ended(server: TestServer): Promise<ShownExecution[]> {
    const admin = this.apiOf(server)
    return Promise.all(this.accepted.map((id) => admin.finished(id, END_DEADLINE_MS)))
  }

  marks(): string[] {
    return existsSync(this.#marks) ? readFileSync(this.#marks, 'utf8').split('\n').filter(Boolean) : []
  }

  /** What the actions of this scene left running. */
  processes(): number[] {
    return processesWith('ST2_ACTION_EXECUTION_ID')
      .filter(({ environment }) => this.accepted.includes(environment.get('ST2_ACTION_EXECUTION_ID') ?? ''))
      .map(({ pid }) => pid)
  }

  [Symbol.dispose](): void {
    for (const pid of this.processes()) signal(pid, 'SIGKILL')
    this.#folder[Symbol.dispose]()
  }
}

/** Accepted is ended; who succeeded did it once, who was running when it happened says why it was given up. */
function lossesOf(scene: Scene, ended: readonly ShownExecution[]): string[] {
  const marks = scene.marks()
  const twice = marks.filter((mark, index) => marks.indexOf(mark) !== index).map((mark) => `${mark} is marked twice`)
  return [...twice, ...ended.flatMap((execution) => wrongs(execution, marks.includes(execution.id)))]
}

function wrongs({ id, status, result, log }: ShownExecution, isMarked: boolean): string[] {
  const ends = log.filter((entry) => ['succeeded', 'abandoned'].includes(entry.status))
  const runs = log.filter((entry) => entry.status === 'running')
  const reason = typeof result === 'object' && result !== null && 'error' in result ? String(result.error) : ''
  const told = `${id} is ${status}: ${JSON.stringify(log)}`
  return [
    ...(status === 'succeeded' || status === 'abandoned' ? [] : [`it ended otherwise: ${told}`]),
    ...(status === 'succeeded' && !isMarked ? [`it succeeded without its effect: ${told}`] : []),
    ...(status === 'abandoned' && !/server|runner host/.test(reason) ? [`it does not say why: ${told} ${reason}`] : []),
    ...(ends.length === 1 ? [] : [`it ended ${ends.length} times: ${told}`]),
    ...(runs.length <= 1 ? [] : [`it ran ${runs.length} times: ${told}`]),
  ]
}

function notFinal(admin: TestApi): Promise<ShownExecution[]> {
  return admin.get(
    '/executions?limit=-1&status=requested,scheduled,delayed,running,canceling&include_attributes=status',
  )
}

function waitABit(random: () => number): Promise<void> {
  return delay(Math.round(random() * LOAD_MS))
}

describe('kill -9 of the server and its runner host, under load', () => {
  it.each([1, 2, 3, 4, 5, 6])('loses nothing and runs nothing twice (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    using scene = new Scene()
    {
      await using first = await scene.start()
      await scene.startSleeper(first)
      const load = scene.load(first)
      await waitABit(random)
      await first.kill()
      await load
    }
    await using second = await scene.start()
    const ended = await scene.ended(second)
    expect(lossesOf(scene, ended)).toEqual([])
    expect(ended.filter(({ status }) => status === 'abandoned').length).toBeLessThanOrEqual(POOL)
    await until('no process of an action is left', () => scene.processes().length === 0)
    expect(await notFinal(scene.apiOf(second))).toEqual([])
  })

  it('again and again on one data folder', async () => {
    const random = seededRandom(42)
    using scene = new Scene()
    for (let round = 0; round < 4; round++) {
      await using server = await scene.start()
      const load = scene.load(server)
      await waitABit(random)
      await server.kill()
      await load
    }
    await using last = await scene.start()
    expect(lossesOf(scene, await scene.ended(last))).toEqual([])
    await until('no process of an action is left', () => scene.processes().length === 0)
    expect(await notFinal(scene.apiOf(last))).toEqual([])
  })

  it('runs again what was running, when it is told to', async () => {
    using scene = new Scene('rerun')
    {
      await using first = await scene.start()
      const load = scene.load(first)
      await until('some have ended and some run', () => scene.marks().length > 0)
      await first.kill()
      await load
    }
    await using second = await scene.start()
    const ended = await scene.ended(second)
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['succeeded']))
    const marks = scene.marks()
    for (const { id, log } of ended) {
      const times = marks.filter((mark) => mark === id).length
      expect(times).toBeGreaterThanOrEqual(1)
      expect(times).toBeLessThanOrEqual(log.filter(({ status }) => status === 'running').length)
    }
    await until('no process of an action is left', () => scene.processes().length === 0)
  })
})

describe('the end of the runner host alone', () => {
  it('ends what ran in it, and the server goes on with a new one', async () => {
    using scene = new Scene()
    await using server = await scene.start()
    await scene.startSleeper(server)
    const load = scene.load(server)
    await until('some run', () => scene.processes().length > 3)
    const host = server.hostPid
    expect(host).not.toBeNull()
    if (host !== null) signal(host, 'SIGKILL')
    await load
    const ended = await scene.ended(server)
    expect(ended).toHaveLength(COUNT + 1)
    expect(lossesOf(scene, ended)).toEqual([])
    const statuses = new Set(ended.map(({ status }) => status))
    expect(statuses).toEqual(new Set(['succeeded', 'abandoned']))
    await until('no process of an action is left', () => scene.processes().length === 0)
    expect(server.hostPid).not.toBe(host)
  })
})

describe('SIGTERM under load', () => {
  it('stops in an orderly way, and the next start does the rest', async () => {
    using scene = new Scene()
    {
      await using first = await scene.start()
      const load = scene.load(first)
      await until('some run', () => scene.processes().length > 0)
      expect(await first.stop()).toBe(0)
      await load
      expect(scene.processes()).toEqual([])
    }
    await using second = await scene.start()
    const ended = await scene.ended(second)
    expect(lossesOf(scene, ended)).toEqual([])
    // What ran had time to end.
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['succeeded']))
    expect(await notFinal(scene.apiOf(second))).toEqual([])
  })

  it('gives up what does not end in time, with the reason, and kills it', async () => {
    using scene = new Scene()
    let id: string
    {
      await using first = await scene.start()
      const admin = scene.apiOf(first)
      id = (await admin.run('core.local', { cmd: 'trap "" TERM; sleep 600; sleep 600' })).id
      scene.accepted.push(id)
      await until('it runs', () => scene.processes().length > 0)
      expect(await first.stop()).toBe(0)
      expect(scene.processes()).toEqual([])
    }
    await using second = await scene.start()
    const execution = await scene.apiOf(second).execution(id)
    expect(execution).toMatchObject({ status: 'abandoned', result: { reason: 'shutdown' } })
  })
})
