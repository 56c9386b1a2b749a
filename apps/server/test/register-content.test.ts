import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, type TestServer } from './support/server.ts'

const COMMAND = fileURLToPath(new URL('../../../bin/st2-register-content', import.meta.url))
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  server = stack.use(await startServer())
  admin = await api(server)
})

afterAll(() => stack.disposeAsync())

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const environment = { ...process.env, ST2_API_URL: server.api, ST2_AUTH_TOKEN: admin.token, ...env }
  return new Promise((resolve) => {
    execFile(COMMAND, [...args], { env: environment }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}

describe('st2-register-content', () => {
  it('registers a pack that was put on the disk of a running server', async () => {
    writePack(server.dataDir, 'fresh', { 'actions/hi.yaml': 'name: hi\nrunner_type: noop\n' })
    const ended = await run(['--register-actions', '--register-pack', `${server.dataDir}/packs/fresh`])
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Registered 1 actions.') })
    expect(await admin.get('/actions/fresh.hi')).toMatchObject({ runner_type: 'noop' })
  })

  it('fails with the reason', async () => {
    writePack(server.dataDir, 'broken', { 'actions/hi.yaml': 'name: hi\nrunner_type: nope\n' })
    const ended = await run(['--register-all', '--register-pack', 'broken'])
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(/^st2-register-content: Failed to register action ".*hi\.yaml:2" from pack "broken": /)
    const lenient = await run(['--register-all', '--register-pack', 'broken', '--register-no-fail-on-failure'])
    expect(lenient).toMatchObject({ code: 0, stdout: expect.stringContaining('Registered 0 actions.\n') })
    expect(lenient.stderr).toMatch(/^Failed to register action ".*hi\.yaml:2" from pack "broken": .*\n$/)
  })

  it('says so when nobody answers, or the token is wrong', async () => {
    const nobody = await run(['--register-all'], { ST2_API_URL: 'http://127.0.0.1:1/api' })
    expect(nobody).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no server answers at http://127.0.0.1:1'),
    })
    expect(await run(['--register-all'], { ST2_AUTH_TOKEN: 'wrong' })).toMatchObject({
      code: 1,
      stderr: 'st2-register-content: Unauthorized\n',
    })
  })
})
