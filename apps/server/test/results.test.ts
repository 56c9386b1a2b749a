import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, api, faultOf, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

const SECRET = 'hunter2-Zq8vXw3K'
const LOG_LINES = 300_000
const ROWS = 100_000
const PARAMETERS = 'runner_type: python-script\nenabled: true\n'
const PACK = {
  'actions/large.yaml': `name: large\nentry_point: large.py\n${PARAMETERS}`,
  'actions/large.py': `from st2common.runners.base_action import Action


class Large(Action):
    def run(self):
        log = "\\n".join("line %d of a long log, which says no more than that it goes on and on: \\u00fc" % n for n in range(${LOG_LINES}))
        return {
            "log": log + "\\nERROR: disk full\\n",
            "rows": [{"id": n, "host": "web-%d.example.com" % n, "tags": ["a", "b"], "note": "x" * 200} for n in range(${ROWS})],
            "odd key": {"deep": [True, None, 1.5]},
        }
`,
  'actions/secretive.yaml': `name: secretive
entry_point: secretive.py
${PARAMETERS}output_schema:
  type: object
  properties:
    token: { type: string, secret: true }
    padding: { type: string }
`,
  'actions/secretive.py': `from st2common.runners.base_action import Action


class Secretive(Action):
    def run(self):
        return {"token": "${SECRET}", "padding": "p" * 20000}
`,
}
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let dataDir: string
let large: string
let whole: Buffer

/** Bytes that the server holds in memory, and the most it ever held since that was last asked. */
function memory(): { now: number; most: number } {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024
  const found = { now: read('VmRSS'), most: read('VmHWM') }
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5')
  return found
}

beforeAll(async () => {
  dataDir = join(stack.use(temporaryFolder()).path, 'data')
  writePack(dataDir, 'big', PACK)
  {
    await using first = await startServer({ dataDir })
    const there = await api(first)
    large = (await there.run('big.large')).id
    await there.finished(large, 60_000)
  }
  // Another one, which did not have the result in its hands.
  server = stack.use(await startServer({ dataDir }))
  admin = await api(server)
  await admin.ask('GET', '/executions?limit=1&exclude_attributes=result')
}, 120_000)

afterAll(() => stack.disposeAsync())

const ask = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  admin.ask('GET', `/executions/${large}/result${path}`, { headers })

async function bytes(range: string): Promise<Buffer> {
  const address = `${server.api}/v1/executions/${large}/result`
  const response = await fetch(address, { headers: { 'x-auth-token': admin.token, range } })
  expect(response.status).toBe(206)
  return Buffer.from(await response.arrayBuffer())
}

interface Entry {
  readonly key: string | number
  readonly path: string
  readonly type: string
  readonly start: number
  readonly end: number
  readonly count: number | null
  readonly preview: string
  readonly is_whole: boolean
}
type Outline = Entry & { readonly size: number; readonly etag: string; readonly children: readonly Entry[] }

async function json<T>(path: string): Promise<T> {
  const { status, body, text } = await ask(path)
  expect([status, status === 200 ? '' : text]).toEqual([200, ''])
  return body as T
}

