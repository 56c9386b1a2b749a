import { rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, faultOf, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let pack: string

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000', 'hex')

beforeAll(async () => {
  const dataDir = join(stack.use(temporaryFolder()).path, 'data')
  pack = join(dataDir, 'packs/seen')
  writePack(dataDir, 'seen', {
    'actions/flow.meta.yaml': 'name: flow\nrunner_type: orquesta\nentry_point: workflows/flow.yaml\n',
    'actions/workflows/flow.yaml': 'version: 1.0\ntasks: {}\n# Grüße\n',
    'actions/run.py': 'print(1)\n',
    'actions/run.sh': 'echo\n',
    'README.md': '# seen\n',
    '.hidden/notes.txt': 'hidden\n',
    'page.html': '<script>alert(1)</script>',
    'large.txt': 'x'.repeat(500_001),
    'full.txt': 'x'.repeat(500_000),
    'bom.txt': '\uFEFFtext',
  })
  writeFileSync(join(pack, 'icon.png'), PNG)
  symlinkSync('/etc/passwd', join(pack, 'passwd'))
  symlinkSync('README.md', join(pack, 'read-me'))
  server = stack.use(await startServer({ dataDir }))
  admin = await api(server)
})

afterAll(() => stack.disposeAsync())

function file(path: string, headers: Record<string, string> = {}) {
  return admin.ask('GET', `/packs/views/file/seen/${path}`, { headers })
}

describe('GET /packs/views/file', () => {
  it.each([
    ['pack.yaml', 'application/x-yaml'],
    ['actions/workflows/flow.yaml', 'application/x-yaml'],
    ['actions/run.py', 'application/x-python'],
    ['actions/run.sh', 'application/x-sh'],
    ['README.md', 'text/markdown'],
    ['.hidden/notes.txt', 'text/plain'],
    ['icon.png', 'image/png'],
    ['read-me', 'application/octet-stream'],
    // Nothing that a browser would run in the name of who is logged in.
    ['page.html', 'application/octet-stream'],
  ])('answers %s as %s', async (path, type) => {
    const answer = await file(path)
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, type])
  })

  it('answers bytes as they are', async () => {
    const answer = await fetch(`${server.api}/v1/packs/views/file/seen/icon.png`, {
      headers: { 'x-auth-token': admin.token },
    })
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG)
    expect((await file('actions/workflows/flow.yaml')).text).toContain('# Grüße')
  })

  it('answers 304 to whoever has it already, and again in full once it changed', async () => {
    const first = await file('README.md')
    const etag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    expect(etag).toMatch(/^\d+(\.\d+)?$/)
    expect(Date.parse(modified)).toBe(Math.floor(Number(etag)) * 1000)
    const known: Record<string, string>[] = [{ 'if-none-match': etag }, { 'if-modified-since': modified }]
    for (const headers of known) {
      const again = await file('README.md', headers)
      expect([again.status, again.text]).toEqual([304, ''])
    }
    utimesSync(join(pack, 'README.md'), 1_700_000_000.5, 1_700_000_000.5)
    const changed = await file('README.md', { 'if-none-match': etag })
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '1700000000.5'])
    expect(changed.headers.get('last-modified')).toBe('Tue, 14 Nov 2023 22:13:20 GMT')
  })

  it.each([
    ['large.txt', 400, 'File large.txt exceeds maximum allowed file size (500000 bytes)'],
    ['nope.yaml', 404, 'File "nope.yaml" not found'],
    ['actions', 404, 'File "actions" not found'],
    ['pack.yaml/x', 404, 'File "pack.yaml/x" not found'],
    ['passwd', 400, 'Invalid file path: "passwd"'],
    ['..%2f..%2fst2.sqlite', 400, 'Invalid file path: "../../st2.sqlite"'],
    ['%2fetc%2fpasswd', 400, 'Invalid file path: "/etc/passwd"'],
    ['pack.yaml%00.png', 400, 'Invalid file path: "pack.yaml\0.png"'],
  ])('refuses %s', async (path, status, fault) => {
    const answer = await file(path)
    expect([answer.status, faultOf(answer)]).toEqual([status, expect.stringContaining(fault)])
  })

  it('answers the largest there may be', async () => {
    expect((await file('full.txt')).text).toHaveLength(500_000)
  })

  it('needs a login, and a pack that is there', async () => {
    expect((await fetch(`${server.api}/v1/packs/views/file/seen/pack.yaml`)).status).toBe(401)
    expect((await admin.ask('GET', '/packs/views/file/nope/pack.yaml')).status).toBe(404)
  })
})

describe('GET /packs/views/files', () => {
  it('shows the texts of a pack, hidden ones too, and leaves out what is none, too large, gone or elsewhere', async () => {
    rmSync(join(pack, 'actions/run.sh'))
    const texts = await admin.get<{ file_path: string; content: string }[]>('/packs/views/files/seen')
    expect(texts.map(({ file_path }) => file_path)).toEqual([
      '.hidden/notes.txt',
      'README.md',
      'actions/flow.meta.yaml',
      'actions/run.py',
      'actions/workflows/flow.yaml',
      'full.txt',
      'pack.yaml',
      'page.html',
      'read-me',
    ])
    expect(texts.find(({ file_path }) => file_path === 'actions/workflows/flow.yaml')?.content).toContain('# Grüße')
  })
})
