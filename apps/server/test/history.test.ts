import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, faultOf, type ShownExecution, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

const ITEMS = 120
const FLOW = 'runner_type: orquesta\nenabled: true\n'
/** A workflow of a workflow of many. */
const PACK = {
  'actions/outer.yaml': `name: outer\nentry_point: workflows/outer.yaml\n${FLOW}`,
  'actions/workflows/outer.yaml': `version: 1.0
tasks:
  first: { action: core.noop, next: [{ do: crowd }] }
  crowd: { action: hist.crowd, next: [{ do: last }] }
  last: { action: core.noop }
`,
  'actions/crowd.yaml': `name: crowd\nentry_point: workflows/crowd.yaml\n${FLOW}`,
  'actions/workflows/crowd.yaml': `version: 1.0
vars: [{ numbers: [${Array.from({ length: ITEMS }, (_, place) => place).join(', ')}] }]
tasks:
  each: { with: <% ctx().numbers %>, action: core.noop }
`,
  'actions/vault.yaml': `name: vault
runner_type: local-shell-cmd
enabled: true
parameters:
  cmd: { default: echo fine, immutable: true }
  host: { type: string }
  password: { type: string, secret: true }
`,
}
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let outer: ShownExecution

beforeAll(async () => {
  const dataDir = join(stack.use(temporaryFolder()).path, 'data')
  writePack(dataDir, 'hist', PACK)
  server = stack.use(await startServer({ dataDir, env: { ST2_API__MAX_LIST_ROWS: '122' } }))
  admin = await api(server)
  outer = await admin.run('hist.outer')
  await admin.finished(outer.id)
})

afterAll(() => stack.disposeAsync())

describe('children of an execution', () => {
  interface Row {
    readonly id: string
    readonly parent: string
    readonly start_timestamp: string
    readonly action: { readonly ref: string }
  }
  const lean = 'include_attributes=id,parent,start_timestamp,action.ref'

  async function page(query: string): Promise<{ rows: Row[]; total: string | null; limit: string | null }> {
    const { headers, body, status } = await admin.ask('GET', `/executions/${outer.id}/children?${query}`)
    expect(status).toBe(200)
    return { rows: body as Row[], total: headers.get('x-total-count'), limit: headers.get('x-limit') }
  }

  async function inPages(query: string, size: number): Promise<Row[]> {
    const all: Row[] = []
    for (let offset = 0; ; offset += size) {
      const { rows, total, limit } = await page(`${query}&limit=${size}&offset=${offset}`)
      expect([total, limit]).toEqual([String(ITEMS + 3), String(size)])
      all.push(...rows)
      if (rows.length < size) return all
    }
  }

  it('are all reached page by page, depth first, siblings by start', async () => {
    const all = await inPages(lean, 50)
    expect(new Set(all.map(({ id }) => id)).size).toBe(ITEMS + 3)
    const [first, crowd, ...rest] = all
    expect([first?.action.ref, crowd?.action.ref, rest.at(-1)?.parent]).toEqual(['core.noop', 'hist.crowd', outer.id])
    const items = rest.slice(0, ITEMS)
    expect(new Set(items.map(({ parent }) => parent))).toEqual(new Set([crowd?.id]))
    const starts = items.map(({ start_timestamp }) => start_timestamp)
    expect(starts).toEqual(starts.toSorted((a, b) => a.localeCompare(b)))
  })

  it('are all reached in the order of their start', async () => {
    const all = await inPages(`${lean}&result_fmt=sorted`, 70)
    const starts = all.map(({ start_timestamp }) => start_timestamp)
    expect(new Set(all.map(({ id }) => id)).size).toBe(ITEMS + 3)
    expect(starts).toEqual(starts.toSorted((a, b) => a.localeCompare(b)))
  })

  it('are no deeper than asked', async () => {
    const { rows, total, limit } = await page(`depth=1&${lean}`)
    expect([rows.map(({ action }) => action.ref), total, limit]).toEqual([
      ['core.noop', 'hist.crowd', 'core.noop'],
      '3',
      null,
    ])
    expect((await page('depth=1&limit=1&offset=1')).rows.map(({ action }) => action.ref)).toEqual(['hist.crowd'])
  })

  it('show the attributes that are asked for', async () => {
    const { rows } = await page(`depth=1&limit=1&${lean}`)
    expect(rows).toEqual([
      { id: rows[0]?.id, parent: outer.id, start_timestamp: rows[0]?.start_timestamp, action: expect.anything() },
    ])
    expect(Object.keys((await page('depth=1&limit=1&exclude_attributes=result,status')).rows[0] ?? {})).not.toContain(
      'status',
    )
    const refused = await admin.ask('GET', `/executions/${outer.id}/children?include_attributes=nonsense`)
    expect([refused.status, faultOf(refused)]).toEqual([
      400,
      'Invalid or unsupported include attribute specified: nonsense',
    ])
  })

  it('are answered whole without a limit, or not at all', async () => {
    const refused = await admin.ask('GET', `/executions/${outer.id}/children`)
    expect([refused.status, faultOf(refused)]).toEqual([
      400,
      `The list has ${ITEMS + 3} rows; without a limit at most 122 are answered (api.max_list_rows). Page through it with limit and offset.`,
    ])
  })
})

