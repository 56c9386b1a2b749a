import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { api, type ShownExecution, TestApi } from '../support/api.ts'
import { writePack } from '../support/pack.ts'
import { seededRandom } from '../support/random.ts'
import { startServer, temporaryFolder } from '../support/server.ts'

const TASKS = 40
const KILLS = 4
const CHAINS = 3
/** From one start of a server to its end, ms. */
const SHORTEST_LIFE = 300
const LONGEST_LIFE = 2500
const END_DEADLINE_MS = 90_000

/** Every third task writes a line, the others do nothing; all of them together publish how far they are. */
function chain(): string {
  const tasks = Array.from({ length: TASKS }, (_, index) => {
    const next = index + 1 < TASKS ? `, on-success: t${index + 1}` : ''
    const what =
      index % 3 === 0
        ? `ref: core.local, parameters: {cmd: 'sleep 0.05; echo {{ mark }}-${index} >> {{ marks }}; echo ${index}'}`
        : 'ref: core.noop'
    return `  - {name: t${index}, ${what}, publish: {last: '${index}', all: '{{ all }}.${index}'}${next}}`
  })
  return `vars: {all: start}\nchain:\n${tasks.join('\n')}\n`
}

it('a chain whose server is killed again and again ends as if nothing had happened', { timeout: 180_000 }, async () => {
  using folder = temporaryFolder()
  const dataDir = join(folder.path, 'data')
  const marks = join(folder.path, 'marks')
  const random = seededRandom(20)
  const parameters = '{mark: {type: string, required: true}, marks: {type: string, required: true}}'
  writePack(dataDir, 'chained', {
    'actions/long.yaml': `name: long\nrunner_type: action-chain\nenabled: true\nentry_point: chains/long.yaml\nparameters: ${parameters}\n`,
    'actions/chains/long.yaml': chain(),
  })
  const start = () => startServer({ dataDir, env: { ST2_ACTIONRUNNER__ON_CRASH: 'rerun' } })

  let server = await start()
  const { token } = await api(server)
  const admin = new TestApi(server, token)
  const ids = await Promise.all(
    Array.from(
      { length: CHAINS },
      async (_, index) => (await admin.run('chained.long', { mark: `m${index}`, marks })).id,
    ),
  )
  for (let kill = 0; kill < KILLS; kill++) {
    await delay(SHORTEST_LIFE + random() * (LONGEST_LIFE - SHORTEST_LIFE))
    await server.kill()
    server = await start()
  }
  await using last = server
  const after = new TestApi(last, token)
  const done = await Promise.all(ids.map((id) => after.finished(id, END_DEADLINE_MS)))
  const numbers = Array.from({ length: TASKS }, (_, index) => index)
  for (const { id, status, result } of done) {
    const { tasks, published } = result as { tasks: { name: string; state: string }[]; published: unknown }
    expect([status, tasks.map(({ name, state }) => `${name} ${state}`)]).toEqual([
      'succeeded',
      numbers.map((index) => `t${index} succeeded`),
    ])
    expect(published).toEqual({ last: String(TASKS - 1), all: `start.${numbers.join('.')}` })
    const children = await after.get<ShownExecution[]>(`/executions/${id}/children`)
    expect(children).toHaveLength(TASKS)
  }
  // A task that ran when its server died runs again, by setting; no other does.
  const lines = readFileSync(marks, 'utf8').trim().split('\n')
  expect(new Set(lines).size).toBe(CHAINS * Math.ceil(TASKS / 3))
  expect(lines.length - new Set(lines).size).toBeLessThanOrEqual(KILLS * CHAINS)
})
