import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { api, expectStatus, faultOf, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

interface ShownAction {
  readonly id: string
  readonly ref: string
  readonly uid: string
  readonly description?: string
  readonly enabled: boolean
  readonly entry_point: string
  readonly metadata_file: string
  readonly parameters: Record<string, unknown>
  readonly output_schema: Record<string, unknown>
  readonly tags: unknown[]
}

interface ShownPack {
  readonly path: string
  readonly files: string[]
}

const SHIPPED_PACKS = fileURLToPath(new URL('../../../packs', import.meta.url))
const GREET =
  'name: greet\nrunner_type: local-shell-script\nentry_point: greet.sh\nenabled: true\ndescription: greets\n'
const GREET_SH = '#!/bin/sh\necho hello\n'
const MAX_FILE = 2000

const stack = new AsyncDisposableStack()
let dataDir: string
let server: TestServer
let admin: TestApi
let count = 0
/** A name that no other test has. */
let name: string

beforeAll(async () => {
  dataDir = join(stack.use(temporaryFolder()).path, 'data')
  writePack(dataDir, 'mine', { 'actions/greet.yaml': GREET, 'actions/greet.sh': GREET_SH })
  await start()
})

afterAll(() => stack.disposeAsync())

beforeEach(() => {
  name = `a${(count += 1)}`
})

async function start(): Promise<void> {
  server = await startServer({ dataDir, env: { ST2_CONTENT__MAX_DATA_FILE_SIZE: String(MAX_FILE) } })
  admin = await api(server)
}

stack.defer(async () => {
  await server[Symbol.asyncDispose]()
})

async function restart(): Promise<void> {
  await server.stop()
  await start()
}

function inPack(pack: string, file = ''): string {
  return join(dataDir, 'packs', pack, file)
}

function create(body: Record<string, unknown>) {
  return admin.ask('POST', '/actions', { body: { name, runner_type: 'local-shell-cmd', ...body } })
}

async function created(body: Record<string, unknown> = {}): Promise<ShownAction> {
  return expectStatus<ShownAction>(await create(body), 201)
}

async function refusal(answer: Promise<{ status: number; text: string; body: unknown; headers: Headers }>) {
  const got = await answer
  return { status: got.status, fault: faultOf(got) }
}

describe('creating an action', () => {
  it('puts it into the pack default when none is named, and answers what is stored', async () => {
    const action = await created({ parameters: { cmd: { default: 'echo hi' } }, tags: [{ name: 't' }] })
    expect(action).toMatchObject({
      ref: `default.${name}`,
      uid: `action:default:${name}`,
      enabled: true,
      entry_point: '',
      metadata_file: '',
      parameters: { cmd: { default: 'echo hi' } },
      tags: [{ name: 't', value: '' }],
    })
    expect(action.output_schema).toHaveProperty('additionalProperties', {})
    expect(await admin.get(`/actions/${action.ref}`)).toEqual(action)
  })

  it('makes one that runs', async () => {
    const action = await created({ parameters: { cmd: { default: 'echo made', immutable: true } } })
    const execution = await admin.finished((await admin.run(action.ref)).id)
    expect(execution).toMatchObject({ status: 'succeeded', result: { stdout: 'made' } })
  })

  it.each([
    ['a name', { name: undefined }, "'name' is a required property"],
    ['a runner', { runner_type: undefined }, "'runner_type' is a required property"],
    ['only keys that are known', { frob: 1 }, "Additional properties are not allowed ('frob' was unexpected)"],
    [
      'a type that exists',
      { parameters: { x: { type: 'frob' } } },
      "'frob' is not one of ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']",
    ],
    [
      'parameters that the runner lets it have',
      { parameters: { sudo: { type: 'string' } } },
      expect.stringMatching(
        /^The attribute "type" for the runner parameter "sudo" in action "default\.a\d+" cannot be overridden\.$/,
      ),
    ],
    ['a runner that exists', { runner_type: 'nope' }, expect.stringMatching(/^RunnerType nope is not found\. /)],
    [
      'positions without gaps',
      { parameters: { a: { position: 0 }, b: { position: 2 } } },
      'Positions supplied [0, 2] for parameters are not contiguous.',
    ],
    ['a name that is not empty', { name: '' }, 'The name of an action may not be empty'],
    ['a pack of its own', { pack: 'core' }, "Resources belonging to system level packs can't be manipulated"],
    [
      'a pack that exists',
      { pack: 'nopack' },
      expect.stringMatching(
        /^Content pack "nopack" is not found or doesn't contain actions directory\. Searched in: \//,
      ),
    ],
    [
      'a pack that is a folder of packs',
      { pack: '../packs/mine' },
      expect.stringMatching(/^Content pack "\.\.\/packs\/mine" is not found/),
    ],
    ['a list of files', { data_files: 'x' }, "'x' is not of type 'array', 'null'"],
    ['files with content', { data_files: [{ file_path: 'x' }] }, "'content' is a required property"],
    [
      'files with nothing else',
      { data_files: [{ file_path: 'x', content: '', mode: 1 }] },
      "Additional properties are not allowed ('mode' was unexpected)",
    ],
  ])('needs %s', async (_what, body, fault) => {
    const answer = await refusal(create(body))
    expect(answer).toEqual({ status: 400, fault })
  })

  it('is refused for a ref that is taken, with its id, and changes no file', async () => {
    const files = [{ file_path: `${name}.sh`, content: 'first' }]
    const first = await created({ pack: 'mine', entry_point: `${name}.sh`, data_files: files })
    const again = await create({ pack: 'mine', data_files: [{ file_path: `${name}.sh`, content: 'second' }] })
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({
      'conflict-id': first.id,
      faultstring: expect.stringMatching(/^Tried to save duplicate unique keys/),
    })
    expect(readFileSync(inPack('mine', `actions/${name}.sh`), 'utf8')).toBe('first')
  })

  it('gives one ref to one of many who ask for it at the same time', async () => {
    const body = { pack: 'mine', data_files: [{ file_path: `${name}.sh`, content: '' }] }
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(body)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array(7).fill(409)])
  })

  it('answers 401 without a token', async () => {
    expect((await fetch(`${server.api}/v1/actions`, { method: 'POST' })).status).toBe(401)
  })
})

