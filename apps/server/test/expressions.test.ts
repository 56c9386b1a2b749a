import { spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, faultOf, type ShownExecution, type TestApi } from './support/api.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

const CLI = join(import.meta.dirname, '../../../apps/cli/src/main.ts')
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let alice: TestApi
let past: ShownExecution

beforeAll(async () => {
  const dataDir = join(stack.use(temporaryFolder()).path, 'data')
  server = stack.use(await startServer({ dataDir }))
  admin = await api(server)
  appendFileSync(join(dataDir, 'htpasswd'), `alice:{SHA}${createHash('sha1').update('wonder').digest('base64')}\n`)
  alice = await api(server, 'alice', 'wonder')
  await admin.ask('PUT', '/keys/plain', { body: { name: 'plain', value: '{{ 1 + 1 }}' } })
  await admin.ask('PUT', '/keys/mine', { body: { name: 'mine', value: 'of the admin', scope: 'user' } })
  await admin.ask('PUT', '/keys/hidden', { body: { name: 'hidden', value: 'shh', secret: true } })
  const { id } = await admin.run('core.local', { cmd: 'echo "$WHO"', env: { WHO: 'world' } })
  past = await admin.finished(id)
})

afterAll(() => stack.disposeAsync())

describe('POST /expressions/evaluate', () => {
  it.each([
    ['yaql', 'plain', '$.a + 1', { a: 1 }, '{"value": 2}'],
    ['yaql', 'plain', '2 / 3.0', null, '{"value": 0.6666666666666666}'],
    ['yaql', 'plain', '9007199254740993 * 10', null, '{"value": 90071992547409930}'],
    ['yaql', 'orquesta', '<% ctx(a).len() %>', { a: [1, 2, 3] }, '{"value": 3}'],
    ['jinja', 'orquesta', '{{ ctx("a") | length }}', { a: [1, 2, 3] }, '{"value": 3}'],
    ['jinja', 'platform', '{{ a | to_json_string }}', { a: [1] }, '{"value": "[1]"}'],
    ['jinja', 'platform', '{{ st2kv.system.plain }}', null, '{"value": "{{ 1 + 1 }}"}'],
    ['jinja', 'plain', '{{ 1.0 }}', null, '{"value": "1.0"}'],
  ])('answers %s in the layer %s: %s', async (language, layer, expression, context, expected) => {
    const answer = await admin.ask('POST', '/expressions/evaluate', {
      body: { language, layer, expression, context },
    })
    expect(answer).toMatchObject({ status: 200, text: expected })
  })

  it('answers an expression that fails with the class and the text', async () => {
    const body = { language: 'yaql', layer: 'plain', expression: '$.a +', context: {} }
    expect((await admin.ask('POST', '/expressions/evaluate', { body })).body).toEqual({
      error: expect.stringMatching(/^YaqlGrammarException: /),
    })
  })

  it.each([
    [{ language: 'perl', layer: 'plain', expression: '1' }, /^language: 'perl' is not one of/],
    [{ language: 'yaql', layer: 'plain' }, /expression/],
    [{ language: 'yaql', layer: 'platform', expression: '1' }, /platform/],
    [{ language: 'yaql', layer: 'plain', expression: '1', execution: 5 }, /^execution: 5 is/],
  ])('refuses a request that is none: %j', async (body, fault) => {
    const answer = await admin.ask('POST', '/expressions/evaluate', { body })
    expect(answer.status).toBe(400)
    expect(faultOf(answer)).toMatch(fault)
  })

  it('uses the context of a past execution', async () => {
    const evaluate = async (language: string, layer: string, expression: string) =>
      (await admin.ask('POST', '/expressions/evaluate', { body: { language, layer, expression, execution: past.id } }))
        .body
    expect(await evaluate('jinja', 'platform', '{{ cmd }} by {{ action_context.user }}')).toEqual({
      value: 'echo "$WHO" by st2admin',
    })
    expect(await evaluate('yaql', 'orquesta', '<% result().stdout %>')).toEqual({ value: 'world' })
    expect(await evaluate('yaql', 'plain', '$.status')).toEqual({ value: 'succeeded' })
  })

  it('says which execution is unknown', async () => {
    const body = { language: 'yaql', layer: 'plain', expression: '1', execution: '5f0000000000000000000000' }
    expect(await admin.ask('POST', '/expressions/evaluate', { body })).toMatchObject({ status: 404 })
  })

  it('reads nobody else’s items and no secrets', async () => {
    const ask = async (who: TestApi, body: object) => (await who.ask('POST', '/expressions/evaluate', { body })).text
    const foreign = { language: 'yaql', layer: 'orquesta', expression: "<% st2kv('mine') %>" }
    const admins = { st2: { user: 'st2admin' } }
    expect(await ask(admin, { ...foreign, context: admins })).toBe('{"value": "of the admin"}')
    expect(await ask(alice, { ...foreign, context: admins })).toContain('may not read items of user')
    expect(await ask(alice, { language: 'jinja', layer: 'platform', expression: '{{ st2kv.user.mine }}' })).toBe(
      '{"value": ""}',
    )
    const secret = { language: 'yaql', layer: 'orquesta', context: admins }
    expect(await ask(admin, { ...secret, expression: "<% st2kv('system.hidden', decrypt => true) %>" })).not.toContain(
      'shh',
    )
    const deciphered = { language: 'jinja', layer: 'platform', expression: '{{ st2kv.system.hidden | decrypt_kv }}' }
    expect(await ask(admin, deciphered)).toContain("No filter named 'decrypt_kv'")
  })
})

