import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerOf, api, faultOf, type ShownExecution, type TestApi } from './support/api.ts'
import { type HttpTarget, startHttpTarget } from './support/http-target.ts'
import { actionProcesses, isAlive } from './support/processes.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let target: HttpTarget
let folder: string

beforeAll(async () => {
  folder = stack.use(temporaryFolder()).path
  target = stack.use(await startHttpTarget())
  server = stack.use(await startServer())
  admin = await api(server)
})

afterAll(() => stack.disposeAsync())

async function runToEnd(cmd: string, more: Record<string, unknown> = {}): Promise<ShownExecution> {
  const { id } = await admin.run('core.local', { cmd, ...more })
  return admin.finished(id)
}

function statuses(execution: ShownExecution): string[] {
  return execution.log.map(({ status }) => status)
}

/** Starts a command that tells its pid, and answers once it has. */
async function startTelling(name: string, cmd: string, parameters: Record<string, unknown> = {}) {
  const file = join(folder, name)
  const execution = await admin.run('core.local', {
    cmd: `${cmd.replaceAll('PID', `echo $! >> ${file}`)}`,
    ...parameters,
  })
  const pids = await until('the command tells its pids', () => (existsSync(file) ? readPids(file) : null))
  return { execution, pids }
}

function readPids(file: string): number[] | null {
  const pids = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number)
  return pids.length > 0 ? pids : null
}