describe('the files of an action', () => {
  it('are written below the actions folder, and run', async () => {
    const files = [
      { file_path: `${name}.sh`, content: '#!/bin/sh\n. "$(dirname "$0")/deep/er/lib.sh"\n' },
      { file_path: 'deep/er/lib.sh', content: 'echo from a file\n' },
    ]
    const action = await created({
      pack: 'mine',
      runner_type: 'local-shell-script',
      entry_point: `${name}.sh`,
      data_files: files,
    })
    expect(action).not.toHaveProperty('data_files')
    expect(readFileSync(inPack('mine', 'actions/deep/er/lib.sh'), 'utf8')).toBe('echo from a file\n')
    const { files: listed } = await admin.get<ShownPack>('/packs/mine')
    expect(listed).toEqual(expect.arrayContaining([`actions/${name}.sh`, 'actions/deep/er/lib.sh']))
    const execution = await admin.finished((await admin.run(action.ref)).id)
    expect(execution).toMatchObject({ status: 'succeeded', result: { stdout: 'from a file' } })
  })

  it.each(['../pack.yaml', './x', 'a//b', '/etc/passwd', '', '..', 'a/../../x', 'x\0y'])(
    'may not be named %j',
    async (file_path) => {
      const before = readdirSync(inPack('mine'), { recursive: true })
      const answer = await refusal(create({ pack: 'mine', data_files: [{ file_path, content: 'x' }] }))
      expect(answer).toMatchObject({ status: 400, fault: expect.stringContaining('Invalid file path') })
      expect(readdirSync(inPack('mine'), { recursive: true })).toEqual(before)
      expect((await admin.ask('GET', `/actions/mine.${name}`)).status).toBe(404)
    },
  )

  it('are not written through a link that leads out of the pack', async () => {
    const outside = stack.use(temporaryFolder()).path
    symlinkSync(outside, inPack('mine', `actions/${name}`))
    const answer = await refusal(create({ pack: 'mine', data_files: [{ file_path: `${name}/x.sh`, content: 'x' }] }))
    expect(answer).toMatchObject({ status: 400, fault: expect.stringContaining('Invalid file path') })
    expect(readdirSync(outside)).toEqual([])
  })

  it('take the place of a link, not of what it leads to', async () => {
    const outside = join(stack.use(temporaryFolder()).path, 'precious')
    writeFileSync(outside, 'precious')
    symlinkSync(outside, inPack('mine', `actions/${name}.sh`))
    await created({ pack: 'mine', data_files: [{ file_path: `${name}.sh`, content: 'new' }] })
    expect(readFileSync(outside, 'utf8')).toBe('precious')
    expect(readFileSync(inPack('mine', `actions/${name}.sh`), 'utf8')).toBe('new')
  })

  it('may not take the place of a folder, nor stand below a file', async () => {
    mkdirSync(inPack('mine', `actions/${name}`))
    const folder = await refusal(create({ pack: 'mine', data_files: [{ file_path: name, content: '' }] }))
    expect(folder).toMatchObject({ status: 400, fault: expect.stringContaining('is a folder') })
    const below = await refusal(create({ pack: 'mine', data_files: [{ file_path: 'greet.sh/x', content: '' }] }))
    expect(below.status).toBe(400)
  })

  it('are all written or none', async () => {
    const data_files = [
      { file_path: `${name}.sh`, content: 'fits' },
      { file_path: `${name}.txt`, content: 'x'.repeat(MAX_FILE + 1) },
    ]
    const answer = await refusal(create({ pack: 'mine', data_files }))
    expect(answer).toEqual({
      status: 413,
      fault: `File "${name}.txt" has 2001 bytes, more than 2000, the most there may be ([content] max_data_file_size).`,
    })
    expect(existsSync(inPack('mine', `actions/${name}.sh`))).toBe(false)
  })

  it('may not be given twice', async () => {
    const file = { file_path: `${name}.sh`, content: '' }
    const answer = await refusal(create({ pack: 'mine', data_files: [file, file] }))
    expect(answer).toEqual({ status: 400, fault: `data_files holds "${name}.sh" more than once` })
  })

  it('keep the mode of what they replace', async () => {
    writeFileSync(inPack('mine', `actions/${name}.sh`), 'old')
    chmodSync(inPack('mine', `actions/${name}.sh`), 0o755)
    await created({
      pack: 'mine',
      runner_type: 'local-shell-script',
      entry_point: `${name}.sh`,
      data_files: [{ file_path: `${name}.sh`, content: '#!/bin/sh\necho new\n' }],
    })
    const execution = await admin.finished((await admin.run(`mine.${name}`)).id)
    expect(execution).toMatchObject({ result: { stdout: 'new' } })
  })
})

