import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startMongodb, startRabbitmq, startRedis } from '@st2/test-servers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { MAIN, startServer, temporaryFolder } from '../support/server.ts'

const stack = new AsyncDisposableStack()
let folder: string
let distributed: string[]

beforeAll(async () => {
  folder = stack.use(temporaryFolder()).path
  const [mongodb, rabbitmq, redis] = [
    stack.use(await startMongodb()).url,
    stack.use(await startRabbitmq()).url,
    stack.use(await startRedis()).url,
  ]
  const conf = join(folder, 'st2.conf')
  const database = `st2_transfer_${randomBytes(4).toString('hex')}`
  writeFileSync(
    conf,
    `[database]\nhost = ${mongodb}\ndb_name = ${database}\n[messaging]\nurl = ${rabbitmq}\n[coordination]\nurl = ${redis}\n`,
  )
  distributed = ['--config-file', conf, '--data-dir', join(folder, 'process')]
})
afterAll(() => stack.disposeAsync())

function st2Server(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd: folder })
  return { status, stdout, stderr }
}

it('carries a data folder into MongoDB and back, the same to the byte', async () => {
  const dataDir = join(folder, 'data')
  const server = await startServer({ dataDir })
  const admin = await api(server)
  const odd = { 'a.b': 1, $x: { $y: [1, null, 2.5] }, __proto__x: 'ü 🗝' }
  const { id } = await admin.run('core.local', { cmd: 'head -c 2000000 /dev/zero | tr "\\0" x', env: odd })
  await admin.finished(id)
  await admin.ask('PUT', '/keys/secret', { body: { name: 'secret', value: 'shh', secret: true } })
  await server.stop()
  const embedded = ['--data-dir', dataDir]
  const [first, second, third] = ['first.jsonl', 'second.jsonl', 'third.jsonl'].map((name) => join(folder, name))

  expect(st2Server('export', first ?? '', ...embedded)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('documents'),
  })
  expect(st2Server('import', first ?? '', ...distributed)).toMatchObject({ status: 0 })
  expect(st2Server('export', second ?? '', ...distributed)).toMatchObject({ status: 0 })
  expect(readFileSync(second ?? '', 'utf8') === readFileSync(first ?? '', 'utf8')).toBe(true)

  const back = ['--data-dir', join(folder, 'back')]
  expect(st2Server('import', second ?? '', ...back)).toMatchObject({ status: 0 })
  expect(st2Server('export', third ?? '', ...back)).toMatchObject({ status: 0 })
  expect(readFileSync(third ?? '', 'utf8') === readFileSync(first ?? '', 'utf8')).toBe(true)
  expect(readFileSync(first ?? '', 'utf8')).not.toContain('shh')
}, 120_000)

it.each([
  ['', /is no export|ends before/],
  ['{"format": "other"}\n', /this is no export/],
  ['{"format": "st2-export-1"}\nnonsense\n', /line 2 is not JSON/],
  [
    '{"format": "st2-export-1"}\n{"collection": "nope", "document": {"id": "1"}}\n',
    /line 2: there is no collection "nope"/,
  ],
  ['{"format": "st2-export-1"}\n', /ends before the export did/],
])('refuses %j', (text, reason) => {
  const file = join(folder, 'broken.jsonl')
  writeFileSync(file, text)
  const { status, stderr } = st2Server('import', file, '--data-dir', join(folder, 'broken'))
  expect(status).toBe(1)
  expect(stderr).toMatch(reason)
})