describe('a list of executions', () => {
  async function found(query: string): Promise<string[]> {
    const { body, headers, status } = await admin.ask('GET', `/executions?include_attributes=id&limit=500&${query}`)
    expect([status, headers.get('x-total-count')]).toEqual([200, String((body as unknown[]).length)])
    return (body as { id: string }[]).map(({ id }) => id)
  }

  const run = async (parameters: Record<string, unknown>, context: Record<string, unknown> = {}) =>
    (await admin.finished((await admin.run('hist.vault', parameters, { context })).id)).id

  it('takes several values of a filter, any of which will do', async () => {
    expect(await found('action=hist.outer,hist.crowd')).toHaveLength(2)
    expect(await found('action=hist.outer,hist.nothing')).toEqual([outer.id])
    expect(await found(`parent=null,${outer.id}&action=hist.outer,hist.crowd,core.noop`)).toHaveLength(4)
    expect(
      await found('runner=orquesta,local-shell-cmd&status=succeeded,failed&rule=null,nightly&parent=null'),
    ).toEqual([outer.id])
    expect(await found('status=failed,timeout')).toEqual([])
  })

  it('finds words in what a run was given, wherever they stand', async () => {
    const web = await run({ host: 'Web-7.example.com' })
    const disk = await run({ host: 'db-1' }, { trace_context: { trace_tag: 'disk full' } })
    expect(await found('q=web-7')).toEqual([web])
    expect(await found('q=VAULT')).toEqual([disk, web])
    expect(await found('q=vault%20EXAMPLE.com')).toEqual([web])
    expect(await found('q=vault%20example.com%20db-1')).toEqual([])
    expect(await found(`q="disk%20full"&action=hist.vault`)).toEqual([disk])
    expect(await found(`q=${web}`)).toEqual([web])
    expect(await found('q=web-7&status=failed')).toEqual([])
  })

  it('does not find by what is secret', async () => {
    const id = await run({ host: 'x', password: 'hunter2-Zq8vXw3K' })
    expect(await found('q=hunter2-Zq8vXw3K')).toEqual([])
    expect(await found('q=hunter2')).toEqual([])
    expect(await found('action=hist.vault')).toContain(id)
  })

  it('finds by the tag of a trace', async () => {
    const first = await run({ host: 'a' }, { trace_context: { trace_tag: 'release-7' } })
    const second = await run({ host: 'b' }, { trace_context: { trace_tag: 'release-8' } })
    expect(await found('trace_tag=release-7')).toEqual([first])
    expect(await found('trace_tag=release-8,release-7')).toEqual([second, first])
    expect(await found('trace_tag=release')).toEqual([])
  })

  it('names the filter that asks for too much', async () => {
    const answer = await admin.ask(
      'GET',
      `/executions?action=${Array.from({ length: 101 }, (_, n) => `a.${n}`).join(',')}`,
    )
    expect([answer.status, faultOf(answer)]).toEqual([400, 'action has 101 values; at most 100 are allowed.'])
  })
})