describe('a shipped pack', () => {
  it('stays as it is; a copy is edited, and comes first from then on', async () => {
    const before = readdirSync(join(SHIPPED_PACKS, 'examples'), { recursive: true, encoding: 'utf8' }).sort()
    await created({ pack: 'examples', data_files: [{ file_path: `${name}.sh`, content: 'echo' }] })
    expect(readdirSync(join(SHIPPED_PACKS, 'examples'), { recursive: true, encoding: 'utf8' }).sort()).toEqual(before)
    const copied = readdirSync(inPack('examples'), { recursive: true, encoding: 'utf8' }).sort()
    expect(copied).toEqual([...before, `actions/${name}.sh`].sort())
    const { path, files } = await admin.get<ShownPack>('/packs/examples')
    expect(path).toBe(inPack('examples'))
    expect(files).toContain(`actions/${name}.sh`)
    expect(readdirSync(join(dataDir, 'packs')).filter((folder) => folder.startsWith('.'))).toEqual([])
  })

  it('goes on working from its copy', async () => {
    await created({ pack: 'examples', data_files: [{ file_path: `${name}.txt`, content: '' }] })
    const shipped = await admin.get<ShownAction[]>('/actions?pack=examples')
    const script = shipped.find(({ entry_point }) => entry_point.endsWith('.sh') && entry_point !== '')
    expect(script).toBeDefined()
    const text = await admin.ask('GET', `/actions/views/entry_point/${script?.ref}`)
    expect(text.text).toBe(readFileSync(inPack('examples', `actions/${script?.entry_point}`), 'utf8'))
  })

  it('keeps the files of an action that is removed; the copy loses them', async () => {
    const shipped = (await admin.get<ShownAction[]>('/actions?pack=examples')).find((one) => one.metadata_file !== '')
    const file = shipped?.metadata_file ?? ''
    const body = { remove_files: true }
    expectStatus(await admin.ask('DELETE', `/actions/${shipped?.ref}`, { body }), 204)
    expect(existsSync(join(SHIPPED_PACKS, 'examples', file))).toBe(true)
    expect(existsSync(inPack('examples', file))).toBe(false)
    await restart()
    expect((await admin.ask('GET', `/actions/${shipped?.ref}`)).status).toBe(404)
  })

  it('is not copied for an action without files', async () => {
    await created({ pack: 'default' })
    expect(existsSync(inPack('default'))).toBe(false)
  })
})