describe('an execution', () => {
  it('goes from requested to its end, every step logged', async () => {
    const { id } = await admin.run('core.noop')
    const execution = await admin.finished(id)
    expect(execution.status).toBe('succeeded')
    expect(statuses(execution)).toEqual(['requested', 'scheduled', 'running', 'succeeded'])
    expect(execution.end_timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  })

  it.each([
    [
      'echo out; echo err >&2; exit 3',
      'failed',
      { failed: true, succeeded: false, return_code: 3, stdout: 'out', stderr: 'err' },
    ],
    ['true', 'succeeded', { failed: false, succeeded: true, return_code: 0, stdout: '', stderr: '' }],
    [
      `echo '{"a": [1, 2]}'`,
      'succeeded',
      { failed: false, succeeded: true, return_code: 0, stdout: { a: [1, 2] }, stderr: '' },
    ],
  ])('of core.local %s ends %s with its result', async (cmd, status, result) => {
    const execution = await runToEnd(cmd)
    expect([execution.status, execution.result]).toEqual([status, result])
  })

  it('of core.http keeps status, headers and the parsed body', async () => {
    const { id } = await admin.run('core.http', { url: `${target.url}/index.json` })
    const execution = await admin.finished(id)
    expect(execution.status).toBe('succeeded')
    expect(execution.result).toMatchObject({ status_code: 200, parsed: true, body: { a: [1, 2], b: 'text' } })
    const missing = await admin.finished((await admin.run('core.http', { url: `${target.url}/none` })).id)
    expect([missing.status, missing.result]).toEqual([
      'failed',
      expect.objectContaining({ status_code: 404, parsed: false, body: '<p>not found</p>' }),
    ])
  })

  it('of core.echo renders its template from its parameters', async () => {
    const execution = await admin.finished((await admin.run('core.echo', { message: 'four words of text' })).id)
    expect(execution.result).toMatchObject({ stdout: 'four words of text' })
  })

  it('sees who it is and where the API is', async () => {
    const execution = await runToEnd('echo $ST2_ACTION_EXECUTION_ID $ST2_ACTION_API_URL $ST2_ACTION_PACK_NAME')
    expect(execution.result).toMatchObject({ stdout: `${execution.id} ${server.api}/v1 core` })
  })

  it('may call the API with its token, which is void afterwards', async () => {
    const calling = await runToEnd(
      'curl -s -o /dev/null -w "%{http_code}" -H "X-Auth-Token: $ST2_ACTION_AUTH_TOKEN" $ST2_ACTION_API_URL/user',
    )
    expect(calling.result).toMatchObject({ stdout: 200 })
    const execution = await runToEnd('echo $ST2_ACTION_AUTH_TOKEN')
    const { stdout } = execution.result as { stdout: string }
    expect(stdout).toMatch(/^[0-9a-f]{32}$/)
    const answer = await admin.ask('GET', '/user', { headers: { 'x-auth-token': stdout } })
    expect(answer.status).toBe(401)
  })

  it('replaces output bytes that are no UTF-8', async () => {
    const execution = await runToEnd(String.raw`printf 'a\377b\n'`)
    expect([execution.status, execution.result]).toEqual(['succeeded', expect.objectContaining({ stdout: 'a\uFFFDb' })])
  })

  it('casts what can be cast', async () => {
    const execution = await runToEnd('true', { timeout: '5' })
    expect(execution.parameters).toEqual({ cmd: 'true', timeout: 5 })
  })
})

describe('a timeout', () => {
  it('ends the execution and everything that it started', async () => {
    const cmd = 'sleep 300 & PID; setsid sleep 301 & PID; wait'
    const { execution, pids } = await startTelling('timeout', cmd, { timeout: 1 })
    const ended = await admin.finished(execution.id)
    expect(ended.status).toBe('timeout')
    expect(ended.result).toMatchObject({ failed: true, succeeded: false, return_code: -9 })
    await until('its processes are gone', () => pids.every((pid) => !isAlive(pid)), 3000)
  })
})

describe('a delay', () => {
  it('is waited for', async () => {
    const started = performance.now()
    const { id } = await admin.run('core.noop', {}, { delay: 700 })
    expect((await admin.reaches(id, 'delayed')).status).toBe('delayed')
    const ended = await admin.finished(id)
    expect(performance.now() - started).toBeGreaterThan(690)
    expect(statuses(ended)).toEqual(['requested', 'delayed', 'scheduled', 'running', 'succeeded'])
  })

  it.each([-1, 1.5, 'x'])('of %s is refused', async (delay) => {
    const answer = await admin.ask('POST', '/executions', { body: { action: 'core.noop', delay } })
    expect(answer.status).toBe(400)
    expect(faultOf(answer)).toBeTruthy()
  })
})

describe('a cancel', () => {
  it('of a delayed execution takes effect at once', async () => {
    const { id } = await admin.run('core.noop', {}, { delay: 60_000 })
    await admin.reaches(id, 'delayed')
    const answer = await admin.ask('DELETE', `/executions/${id}`)
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({
        status: 'canceled',
        result: { message: 'Action canceled by user.', user: 'st2admin' },
        context: expect.objectContaining({ cancelled_by: 'st2admin' }),
      }),
    ])
  })

  it('of a running one stops its processes, and again changes nothing', async () => {
    const { execution, pids } = await startTelling('cancel', 'sleep 300 & PID; trap "" TERM; wait; sleep 300')
    const answer = await admin.ask('DELETE', `/executions/${execution.id}`)
    expect((answer.body as ShownExecution).status).toBe('canceling')
    const ended = await admin.finished(execution.id)
    expect([ended.status, ended.result]).toEqual([
      'canceled',
      { message: 'Action canceled by user.', user: 'st2admin' },
    ])
    await until('its processes are gone', () => pids.every((pid) => !isAlive(pid)), 5000)
    const again = await admin.ask('DELETE', `/executions/${execution.id}`)
    expect([again.status, again.body]).toEqual([200, ended])
  })

  it('through PUT does the same', async () => {
    const { execution } = await startTelling('cancel-put', 'sleep 300 & PID; wait')
    const answer = await admin.ask('PUT', `/executions/${execution.id}`, { body: { status: 'canceled' } })
    expect(answer.status).toBe(200)
    expect((await admin.finished(execution.id)).status).toBe('canceled')
  })

  it('of a finished one is refused with status 200 and a text', async () => {
    const execution = await runToEnd('true')
    const answer = await admin.ask('DELETE', `/executions/${execution.id}`)
    expect([answer.status, answer.body]).toEqual([
      200,
      { faultstring: 'Action cannot be canceled. State = succeeded.' },
    ])
  })

  it('of many at the very start ends every one of them', async () => {
    const started = await Promise.all(Array.from({ length: 20 }, () => admin.run('core.local', { cmd: 'sleep 300' })))
    await Promise.all(started.map(({ id }) => admin.ask('DELETE', `/executions/${id}`)))
    const ended = await Promise.all(started.map(({ id }) => admin.finished(id)))
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['canceled']))
    await until('no process is left', () => actionProcesses(server.api).length === 0, 5000)
  })
})