describe('a result of 50 MB', () => {
  it('opens piece by piece, with little in memory', async () => {
    const before = memory().now
    const root = await json<Outline>('/outline')
    expect(root.size).toBeGreaterThan(50_000_000)
    const output = await json<Outline>('/outline?path=$.result')
    expect(output.children.map(({ key, type, count }) => [key, type, count])).toEqual([
      ['log', 'string', expect.any(Number)],
      ['rows', 'array', ROWS],
      ['odd key', 'object', 1],
    ])
    const rows = await json<Outline>(`/outline?path=$.result.rows&offset=${ROWS - 2}&limit=10`)
    expect(rows.children.map(({ path, count }) => [path, count])).toEqual([
      [`$.result.rows[${ROWS - 2}]`, 4],
      [`$.result.rows[${ROWS - 1}]`, 4],
    ])
    const [row] = rows.children
    const text = await bytes(`bytes=${row?.start}-${(row?.end ?? 0) - 1}`)
    expect(JSON.parse(text.toString())).toMatchObject({ id: ROWS - 2, host: `web-${ROWS - 2}.example.com` })

    const found = await json<{ matches: { path: string; line: number; excerpt: string }[]; next: number | null }>(
      '/search?q=error:%20disk',
    )
    expect(found).toMatchObject({
      next: null,
      matches: [{ path: '$.result.log', line: LOG_LINES, column: 0, excerpt: 'ERROR: disk full' }],
    })
    const lines = await json<{ lines: string[]; total: number }>(
      `/lines?path=$.result.log&from=${LOG_LINES - 1}&limit=5`,
    )
    expect(lines.total).toBe(LOG_LINES + 1)
    expect(lines.lines).toEqual([expect.stringMatching(`^line ${LOG_LINES - 1} of .*ü$`), 'ERROR: disk full'])

    const grown = memory().most - before
    // Garbage waits to be collected, but no more of it than there was, however often all of it is read through.
    for (let round = 0; round < 10; round++) await json('/search?q=nothing-like-that')
    const grownAgain = memory().most - before
    await ask('?pretty_format=1')
    const grownByTheWhole = memory().most - before
    expect(grown).toBeLessThan(grownByTheWhole / 2)
    expect(grownAgain).toBeLessThan(grownByTheWhole / 2)
  })

  it('answers others meanwhile', async () => {
    let isOver = false
    const searches = Promise.all([1, 2, 3].map(() => json('/search?q=nothing-like-that'))).finally(
      () => (isOver = true),
    )
    let slowest = 0
    let count = 0
    while (!isOver) {
      const begin = performance.now()
      await admin.ask('GET', '/user')
      slowest = Math.max(slowest, performance.now() - begin)
      count += 1
    }
    await searches
    expect(count).toBeGreaterThan(5)
    expect(slowest).toBeLessThan(1000)
  })

  it('is answered in ranges that make up the whole', async () => {
    const answer = await fetch(`${server.api}/v1/executions/${large}/result`, {
      headers: { 'x-auth-token': admin.token },
    })
    whole = Buffer.from(await answer.arrayBuffer())
    const etag = answer.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/)
    expect([answer.status, answer.headers.get('accept-ranges'), answer.headers.get('content-length')]).toEqual([
      200,
      'bytes',
      String(whole.length),
    ])
    for (const [range, part] of [
      ['bytes=0-9', whole.subarray(0, 10)],
      ['bytes=262140-262150', whole.subarray(262_140, 262_151)],
      ['bytes=-7', whole.subarray(-7)],
      [`bytes=${whole.length - 3}-`, whole.subarray(-3)],
    ] as const)
      expect((await bytes(range)).equals(part)).toBe(true)
    const one = await ask('', { range: 'bytes=5-6' })
    expect([one.headers.get('content-range'), one.headers.get('content-length'), one.headers.get('etag')]).toEqual([
      `bytes 5-6/${whole.length}`,
      '2',
      etag,
    ])
    expect((await ask('', { range: 'bytes=0-1', 'if-range': '"another"' })).text).toHaveLength(whole.toString().length)
    expect((await ask('', { 'if-none-match': etag })).status).toBe(304)
    const beyond = await ask('', { range: `bytes=${whole.length}-` })
    expect([beyond.status, beyond.headers.get('content-range'), faultOf(beyond)]).toEqual([
      416,
      `bytes */${whole.length}`,
      `The result has ${whole.length} bytes; the range lies beyond them.`,
    ])
    const head = await admin.ask('HEAD', `/executions/${large}/result`)
    expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([
      200,
      String(whole.length),
      etag,
    ])
  })
})