describe('replacing an action', () => {
  it('resets what is left out, keeps the id and the pack, and leaves files alone', async () => {
    const action = await created({
      pack: 'mine',
      description: 'first',
      enabled: false,
      metadata_file: 'actions/x.yaml',
    })
    const body = { name, runner_type: 'noop', id: '5f0000000000000000000000', ref: 'x.y' }
    const answer = await admin.ask('PUT', `/actions/${action.ref}`, { body })
    const updated = expectStatus<ShownAction>(answer, 200)
    expect(updated).toMatchObject({ id: action.id, ref: action.ref, enabled: true, metadata_file: '' })
    expect(updated).not.toHaveProperty('description')
    expect(await admin.get(`/actions/${action.id}`)).toEqual(updated)
  })

  it('takes effect on the next execution', async () => {
    const action = await created({ parameters: { cmd: { default: 'echo old' } } })
    const old = await admin.finished((await admin.run(action.ref)).id)
    const body = { name, runner_type: 'local-shell-cmd', parameters: { cmd: { default: 'echo new' } } }
    expectStatus(await admin.ask('PUT', `/actions/${action.id}`, { body }), 200)
    const next = await admin.finished((await admin.run(action.ref)).id)
    expect([old.result, next.result]).toMatchObject([{ stdout: 'old' }, { stdout: 'new' }])
  })

  it('writes the files it brings', async () => {
    const action = await created({ pack: 'mine' })
    const body = { name, runner_type: 'noop', data_files: [{ file_path: `${name}.txt`, content: 'brought' }] }
    expectStatus(await admin.ask('PUT', `/actions/${action.ref}`, { body }), 200)
    expect(readFileSync(inPack('mine', `actions/${name}.txt`), 'utf8')).toBe('brought')
  })

  it('may rename it, but not to a name that is taken', async () => {
    const first = await created()
    const other = await created({ name: `${name}-other` })
    const body = (to: string) => ({ body: { name: to, runner_type: 'noop' } })
    const taken = await admin.ask('PUT', `/actions/${first.ref}`, body(`${name}-other`))
    expect(taken.status).toBe(409)
    expect(taken.body).toMatchObject({ 'conflict-id': other.id })
    expectStatus(await admin.ask('PUT', `/actions/${first.ref}`, body(`${name}-new`)), 200)
    expect(await admin.get(`/actions/default.${name}-new`)).toMatchObject({ id: first.id })
    expect((await admin.ask('GET', `/actions/${first.ref}`)).status).toBe(404)
  })

  it('takes place for a running workflow with its next run only', async () => {
    const flow = (text: string) =>
      `version: 1.0\ntasks:\n  wait: {action: core.local, input: {cmd: 'sleep 2'}, next: [{do: say}]}\n  say: {action: core.echo, input: {message: ${text}}}\noutput:\n  - said: <% task(say).result.stdout %>\n`
    const body = (text: string) => ({
      name,
      pack: 'mine',
      runner_type: 'orquesta',
      entry_point: `workflows/${name}.yaml`,
      data_files: [{ file_path: `workflows/${name}.yaml`, content: flow(text) }],
    })
    expectStatus(await admin.ask('POST', '/actions', { body: body('before') }), 201)
    const running = await admin.run(`mine.${name}`)
    await admin.reaches(running.id, 'running')
    expectStatus(await admin.ask('PUT', `/actions/mine.${name}`, { body: body('after') }), 200)
    const [first, second] = [await admin.finished(running.id), await admin.run(`mine.${name}`)]
    expect(first).toMatchObject({ status: 'succeeded', result: { output: { said: 'before' } } })
    expect(await admin.finished(second.id)).toMatchObject({ result: { output: { said: 'after' } } })
  })

  it('is refused for the core pack and for what is not there', async () => {
    const body = { name: 'local', runner_type: 'local-shell-cmd', pack: 'mine' }
    const core = await refusal(admin.ask('PUT', '/actions/core.local', { body }))
    expect(core).toEqual({ status: 400, fault: "Resources belonging to system level packs can't be manipulated" })
    const missing = await refusal(admin.ask('PUT', '/actions/mine.nope', { body }))
    expect(missing).toEqual({ status: 404, fault: 'Resource with a reference or id "mine.nope" not found' })
  })
})