describe('a re-run', () => {
  it('takes the parameters over and changes those it is given', async () => {
    const original = await runToEnd('echo first', { timeout: 30 })
    const answer = await admin.ask('POST', `/executions/${original.id}/re_run`, {
      body: { parameters: { cmd: 'echo second' } },
    })
    expect(answer.status).toBe(201)
    const rerun = answer.body as ShownExecution
    expect(rerun.parameters).toEqual({ cmd: 'echo second', timeout: 30 })
    expect(rerun.context['re-run']).toEqual({ ref: original.id })
    expect((await admin.finished(rerun.id)).result).toMatchObject({ stdout: 'second' })
  })

  it('keeps a delay unless it is given another', async () => {
    const { id } = await admin.run('core.noop', {}, { delay: 100 })
    await admin.finished(id)
    const kept = await admin.ask('POST', `/executions/${id}/re_run`, { body: {} })
    expect(kept.body).toMatchObject({ delay: 100 })
    const none = await admin.ask('POST', `/executions/${id}/re_run`, { body: { delay: 0 } })
    expect(none.body).not.toHaveProperty('delay')
  })
})

describe('a result of 8 MB', () => {
  const bytes = 8 * 1024 * 1024
  let execution: ShownExecution

  beforeAll(async () => {
    execution = await runToEnd(`head -c ${bytes} /dev/zero | tr '\\0' x`)
  })

  it('is there as a whole', () => {
    expect(execution.status).toBe('succeeded')
    expect((execution.result as { stdout: string }).stdout.length).toBe(bytes)
    expect(execution.result_size).toBeGreaterThan(bytes)
  })

  it('is left out when it is larger than asked for', async () => {
    const small = await admin.get<ShownExecution>(`/executions/${execution.id}?max_result_size=1000`)
    expect(small).not.toHaveProperty('result')
    expect(small.result_size).toBe(execution.result_size)
    const excluded = await admin.get<ShownExecution>(`/executions/${execution.id}?exclude_attributes=result`)
    expect(excluded).not.toHaveProperty('result')
  })

  it('is downloaded, plain, laid out and compressed', async () => {
    const plain = await admin.ask('GET', `/executions/${execution.id}/result?download=1`)
    expect(plain.headers.get('content-type')).toBe('text/json')
    expect(plain.headers.get('content-disposition')).toBe(`attachment; filename=execution_${execution.id}_result.json`)
    expect(plain.body).toEqual(execution.result)
    const pretty = await admin.ask('GET', `/executions/${execution.id}/result?pretty_format=1`)
    expect(pretty.text.startsWith('{\n  "')).toBe(true)
    expect(pretty.body).toEqual(execution.result)
    const compressed = await fetch(`${server.api}/v1/executions/${execution.id}/result?download=1&compress=1`, {
      headers: { 'x-auth-token': admin.token },
    })
    expect(compressed.headers.get('content-encoding')).toBe('gzip')
    expect(compressed.headers.get('content-type')).toBe('application/x-gzip')
    expect(compressed.headers.get('content-disposition')).toContain('.json.gz')
    const body = Buffer.from(await compressed.arrayBuffer())
    // fetch undoes the encoding that the header names.
    const text = body[0] === 0x1f ? gunzipSync(body).toString() : body.toString()
    expect(JSON.parse(text)).toEqual(execution.result)
  })

  it('is not loaded by a list', async () => {
    const started = performance.now()
    const answer = await admin.ask('GET', `/executions?id=${execution.id}&exclude_attributes=result`)
    expect(answer.text.length).toBeLessThan(20_000)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('above the limit of captured output is cut, and the execution ends', async () => {
    const large = await runToEnd(`head -c ${20 * 1024 * 1024} /dev/zero | tr '\\0' x`)
    expect(['succeeded', 'failed']).toContain(large.status)
    expect(large.result_size).toBeLessThan(17 * 1024 * 1024)
  })
})

describe('many at once', () => {
  it('200 are accepted and end', async () => {
    mkdirSync(join(folder, 'many'), { recursive: true })
    const marks = join(folder, 'many', 'marks')
    const started = await Promise.all(
      Array.from({ length: 200 }, () => admin.run('core.local', { cmd: `echo $ST2_ACTION_EXECUTION_ID >> ${marks}` })),
    )
    const ended = await Promise.all(started.map(({ id }) => admin.finished(id, 60_000)))
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['succeeded']))
    const marked = readFileSync(marks, 'utf8').trim().split('\n')
    expect(marked.toSorted()).toEqual(started.map(({ id }) => id).toSorted())
  })
})