describe('parts of a result', () => {
  it('have names for odd keys', async () => {
    const { children } = await json<Outline>('/outline?path=$.result["odd%20key"].deep')
    expect(children.map(({ path, type, preview, is_whole }) => [path, type, preview, is_whole])).toEqual([
      ['$.result["odd key"].deep[0]', 'boolean', 'true', true],
      ['$.result["odd key"].deep[1]', 'null', 'null', true],
      ['$.result["odd key"].deep[2]', 'number', '1.5', true],
    ])
  })

  it('go on where a search stopped', async () => {
    const first = await json<{ matches: { path: string }[]; next: number }>('/search?q=web-&limit=2')
    const second = await json<{ matches: { path: string }[] }>(`/search?q=web-&limit=2&from=${first.next}`)
    expect([...first.matches, ...second.matches].map(({ path }) => path)).toEqual(
      [0, 1, 2, 3].map((place) => `$.result.rows[${place}].host`),
    )
  })

  it.each([
    ['/outline?path=result', 400, 'path does not begin with $.'],
    ['/outline?path=$.nothing', 404, 'The result has nothing at "$.nothing".'],
    ['/outline?limit=1001', 400, 'limit is 1001; 1 to 1000 are allowed.'],
    ['/outline?offset=-1', 400, 'offset is -1; it must be 0 or more.'],
    ['/search', 400, 'q has 0 characters; 1 to 200 are allowed.'],
    ['/search?q=a%0Ab', 400, 'q has a line break; lines are searched one by one.'],
    ['/lines?path=$.result.rows', 400, 'path: $.result.rows of the result is array, not string.'],
    ['/lines?path=$.result.log&limit=0', 400, 'limit is 0; 1 to 5000 are allowed.'],
  ])('%s is %i', async (path, status, fault) => {
    const answer = await ask(path)
    expect([answer.status, faultOf(answer)]).toEqual([status, fault])
  })

  it('of an execution that is gone are 404, in upstream’s words', async () => {
    const gone = '5f0000000000000000000000'
    for (const part of ['', '/outline', '/search?q=x', '/lines']) {
      const answer = await admin.ask('GET', `/executions/${gone}/result${part}`)
      expect([answer.status, faultOf(answer)]).toEqual([404, `Unable to identify resource with id "${gone}".`])
    }
  })

  it('exist of a small result and of none, too', async () => {
    const { id } = await admin.run('core.local', { cmd: 'echo "one\ntwo"' })
    await admin.finished(id)
    const text = await admin.ask('GET', `/executions/${id}/result`, { headers: { range: 'bytes=0-0' } })
    expect([text.status, text.text]).toEqual([206, '{'])
    const { body } = await admin.ask('GET', `/executions/${id}/result/lines?path=$.stdout`)
    expect(body).toMatchObject({ lines: ['one', 'two'], total: 2, cut: [] })
    const waiting = await admin.run('core.noop', {}, { delay: 600_000 })
    const empty = await admin.ask('GET', `/executions/${waiting.id}/result/outline`)
    expect(empty.body).toMatchObject({ path: '$', type: 'object', count: 0, children: [], size: 2 })
  })

  it('hold no secrets: those are taken out before a result is stored', async () => {
    const { id } = await admin.run('big.secretive')
    await admin.finished(id)
    const answers = await Promise.all(
      ['', '/outline?path=$.result', '/search?q=hunter2', '/lines?path=$.result.token'].map((part) =>
        admin.ask('GET', `/executions/${id}/result${part}`),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    for (const { text } of answers) expect(text).not.toContain(SECRET)
    expect(answers[2]?.body).toMatchObject({ matches: [], next: null })
    expect(answers[3]?.body).toMatchObject({ lines: ['********'] })
    // The ranges are those of the text without secrets, and it is a blob as it is.
    const [text] = answers
    const range = await admin.ask('GET', `/executions/${id}/result`, { headers: { range: 'bytes=0-99' } })
    expect([range.status, range.text, range.headers.get('etag')]).toEqual([
      206,
      text?.text.slice(0, 100),
      text?.headers.get('etag'),
    ])
  })
})