describe('two who edit an action', () => {
  const METADATA = (text: string) =>
    `name: ${name}\nrunner_type: local-shell-script\nentry_point: ${name}.sh\ndescription: ${text}\n`

  function version(text: string): Record<string, unknown> {
    return {
      name,
      pack: 'mine',
      runner_type: 'local-shell-script',
      description: text,
      entry_point: `${name}.sh`,
      metadata_file: `actions/${name}.yaml`,
      data_files: [
        { file_path: `${name}.sh`, content: `echo ${text}` },
        { file_path: `${name}.yaml`, content: METADATA(text) },
      ],
    }
  }

  function save(text: string, revision: string | null) {
    const headers: Record<string, string> = revision === null ? {} : { 'if-match': revision }
    return admin.ask('PUT', `/actions/mine.${name}`, { body: version(text), headers })
  }

  async function revision(): Promise<string> {
    return (await admin.ask('GET', `/actions/mine.${name}`)).headers.get('etag') ?? ''
  }

  beforeEach(async () => {
    expectStatus(await admin.ask('POST', '/actions', { body: version('first') }), 201)
  })

  it('know by its ETag whether it is what they loaded', async () => {
    const loaded = await revision()
    expect(loaded).toMatch(/^"[0-9a-f]{16}\.[0-9a-f]{16}\.[0-9a-f]{16}"$/)
    expect(await revision()).toBe(loaded)
    const overview = await admin.ask('GET', `/actions/views/overview/mine.${name}`)
    expect(overview.headers.get('etag')).toBe(loaded)
    const saved = await save('second', loaded)
    expect(saved.status).toBe(200)
    expect(saved.headers.get('etag')).toBe(await revision())
    expect(saved.headers.get('etag')).not.toBe(loaded)
  })

  it('are told when the other was first, and lose nothing', async () => {
    const loaded = await revision()
    expectStatus(await save('mine', loaded), 200)
    const second = await save('theirs', loaded)
    expect(second.status).toBe(412)
    expect(second.body).toEqual({
      faultstring: `Action "mine.${name}" was changed since: its definition, its metadata file "actions/${name}.yaml", its entry point "${name}.sh"`,
      changed: ['definition', 'metadata_file', 'entry_point'],
      revision: await revision(),
    })
    expect(readFileSync(inPack('mine', `actions/${name}.sh`), 'utf8')).toBe('echo mine')
    expect(await admin.get(`/actions/mine.${name}`)).toMatchObject({ description: 'mine' })
    // On purpose, knowing what is there.
    expectStatus(await save('theirs', await revision()), 200)
  })

  it('lose nothing when they save at the same moment', async () => {
    const loaded = await revision()
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((text) => save(text, loaded)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412])
    const winner = ['a', 'b', 'c', 'd'][answers.findIndex(({ status }) => status === 200)]
    expect(readFileSync(inPack('mine', `actions/${name}.yaml`), 'utf8')).toBe(METADATA(winner ?? ''))
  })

  it('are told of a file that was changed by hand, too, and which', async () => {
    const loaded = await revision()
    writeFileSync(inPack('mine', `actions/${name}.sh`), 'echo by hand')
    expect((await save('second', loaded)).body).toMatchObject({ changed: ['entry_point'] })
  })

  it('may save the same once more when the first answer was lost', async () => {
    const loaded = await revision()
    const first = await save('second', loaded)
    const again = await save('second', loaded)
    expect([again.status, again.headers.get('etag')]).toEqual([200, first.headers.get('etag')])
  })

  it('may do without: the last one wins', async () => {
    expectStatus(await save('second', null), 200)
    expectStatus(await save('third', '*'), 200)
    expect(readFileSync(inPack('mine', `actions/${name}.sh`), 'utf8')).toBe('echo third')
  })

  it.each([
    ['W/"x"', 412],
    ['"x", "y"', 412],
    ['nonsense', 400],
    ['', 400],
  ])('may name revisions as HTTP has it: %j', async (header, status) => {
    expect((await save('second', header)).status).toBe(status)
    expectStatus(await save('second', `"other", W/${await revision()}`), 200)
  })

  it('may remove only what they know, when they say so', async () => {
    const loaded = await revision()
    expectStatus(await save('second', loaded), 200)
    const remove = (known: string) =>
      admin.ask('DELETE', `/actions/mine.${name}`, { headers: { 'if-match': known }, body: { remove_files: true } })
    expect((await remove(loaded)).status).toBe(412)
    expect(existsSync(inPack('mine', `actions/${name}.sh`))).toBe(true)
    expectStatus(await remove(await revision()), 204)
    expect((await save('third', loaded)).status).toBe(404)
  })

  it('find after a registration what was saved', async () => {
    expectStatus(await save('second', await revision()), 200)
    const saved = await revision()
    expectStatus(await admin.ask('POST', '/packs/register', { body: { packs: ['mine'], types: ['action'] } }), 200)
    expect(await revision()).toBe(saved)
  })
})