describe('st2 expr', () => {
  it('prints the value of an expression', () => {
    expect(st2('expr', '{{ [1, 2] | length }}')).toMatchObject({ status: 0, stdout: '"2"\n' })
    expect(st2('expr', '<% range(3).sum() %>')).toMatchObject({ status: 0, stdout: '3\n' })
    expect(st2('expr', '-e', past.id, '$.result.stdout')).toMatchObject({ status: 0, stdout: '"world"\n' })
    expect(st2('expr', '-c', '{"a": 1.0}', '$.a')).toMatchObject({ status: 0, stdout: '1.0\n' })
  })

  it('ends with 1 and the reason when the expression fails, with 2 when it is used wrongly', () => {
    expect(st2('expr', '1 +')).toMatchObject({ status: 1, stdout: expect.stringContaining('YaqlGrammarException') })
    expect(st2('expr', '--layer', 'nope', '1')).toMatchObject({ status: 2, stderr: expect.stringContaining('--layer') })
  })

  it('answers JSON lines, one each', () => {
    const lines = [
      '{"id": 1, "language": "yaql", "layer": "plain", "expression": "$ + 1", "context": 41}',
      'nonsense',
      '{"id": 3, "language": "jinja", "layer": "plain", "expression": "{{ nope }}", "context": {}}',
      '{"id": 4, "language": "cobol", "layer": "plain", "expression": "1"}',
    ]
    const { status, stdout } = st2.with(`${lines.join('\n')}\n`)('expr')
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(status).toBe(0)
    expect(answers).toEqual([
      { id: 1, value: 42 },
      { id: null, error: expect.stringContaining('InvalidRequest') },
      { id: 3, error: "UndefinedError: 'nope' is undefined" },
      { id: 4, error: "language: 'cobol' is not one of ['yaql', 'jinja']" },
    ])
  })
})

function run(input: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    input,
    encoding: 'utf8',
    env: {
      ...process.env,
      ST2_API_URL: `${server.api}/v1`,
      ST2_AUTH_URL: `${server.auth}/v1`,
      ST2_AUTH_TOKEN: admin.token,
      ST2_CLI_SKIP_CONFIG: '1',
    },
  })
  return { status, stdout, stderr }
}

const st2 = Object.assign((...args: string[]) => run('', args), {
  with:
    (input: string) =>
    (...args: string[]) =>
      run(input, args),
})
