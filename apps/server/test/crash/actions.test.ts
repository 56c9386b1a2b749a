import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { api, expectStatus, TestApi } from '../support/api.ts'
import { writePack } from '../support/pack.ts'
import { seededRandom } from '../support/random.ts'
import { startServer, temporaryFolder } from '../support/server.ts'

const CRASHES = 3
const random = seededRandom(20_261_126)

function version(number: number): Record<string, unknown> {
  const description = `version ${number}`
  const metadata = `name: flow\nrunner_type: orquesta\nentry_point: workflows/flow.yaml\nenabled: true\ndescription: ${description}\n`
  return {
    name: 'flow',
    pack: 'saved',
    runner_type: 'orquesta',
    entry_point: 'workflows/flow.yaml',
    metadata_file: 'actions/flow.yaml',
    description,
    data_files: [
      {
        file_path: 'workflows/flow.yaml',
        content: `version: 1.0\ntasks: {say: {action: core.noop}}\noutput: [{said: ${description}}]\n`,
      },
      { file_path: 'flow.yaml', content: metadata },
    ],
  }
}

it('kill -9 while an action is saved again and again: it is registered as its files say, and no saved version is lost', async () => {
  using folder = temporaryFolder()
  const dataDir = join(folder.path, 'data')
  writePack(dataDir, 'saved', { 'actions/README.md': '' })
  const inPack = (file: string): string => readFileSync(join(dataDir, 'packs/saved/actions', file), 'utf8')
  let token = ''
  let sent = 0
  let saved = 0

  async function saveUntilDead(admin: TestApi): Promise<void> {
    for (;;) {
      sent += 1
      try {
        expectStatus(await admin.ask('PUT', '/actions/saved.flow', { body: version(sent) }), 200)
        saved = sent
      } catch (error) {
        if (error instanceof TypeError) return
        throw error
      }
    }
  }

  for (let crash = 0; crash < CRASHES; crash++) {
    await using server = await startServer({ dataDir })
    if (token === '') token = (await api(server)).token
    const admin = new TestApi(server, token)
    if (crash === 0) expectStatus(await admin.ask('POST', '/actions', { body: version(0) }), 201)
    const saving = saveUntilDead(admin)
    await delay(100 + 300 * random())
    await server.kill()
    await saving

    await using next = await startServer({ dataDir })
    const again = new TestApi(next, token)
    const action = await again.get<{ description: string }>('/actions/saved.flow')
    const shown = Number(action.description.replace('version ', ''))
    expect(shown).toBeGreaterThanOrEqual(saved)
    expect(shown).toBeLessThanOrEqual(sent)
    expect(inPack('flow.yaml')).toContain(`description: ${action.description}\n`)
    expect(inPack('workflows/flow.yaml')).toContain(`said: ${action.description}}`)
    const execution = await again.finished((await again.run('saved.flow')).id)
    expect(execution).toMatchObject({ status: 'succeeded', result: { output: { said: action.description } } })
    saved = shown
    sent = Math.max(sent, shown)
  }
  expect(saved).toBeGreaterThan(0)
}, 120_000)