describe('removing an action', () => {
  it('leaves its files where they are', async () => {
    const action = await created({ pack: 'mine', data_files: [{ file_path: `${name}.sh`, content: '' }] })
    const answer = await admin.ask('DELETE', `/actions/${action.ref}`)
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect((await admin.ask('GET', `/actions/${action.ref}`)).status).toBe(404)
    expect(existsSync(inPack('mine', `actions/${name}.sh`))).toBe(true)
  })

  it('removes its files when asked to, but none that another action uses', async () => {
    const yaml = `name: ${name}\nrunner_type: local-shell-script\nentry_point: ${name}.sh\n`
    const data_files = [
      { file_path: `${name}.sh`, content: '' },
      { file_path: `${name}.yaml`, content: yaml },
    ]
    const common = { pack: 'mine', entry_point: `${name}.sh` }
    const action = await created({ ...common, metadata_file: `actions/${name}.yaml`, data_files })
    const other = await created({ ...common, name: `${name}-other` })
    const remove = (ref: string) => admin.ask('DELETE', `/actions/${ref}`, { body: { remove_files: true } })
    expect((await remove(action.ref)).status).toBe(204)
    expect(existsSync(inPack('mine', `actions/${name}.yaml`))).toBe(false)
    expect(existsSync(inPack('mine', `actions/${name}.sh`))).toBe(true)
    expect((await remove(other.ref)).status).toBe(204)
    expect(existsSync(inPack('mine', `actions/${name}.sh`))).toBe(false)
    const { files } = await admin.get<ShownPack>('/packs/mine')
    expect(files).not.toContain(`actions/${name}.sh`)
  })

  it.each(['pack.yaml', 'actions/../pack.yaml', '/etc/passwd', '../core/pack.yaml'])(
    'removes nothing outside of the actions folder: %s',
    async (metadata_file) => {
      const action = await created({ pack: 'mine', metadata_file })
      const answer = await refusal(admin.ask('DELETE', `/actions/${action.ref}`, { body: { remove_files: true } }))
      expect(answer).toMatchObject({ status: 400, fault: expect.stringContaining('Invalid file path') })
      expect(existsSync(inPack('mine', 'pack.yaml'))).toBe(true)
      expectStatus(await admin.ask('DELETE', `/actions/${action.ref}`), 204)
    },
  )

  it('is refused for the core pack, for what is not there, and for unknown options', async () => {
    const core = await refusal(admin.ask('DELETE', '/actions/core.noop'))
    expect(core).toEqual({ status: 400, fault: "Resources belonging to system level packs can't be manipulated" })
    const missing = await refusal(admin.ask('DELETE', '/actions/default.nope'))
    expect(missing).toEqual({ status: 404, fault: 'Resource with a reference or id "default.nope" not found' })
    const option = await refusal(admin.ask('DELETE', '/actions/default.nope', { body: { frob: true } }))
    expect(option.fault).toBe("Additional properties are not allowed ('frob' was unexpected)")
  })
})

