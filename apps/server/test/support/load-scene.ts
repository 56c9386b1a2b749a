import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { api, type ShownExecution, TestApi } from './api.ts'
import { processesWith } from './processes.ts'
import { signal, startServer, temporaryFolder, type TestServer } from './server.ts'
import { until } from './until.ts'

export const COUNT = 50
/** Fewer than are asked for: at any moment some wait, some run, some have ended. */
export const POOL = 20
/** About how long the load takes when nothing happens to it. */
export const LOAD_MS = 3500
const END_DEADLINE_MS = 60_000

/** One data folder, its servers one after the other, and what was asked of them. */
export class Scene implements Disposable {
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
export function lossesOf(scene: Scene, ended: readonly ShownExecution[]): string[] {
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

export function notFinal(admin: TestApi): Promise<ShownExecution[]> {
  return admin.get(
    '/executions?limit=-1&status=requested,scheduled,delayed,running,canceling&include_attributes=status',
  )
}