describe('a list of executions', () => {
  it('counts and pages, newest first', async () => {
    const answer = await admin.ask('GET', '/executions?action=core.noop&limit=2&offset=1')
    const rows = answer.body as ShownExecution[]
    expect(rows).toHaveLength(2)
    expect(answer.headers.get('x-limit')).toBe('2')
    expect(Number(answer.headers.get('x-total-count'))).toBeGreaterThan(2)
    const times = rows.map((row) => row.start_timestamp)
    expect(times.toSorted().toReversed()).toEqual(times)
  })

  it.each([
    ['status=failed', (row: ShownExecution) => row.status === 'failed'],
    ['runner=noop', (row: ShownExecution) => row.action['runner_type'] === 'noop'],
    ['user=st2admin', (row: ShownExecution) => row.context['user'] === 'st2admin'],
    ['parent=null', (row: ShownExecution) => !('parent' in row)],
    ['filter=context.user:st2admin%20status:canceled', (row: ShownExecution) => row.status === 'canceled'],
    ['filter=parameters.cmd:true', (row: ShownExecution) => row.parameters?.['cmd'] === 'true'],
  ])('keeps only what fits %s', async (query, fits) => {
    const rows = await admin.get<ShownExecution[]>(`/executions?limit=50&${query}`)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(fits)).toBe(true)
  })

  it.each([
    ['limit=0', 400, 'Limit, "0" specified, must be a positive number or -1 for full result set.'],
    ['limit=-2', 400, 'Limit, "-2" specified, must be a positive number.'],
    ['limit=x', 400, 'Parameter "limit" is not of type integer'],
    ['offset=2147483648', 400, 'Offset "2147483648" specified is more than 32-bit int'],
    ['timestamp_gt=x', 400, 'Datetime value does not match expected format.'],
    ['filter=x', 400, 'invalid format for filter "x"'],
    ['filter=a:b', 400, 'Cannot resolve field "a"'],
    ['include_attributes=elapsed_seconds', 400, 'Invalid or unsupported include attribute specified: elapsed_seconds'],
  ])('refuses %s', async (query, status, fault) => {
    const answer = await admin.ask('GET', `/executions?${query}`)
    expect([answer.status, faultOf(answer)]).toEqual([status, fault])
  })

  it('takes the last of a repeated parameter', async () => {
    const answer = await admin.ask('GET', '/executions?limit=1&limit=3')
    expect(answer.headers.get('x-limit')).toBe('3')
  })

  it('answers the newest as "last"', async () => {
    const { id } = await admin.run('core.noop')
    expect((await admin.execution('last')).id).toBe(id)
  })

  it('offers the values of its filters', async () => {
    const values = await admin.get<Record<string, string[]>>('/executions/views/filters?types=status,runner')
    expect(Object.keys(values).sort()).toEqual(['runner', 'status'])
    expect(values['runner']).toContain('noop')
  })

  it('gives single attributes bare', async () => {
    const execution = await runToEnd('echo x')
    const answer = await answerOf(
      await fetch(`${server.api}/v1/executions/${execution.id}/attribute/status`, {
        headers: { 'x-auth-token': admin.token },
      }),
    )
    expect(answer.body).toBe('succeeded')
  })
})