describe('cloning an action', () => {
  function clone(ref: string, body: Record<string, unknown>) {
    return admin.ask('POST', `/actions/${ref}/clone`, { body })
  }

  it('copies entry point and metadata, and the clone runs', async () => {
    const action = expectStatus<ShownAction>(await clone('mine.greet', { dest_pack: 'mine', dest_action: name }), 201)
    expect(action).toMatchObject({
      ref: `mine.${name}`,
      uid: `action:mine:${name}`,
      entry_point: `${name}.sh`,
      metadata_file: `actions/${name}.yaml`,
      description: 'greets',
    })
    const yaml = readFileSync(inPack('mine', `actions/${name}.yaml`), 'utf8')
    expect(yaml).toContain(`name: ${name}\npack: mine\n`)
    expect(yaml).toContain(`entry_point: ${name}.sh\n`)
    const execution = await admin.finished((await admin.run(action.ref)).id)
    expect(execution).toMatchObject({ status: 'succeeded', result: { stdout: 'hello' } })
  })

  it('copies one of the core pack into the pack default, which is copied for it', async () => {
    const answer = await clone('core.local', { dest_pack: 'default', dest_action: name })
    expect(expectStatus(answer, 201)).toMatchObject({ ref: `default.${name}`, entry_point: '' })
    expect(readdirSync(inPack('default', 'actions'))).toContain(`${name}.yaml`)
    const execution = await admin.finished((await admin.run(`default.${name}`, { cmd: 'echo cloned' })).id)
    expect(execution).toMatchObject({ result: { stdout: 'cloned' } })
  })

  it('writes a metadata file for one that has none', async () => {
    const source = await created({ parameters: { cmd: { default: 'echo hi' } } })
    expectStatus(await clone(source.ref, { dest_pack: 'mine', dest_action: name }), 201)
    const yaml = readFileSync(inPack('mine', `actions/${name}.yaml`), 'utf8')
    expect(yaml).toContain('runner_type: local-shell-cmd\n')
    expect(yaml).toContain('parameters:\n  cmd:\n    default: echo hi\n')
  })

  it('gives what the next registration gives', async () => {
    const cloned = expectStatus(await clone('mine.greet', { dest_pack: 'mine', dest_action: name }), 201)
    expectStatus(await admin.ask('POST', '/packs/register', { body: { packs: ['mine'], types: ['action'] } }), 200)
    expect(await admin.get(`/actions/mine.${name}`)).toEqual(cloned)
  })

  it('overwrites when asked to, under the id that was there, and removes what is left over', async () => {
    const old = await created({
      pack: 'mine',
      entry_point: `${name}.old`,
      data_files: [{ file_path: `${name}.old`, content: '' }],
    })
    const destination = { dest_pack: 'mine', dest_action: name }
    const refused = await refusal(clone('mine.greet', destination))
    expect(refused).toEqual({ status: 400, fault: 'The requested destination action already exists' })
    const cloned = expectStatus<ShownAction>(await clone('mine.greet', { ...destination, overwrite: true }), 201)
    expect(cloned.id).toBe(old.id)
    expect(existsSync(inPack('mine', `actions/${name}.old`))).toBe(false)
    expect(readFileSync(inPack('mine', `actions/${name}.sh`), 'utf8')).toBe(GREET_SH)
  })

  it('does not overwrite files of another action', async () => {
    await created({ name: `${name}-other`, pack: 'mine', entry_point: `${name}.sh` })
    const answer = await refusal(clone('mine.greet', { dest_pack: 'mine', dest_action: name }))
    expect(answer).toEqual({
      status: 400,
      fault: `File "${name}.sh" of pack "mine" belongs to action "mine.${name}-other"`,
    })
  })

  it.each([
    ['mine.greet', {}, 400, "'dest_pack' is a required property"],
    ['mine.greet', { dest_pack: 'mine' }, 400, "'dest_action' is a required property"],
    ['mine.greet', { dest_pack: 'nopack', dest_action: 'x' }, 400, "Destination pack 'nopack' doesn't exist"],
    [
      'mine.greet',
      { dest_pack: 'core', dest_action: 'x' },
      400,
      "Resources belonging to system level packs can't be manipulated",
    ],
    ['mine.greet', { dest_pack: 'mine', dest_action: '../x' }, 400, 'dest_action "../x" cannot be the name of a file'],
    [
      'mine.nope',
      { dest_pack: 'mine', dest_action: 'x' },
      404,
      'Resource with a reference or id "mine.nope" not found',
    ],
  ])('of %s to %j is refused', async (ref, body, status, fault) => {
    expect(await refusal(clone(ref, body))).toEqual({ status, fault })
  })
})

