import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, expectStatus, type TestApi } from './support/api.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

const COMMAND = fileURLToPath(new URL('../../../bin/st2-rule-tester', import.meta.url))
const RULE = `name: relay
pack: mine
trigger: { type: core.st2.webhook, parameters: { url: relay } }
criteria:
  trigger.body.go: { type: equals, pattern: "yes" }
  trigger.body.count: { type: gt, pattern: "{{ trigger.body.limit }}" }
action: { ref: core.noop, parameters: { note: "{{ trigger.body.count }}" } }
`
const stack = new AsyncDisposableStack()
let folder: string
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  folder = stack.use(temporaryFolder()).path
  writeFileSync(join(folder, 'rule.yaml'), RULE)
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

function files(instance: object, rule = 'rule.yaml'): string[] {
  writeFileSync(join(folder, 'instance.json'), JSON.stringify(instance))
  return ['--rule', join(folder, rule), `--trigger-instance=${join(folder, 'instance.json')}`]
}

describe('st2-rule-tester with files', () => {
  const offline = { ST2_API_URL: 'http://127.0.0.1:1/api' }

  it('ends with 0 and what would run when the rule matches', async () => {
    const body = { go: 'yes', count: 3, limit: 2 }
    const ended = await run(files({ trigger: 'core.st2.webhook', payload: { body } }), offline)
    expect(ended).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('  note: "3"\n=== RULE MATCHES ===\n'),
    })
  })

  it('ends with 1 and the criterion when it does not', async () => {
    const body = { go: 'yes', count: 2, limit: 2 }
    const ended = await run(files({ trigger: 'core.st2.webhook', payload: { body } }), offline)
    expect(ended).toMatchObject({ code: 1, stderr: '' })
    expect(ended.stdout).toContain('does not hold: trigger.body.count\n  type: gt\n  pattern: 2\n  payload: 2\n')
    expect(ended.stdout).toContain('=== RULE DOES NOT MATCH ===')
    const other = await run(files({ trigger: 'core.other', payload: { body } }), offline)
    expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining('do not match.') })
  })

  it('ends with 2 when it is used wrongly or cannot tell', async () => {
    expect(await run([])).toMatchObject({ code: 2, stderr: expect.stringContaining("Try 'st2-rule-tester --help'") })
    expect(await run(['--rule', '/nope.yaml', '--trigger-instance', '/nope'])).toMatchObject({ code: 2 })
    writeFileSync(join(folder, 'bad.yaml'), RULE.replace('equals', 'frob'))
    const bad = await run(files({ trigger: 'core.st2.webhook', payload: {} }, 'bad.yaml'))
    expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining('operator frob not in list') })
    writeFileSync(join(folder, 'kv.yaml'), RULE.replace('"yes"', '"{{ st2kv.system.go }}"'))
    const look = await run(files({ trigger: 'core.st2.webhook', payload: { body: { go: 'yes' } } }, 'kv.yaml'))
    expect(look).toMatchObject({ code: 2, stderr: expect.stringContaining('st2kv.system.go cannot be looked up') })
  })
})

describe('st2-rule-tester with a server', () => {
  it('takes a stored rule and an event that happened', async () => {
    const criteria = { 'trigger.body.go': { type: 'equals', pattern: 'yes' } }
    const trigger = { type: 'core.st2.webhook', parameters: { url: 'tester' } }
    const rule = { name: 'tester', pack: 'default', enabled: true, trigger, criteria, action: { ref: 'core.noop' } }
    expectStatus(await admin.ask('POST', '/rules', { body: rule }), 201)
    expectStatus(await admin.ask('POST', '/webhooks/tester', { body: { go: 'yes' } }), 202)
    expectStatus(await admin.ask('POST', '/webhooks/tester', { body: { go: 'no' } }), 202)
    const path = '/triggerinstances?trigger_type=core.st2.webhook'
    const instances = await admin.get<{ id: string; payload: { body?: { go: string } } }[]>(path)
    const idOf = (go: string) => instances.find(({ payload }) => payload.body?.go === go)?.id ?? ''
    const ask = (id: string) => run(['--rule-ref=default.tester', `--trigger-instance-id=${id}`])
    expect(await ask(idOf('yes'))).toMatchObject({ code: 0, stderr: '' })
    expect(await ask(idOf('no'))).toMatchObject({ code: 1, stderr: '' })
    expect(await ask('0'.repeat(24))).toMatchObject({ code: 2, stderr: expect.stringContaining('Unable to identify') })
  })
})
