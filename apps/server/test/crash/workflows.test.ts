import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { api, TestApi } from '../support/api.ts'
import { writePack } from '../support/pack.ts'
import { seededRandom } from '../support/random.ts'
import { startServer, temporaryFolder, type TestServer } from '../support/server.ts'

const ROUNDS = 20
const ITEMS = 4
/** Tasks of a round: a fork, three branches, a join; with the items they are more than 200 in all. */
const PER_ROUND = 5
const END_DEADLINE_MS = 120_000

/**
 * Rounds of branches that meet; marks say what ran. Each round publishes a variable of its own: of one that branches share, the last
 * to arrive at a join brings its value, and which that is depends on the kills.
 */
function definition(marks: string): string {
  const mark = (name: string): string => `echo ${name} >> ${marks}`
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const follower = round + 1 < ROUNDS ? `, do: fork_${round + 1}` : ''
    return `
  fork_${round}: {action: core.noop, next: [{do: [left_${round}, right_${round}, each_${round}]}]}
  left_${round}:
    action: core.local
    input: {cmd: '${mark(`left_${round}`)}; echo ${round}'}
    next: [{when: <% succeeded() %>, do: meet_${round}}]
  right_${round}: {action: core.noop, next: [{when: <% succeeded() %>, do: meet_${round}}]}
  each_${round}:
    with: {items: <% range(${ITEMS}) %>, concurrency: 2}
    action: core.local
    input: {cmd: '${mark(`each_${round}_<% item() %>`)}; echo <% item() %>'}
    next: [{when: <% succeeded() %>, publish: [{items_${round}: '<% result().select(int($.stdout)) %>'}], do: meet_${round}}]
  meet_${round}: {join: all, action: core.noop, next: [{when: <% succeeded() %>${follower}}]}`
  })
  const items = Array.from({ length: ROUNDS }, (_, round) => `ctx(items_${round})`).join(' + ')
  return `version: 1.0
tasks:${rounds.join('')}
output: [{items: <% ${items} %>}]
`
}

/** One data folder with a pack, its servers one after the other. */
class Scene implements Disposable {
  readonly #folder = temporaryFolder()
  readonly #marks: string
  #token = ''

  constructor() {
    const { path } = this.#folder
    this.#marks = join(path, 'marks')
    writeFileSync(
      join(path, 'st2.conf'),
      '[actionrunner]\non_crash = rerun\n[workflow_engine]\nsnapshot_interval = 50\n',
    )
    writePack(join(path, 'data'), 'crash', {
      'actions/flow.yaml': 'name: flow\nrunner_type: orquesta\nentry_point: workflows/flow.yaml\nenabled: true\n',
      'actions/workflows/flow.yaml': definition(this.#marks),
    })
  }

  async start(): Promise<TestServer> {
    const { path } = this.#folder
    const server = await startServer({ dataDir: join(path, 'data'), args: ['--config-file', join(path, 'st2.conf')] })
    if (this.#token === '') this.#token = (await api(server)).token
    return server
  }

  apiOf(server: TestServer): TestApi {
    return new TestApi(server, this.#token)
  }

  marks(): string[] {
    return existsSync(this.#marks) ? readFileSync(this.#marks, 'utf8').split('\n').filter(Boolean) : []
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]()
  }
}

interface Child {
  readonly id: string
  readonly status: string
  readonly context: { readonly orquesta?: { task_name: string; task_route: number; item_id?: number } }
  readonly log: readonly { readonly status: string }[]
}

describe('kill -9 of the server while a workflow of 200 actions runs', () => {
  it.each([1, 2])('comes to the same, and runs nothing twice that was not running (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    using scene = new Scene()
    let id = ''
    for (let kill = 0; kill < 3; kill++) {
      await using server = await scene.start()
      if (id === '') id = (await scene.apiOf(server).run('crash.flow')).id
      await delay(300 + Math.round(random() * 2500))
      await server.kill()
    }
    await using last = await scene.start()
    const admin = scene.apiOf(last)
    const ended = await admin.finished(id, END_DEADLINE_MS)
    const items = Array.from({ length: ROUNDS * ITEMS }, (_, number) => number % ITEMS)
    expect(ended.result).toEqual({ output: { items } })
    const children = await admin.get<Child[]>(`/executions/${id}/children`)
    const places = children.map(({ context: { orquesta } }) =>
      [orquesta?.task_name, orquesta?.task_route, orquesta?.item_id].join(' '),
    )
    expect(places).toHaveLength(ROUNDS * (PER_ROUND - 1 + ITEMS))
    expect(new Set(places).size).toBe(places.length)
    const runs = children.filter(({ log }) => log.filter(({ status }) => status === 'running').length > 1).length
    const marks = scene.marks()
    expect(marks.length - new Set(marks).size).toBeLessThanOrEqual(runs)
    expect(new Set(marks).size).toBe(ROUNDS * (1 + ITEMS))
    const left = await admin.get<unknown[]>('/executions?limit=-1&status=requested,scheduled,delayed,running')
    expect(left).toEqual([])
  })
})