describe('a restart', () => {
  it('keeps what was changed, made and removed over the API, until the files change', async () => {
    const update = { name: 'greet', runner_type: 'local-shell-script', entry_point: 'greet.sh', description: 'by hand' }
    expectStatus(await admin.ask('PUT', '/actions/mine.greet', { body: update }), 200)
    const made = await created()
    const removed = `mine.${name}`
    const clone = { dest_pack: 'mine', dest_action: name }
    expectStatus(await admin.ask('POST', '/actions/mine.greet/clone', { body: clone }), 201)
    await restart()
    expect(await admin.get(`/actions/${removed}`)).toMatchObject({ description: 'by hand' })
    expectStatus(await admin.ask('DELETE', `/actions/${removed}`), 204)
    writeFileSync(inPack('mine', `actions/${name}.txt`), 'the pack is read again because of this')
    await restart()
    expect(await admin.get('/actions/mine.greet')).toMatchObject({ description: 'by hand' })
    expect(await admin.get(`/actions/${made.ref}`)).toEqual(made)
    expect((await admin.ask('GET', `/actions/${removed}`)).status).toBe(404)

    writeFileSync(inPack('mine', 'actions/greet.yaml'), GREET.replace('greets', 'by file'))
    await restart()
    expect(await admin.get('/actions/mine.greet')).toMatchObject({ description: 'by file' })
  })

  it('keeps changes in a pack that has a broken file', async () => {
    writeFileSync(inPack('mine', `actions/${name}.yaml`), 'name: [broken\n')
    await restart()
    const update = { name: 'greet', runner_type: 'local-shell-script', entry_point: 'greet.sh', description: 'kept' }
    expectStatus(await admin.ask('PUT', '/actions/mine.greet', { body: update }), 200)
    await restart()
    expect(await admin.get('/actions/mine.greet')).toMatchObject({ description: 'kept' })
    const all = await refusal(admin.ask('POST', '/packs/register', { body: { packs: ['mine'] } }))
    expect(all).toMatchObject({
      status: 400,
      fault: expect.stringMatching(/^Failed to register action ".*" from pack "mine"/),
    })
  })
})
