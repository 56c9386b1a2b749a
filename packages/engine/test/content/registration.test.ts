import { execFileSync } from 'node:child_process'
import { renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { packConfigs } from '@st2/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RegistrationReport } from '../../src/content/registration-report.ts'
import { ContentKit, MANIFESTS, PACK_YAML } from './content-kit.ts'

const ACTION = 'name: hi\nrunner_type: noop\n'
const demo = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({ 'pack.yaml': PACK_YAML, ...files }).map(([name, text]) => [`packs/demo/${name}`, text]),
  )

describe('a broken file is reported with its line and does not stop the rest', () => {
  const cases: readonly [string, Readonly<Record<string, string>>, number | undefined, string | RegExp][] = [
    ['broken YAML', { 'actions/bad.yaml': 'name: x\nrunner_type: [noop\n' }, 3, /./],
    ['a tab', { 'actions/bad.yaml': 'name: x\nparameters:\n\ta: 1\n' }, 3, /./],
    ['an empty file', { 'actions/bad.yaml': '' }, 1, 'the file is empty'],
    ['a list', { 'actions/bad.yaml': '- name: x\n' }, 1, 'the file holds a list, not a map of keys'],
    ['a missing key', { 'actions/bad.yaml': 'name: x\n' }, 1, "'runner_type' is a required property"],
    [
      'an unknown key',
      { 'actions/bad.yaml': 'name: x\nrunner_type: noop\nfrob: 1\n' },
      3,
      "Additional properties are not allowed ('frob' was unexpected)",
    ],
    [
      'a wrong type',
      { 'actions/bad.yaml': 'name: x\nrunner_type: noop\nenabled: 5\n' },
      3,
      /^5 is not of type 'boolean'/,
    ],
    [
      'an unknown runner',
      { 'actions/bad.yaml': 'name: x\nrunner_type: mistral-v2\n' },
      2,
      /^RunnerType mistral-v2 is not found\. If you are using old/,
    ],
    [
      'another pack’s name',
      { 'actions/bad.yaml': 'name: x\npack: other\nrunner_type: noop\n' },
      2,
      'Model is in pack "demo" but field "pack" is different: other',
    ],
    [
      'a parameter of an unknown type',
      { 'actions/bad.yaml': 'name: x\nrunner_type: noop\nparameters:\n  a:\n    type: frob\n' },
      5,
      /^'frob' is not /,
    ],
    [
      'a parameter’s name with a dash',
      { 'actions/bad.yaml': 'name: x\nrunner_type: noop\nparameters:\n  a-b:\n    type: string\n' },
      4,
      /a-b/,
    ],
    [
      'two parameters at one position',
      {
        'actions/bad.yaml': 'name: x\nrunner_type: noop\nparameters:\n  a:\n    position: 0\n  b:\n    position: 0\n',
      },
      7,
      'Parameters b and a have same position 0. Position values have to be unique.',
    ],
    [
      'a gap between positions',
      { 'actions/bad.yaml': 'name: x\nrunner_type: noop\nparameters:\n  a:\n    position: 0\n  b:\n    position: 2\n' },
      3,
      'Positions supplied [0, 2] for parameters are not contiguous.',
    ],
    [
      'an attribute of the runner that is not the action’s',
      { 'actions/bad.yaml': 'name: x\nrunner_type: local-shell-cmd\nparameters:\n  sudo:\n    type: string\n' },
      5,
      'The attribute "type" for the runner parameter "sudo" in action "demo.x" cannot be overridden.',
    ],
    [
      'an immutable parameter without a default',
      { 'actions/bad.yaml': 'name: x\nrunner_type: noop\nparameters:\n  a:\n    immutable: true\n' },
      5,
      'Immutable param a requires a default value.',
    ],
    ['no UTF-8', { 'actions/bad.yaml': '' }, 2, 'the file is not UTF-8 text'],
    [
      'a file that is too large',
      { 'actions/bad.yaml': `# ${'x'.repeat(10_000)}\n` },
      undefined,
      /more than 10000, the most there may be/,
    ],
    [
      'a manifest without a version',
      { 'pack.yaml': 'name: demo\ndescription: d\nauthor: a\n' },
      1,
      "'version' is a required property",
    ],
    ['a version that is none', { 'pack.yaml': PACK_YAML.replace('1.0.0', '0.2') }, 3, /^'0\.2' does not match/],
    [
      'an e-mail address that is none',
      { 'pack.yaml': PACK_YAML.replace('a@example.com', 'nobody') },
      5,
      /not an e-mail address/,
    ],
    ['an empty config schema', { 'config.schema.yaml': '' }, 1, /^Config schema ".*" is empty and invalid\.$/],
    ['a config schema with a wrong type', { 'config.schema.yaml': 'key:\n  type: strin\n' }, 2, /key/],
  ]

  /** Each case is a pack of its own, and all are registered at once. */
  const packOf = (index: number) => `demo_${index}`
  let kit: ContentKit
  let report: RegistrationReport

  beforeAll(async () => {
    kit = await ContentKit.open()
    for (const [index, [name, files]] of cases.entries()) {
      const pack = packOf(index)
      for (const [file, text] of Object.entries({ 'pack.yaml': PACK_YAML, 'actions/good.yaml': ACTION, ...files })) {
        kit.write({ [`packs/${pack}/${file}`]: text.replaceAll('demo', pack) })
      }
      if (name !== 'no UTF-8') continue
      kit.write({ [`packs/${pack}/actions/bad.yaml`]: Buffer.from('name: x\nrunner_type: \xe4\n', 'latin1') })
    }
    report = await kit.register()
  })
  afterAll(() => kit[Symbol.asyncDispose]())

  it.each(cases.map((one, index) => [...one, packOf(index)] as const))(
    '%s',
    async (_name, files, line, message, pack) => {
      const problems = report.problems.filter((problem) => problem.pack === pack)
      expect(problems).toHaveLength(1)
      expect(problems[0]).toMatchObject({ file: join(kit.folder, 'packs', pack, Object.keys(files)[0] ?? '') })
      expect(problems[0]?.line).toBe(line)
      expect(problems[0]?.message).toMatch(typeof message === 'string' ? message.replaceAll('demo', pack) : message)
      expect(await kit.stores.actions.findByRef(`${pack}.hi`)).not.toBeNull()
    },
  )

  it('are reported when they are pipes, which nobody would ever write to', async () => {
    await using kit = await ContentKit.open()
    kit.write(demo({ 'actions/good.yaml': ACTION }))
    const file = join(kit.folder, 'packs/demo/actions/pipe.yaml')
    execFileSync('mkfifo', [file])
    expect((await kit.register()).problems).toMatchObject([{ kind: 'actions', file, message: 'not a regular file' }])
  })

  it('a link to nowhere', async () => {
    await using kit = await ContentKit.open()
    kit.write(demo({ 'actions/good.yaml': ACTION }))
    symlinkSync(join(kit.folder, 'gone.yaml'), join(kit.folder, 'packs/demo/actions/bad.yaml'))
    const { problems, counts } = await kit.register()
    expect(problems).toMatchObject([{ file: join(kit.folder, 'packs/demo/actions/bad.yaml') }])
    expect(problems[0]?.message).toMatch(/^ENOENT: no such file or directory/)
    expect(counts.actions).toBe(1)
  })

  it('a folder with actions and no manifest', async () => {
    await using kit = await ContentKit.open()
    kit.write({ 'packs/demo/actions/a.yaml': ACTION, 'packs/notes/todo.txt': 'no pack at all' })
    const { problems, counts } = await kit.register()
    expect(problems.map(({ message }) => message)).toEqual(['Pack "demo" is missing pack.yaml file'])
    expect(counts).toMatchObject({ packs: 0, actions: 1 })
  })

  it('a name that another pack has already', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({}), 'packs/other/pack.yaml': PACK_YAML })
    const { problems } = await kit.register()
    expect(problems).toMatchObject([
      { pack: 'other', line: 1, message: 'the name "demo" belongs to another pack already' },
    ])
  })
})

describe('what is registered', () => {
  it('holds the action as the API shows it', async () => {
    await using kit = await ContentKit.open()
    kit.write(
      demo({
        'actions/full.meta.yaml':
          'name: full.one\nrunner_type: local-shell-script\nentry_point: run.sh\ndescription: d\n' +
          'parameters:\n  a: {type: integer, default: 0x10, position: 0}\n  on: {type: boolean, default: yes}\n' +
          'tags:\n  - name: t\n  - {name: k, value: v, extra: 1}\n' +
          'notify:\n  on-complete: {message: m, channels: [slack], data: {}}\n',
      }),
    )
    expect((await kit.register()).problems).toEqual([])
    const action = await kit.stores.actions.findByRef('demo.full.one')
    expect(action).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      ref: 'demo.full.one',
      uid: 'action:demo:full.one',
      name: 'full.one',
      pack: 'demo',
      description: 'd',
      enabled: true,
      runner_type: 'local-shell-script',
      entry_point: 'run.sh',
      parameters: { a: { type: 'integer', default: 16, position: 0 }, true: { type: 'boolean', default: true } },
      output_schema: {},
      tags: [
        { name: 't', value: '' },
        { name: 'k', value: 'v' },
      ],
      notify: { 'on-complete': { message: 'm', routes: ['slack'] } },
      metadata_file: 'actions/full.meta.yaml',
    })
  })

  it('holds the pack with its files, and a numeric version as text', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({ 'actions/a.yaml': ACTION, 'lib/x.pyc': '', '.git/HEAD': '', 'README.md': '' }) })
    await kit.register()
    expect(await kit.stores.packs.findByRef('demo')).toMatchObject({
      uid: 'pack:demo',
      path: join(kit.folder, 'packs/demo'),
      files: ['README.md', 'actions/a.yaml', 'pack.yaml'],
      keywords: [],
      python_versions: [],
      system: {},
    })
  })

  it('leaves out sub-folders of actions/ and its config.yaml', async () => {
    await using kit = await ContentKit.open()
    kit.write(
      demo({ 'actions/workflows/w.yaml': 'version: 1.0', 'actions/config.yaml': 'x: 1', 'actions/a.yml': ACTION }),
    )
    expect(await kit.register()).toMatchObject({ problems: [], counts: { actions: 1 } })
  })

  it('takes the first pack of a name on the search path', async () => {
    await using kit = await ContentKit.open()
    await using other = await ContentKit.open({ extraPacks: [join(kit.folder, 'packs')] })
    kit.write(demo({ 'actions/a.yaml': 'name: shipped\nrunner_type: noop\n' }))
    other.write(demo({ 'actions/a.yaml': 'name: installed\nrunner_type: noop\n' }))
    const report = await other.register()
    expect((await other.stores.actions.list()).rows.map(({ name }) => name)).toEqual(['installed'])
    expect(report.notices).toHaveLength(1)
    expect(report.notices[0]).toMatch(/^Pack "demo" at ".*" is ignored/)
  })

  it('lets the last of two files with one name win, and says so', async () => {
    await using kit = await ContentKit.open()
    kit.write(
      demo({ 'actions/a.yaml': `${ACTION}description: one\n`, 'actions/b.yaml': `${ACTION}description: two\n` }),
    )
    const { problems } = await kit.register()
    expect((await kit.stores.actions.findByRef('demo.hi'))?.description).toBe('two')
    expect(problems).toMatchObject([
      { line: 1, message: 'Action "demo.hi" is also defined in "actions/a.yaml"; this file wins.' },
    ])
  })
})

describe('registering again', () => {
  it('keeps ids, reads only packs that changed, and takes over what changed', async () => {
    await using kit = await ContentKit.open()
    kit.write(demo({ 'actions/a.yaml': ACTION }))
    await kit.register()
    const before = await kit.stores.actions.findByRef('demo.hi')
    const again = await kit.register()
    expect(again).toMatchObject({ unchangedPacks: 1, counts: { packs: 1, actions: 1, configs: 0 } })
    kit.write(demo({ 'actions/a.yaml': `${ACTION}description: changed\n` }))
    expect(await kit.register()).toMatchObject({ unchangedPacks: 0 })
    expect(await kit.stores.actions.findByRef('demo.hi')).toEqual({ ...before, description: 'changed' })
  })

  it('reads a pack with a problem every time', async () => {
    await using kit = await ContentKit.open()
    kit.write(demo({ 'actions/a.yaml': 'name: x\n' }))
    expect((await kit.register()).problems).toHaveLength(1)
    expect((await kit.register()).problems).toHaveLength(1)
  })

  it('leaves what a user changed until everything is read again', async () => {
    await using kit = await ContentKit.open()
    kit.write(demo({ 'actions/a.yaml': ACTION }))
    await kit.register()
    const action = await kit.stores.actions.findByRef('demo.hi')
    if (action === null) throw new Error('not registered')
    await kit.stores.actions.save({ ...action, enabled: false })
    await kit.register()
    expect((await kit.stores.actions.findByRef('demo.hi'))?.enabled).toBe(false)
    await kit.register({ read: 'all' })
    expect((await kit.stores.actions.findByRef('demo.hi'))?.enabled).toBe(true)
  })

  it('keeps an action whose file is gone, and tells it', async () => {
    await using kit = await ContentKit.open()
    kit.write(demo({ 'actions/a.yaml': ACTION }))
    await kit.register()
    rmSync(join(kit.folder, 'packs/demo/actions/a.yaml'))
    const { missing, counts } = await kit.register()
    expect(missing).toEqual([{ ref: 'demo.hi', file: join(kit.folder, 'packs/demo/actions/a.yaml') }])
    expect(counts.actions).toBe(0)
    expect(await kit.stores.actions.findByRef('demo.hi')).not.toBeNull()
  })

  it('tells a pack whose folder is gone', async () => {
    await using kit = await ContentKit.open()
    kit.write(demo({}))
    await kit.register()
    renameSync(join(kit.folder, 'packs/demo'), join(kit.folder, 'elsewhere'))
    expect((await kit.register()).notices[0]).toMatch(/^Pack "demo" is registered, but its folder/)
  })

  it('keeps the id of a runner and a user’s own choice of enabled', async () => {
    await using kit = await ContentKit.open()
    const before = await kit.stores.runnerTypes.findByName('noop')
    await kit.stores.runnerTypes.setEnabled('noop', false)
    await kit.stores.runnerTypes.register(MANIFESTS)
    expect(await kit.stores.runnerTypes.findByName('noop')).toEqual({ ...before, enabled: false })
  })

  it('switches a runner on that the user left alone, when its manifest does', async () => {
    const off = MANIFESTS.map((manifest) => ({ ...manifest, enabled: false }))
    await using kit = await ContentKit.open({ manifests: off })
    expect((await kit.stores.runnerTypes.findByName('noop'))?.enabled).toBe(false)
    await kit.stores.runnerTypes.register(MANIFESTS)
    expect(await kit.stores.runnerTypes.findByName('noop')).toMatchObject({ enabled: true, uid: 'runner_type:noop' })
    expect(await kit.stores.runnerTypes.findByName('noop')).not.toHaveProperty('manifest_enabled')
  })
})

describe('what to register', () => {
  it('refuses a type that is none and a pack that is not there', async () => {
    await using kit = await ContentKit.open()
    await expect(kit.register({ types: ['frob'] })).rejects.toThrow(
      "'frob' is not one of ['all', 'runner', 'action', 'actions', ",
    )
    await expect(kit.register({ packs: ['nope'] })).rejects.toThrow(
      `Pack "nope" not found on disk: Directory "${join(kit.folder, 'packs/nope')}" doesn't exist`,
    )
  })

  it('registers one pack and counts the runners with its actions', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({ 'actions/a.yaml': ACTION }), 'packs/two/pack.yaml': PACK_YAML.replace('demo', 'two') })
    const { counts } = await kit.register({ types: ['actions'], packs: ['demo'] })
    expect(counts).toMatchObject({ runners: MANIFESTS.length, packs: 1, actions: 1, configs: 0 })
  })
})

describe('overrides', () => {
  it('switch resources off and on, the pack’s file over the global one, exceptions over defaults', async () => {
    await using kit = await ContentKit.open()
    const action = (name: string) => ({ [`actions/${name}.yaml`]: `name: ${name}\nrunner_type: noop\n` })
    kit.write({
      ...demo({ ...action('one'), ...action('two') }),
      'packs/far/pack.yaml': PACK_YAML.replace('demo', 'far'),
      'packs/far/actions/x.yaml': 'name: x\nrunner_type: noop\n',
      'overrides/_global.yaml': 'actions: {defaults: {enabled: false}}\n',
      'overrides/demo.yaml': 'actions:\n  defaults: {enabled: true}\n  exceptions:\n    two: {enabled: false}\n',
    })
    const { overridden } = await kit.register()
    const enabled = Object.fromEntries((await kit.stores.actions.list()).rows.map((row) => [row.ref, row.enabled]))
    expect(enabled).toEqual({ 'demo.one': true, 'demo.two': false, 'far.x': false })
    expect(overridden.actions).toBe(2)
  })

  it('refuse any other key by name', async () => {
    await using kit = await ContentKit.open()
    kit.write({
      ...demo({ 'actions/a.yaml': ACTION }),
      'overrides/demo.yaml': 'actions:\n  defaults:\n    description: x\n',
    })
    const { problems } = await kit.register()
    expect(problems).toMatchObject([
      {
        file: join(kit.folder, 'overrides/demo.yaml'),
        line: 3,
        message: '"description" cannot be overridden, only "enabled" can',
      },
    ])
  })
})

describe('configs', () => {
  const schema = 'key:\n  type: string\n  required: true\n  secret: true\nport:\n  type: integer\n  default: 22\n'

  it('are validated against the schema of their pack and stored as written', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({ 'config.schema.yaml': schema }), 'configs/demo.yaml': 'key: k\nother: 1\n' })
    expect(await kit.register()).toMatchObject({ problems: [], counts: { configs: 1 } })
    expect((await kit.stores.packConfigs.findByPack('demo'))?.values).toEqual({ key: 'k', other: 1 })
    expect(await kit.resolveConfig('demo')).toEqual({ key: 'k', other: 1, port: 22 })
  })

  it('are refused with the attribute’s name and the line', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({ 'config.schema.yaml': schema }), 'configs/demo.yaml': 'key: k\nport: nope\n' })
    const file = join(kit.folder, 'configs/demo.yaml')
    const { problems } = await kit.register()
    expect(problems).toMatchObject([{ kind: 'configs', file, line: 2 }])
    expect(problems[0]?.message).toMatch(
      `Failed validating attribute "port" in config for pack "demo" (${file}): 'nope' is not of type 'integer'`,
    )
  })

  it('hold no secret at rest, also when the schema calls a value secret later', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({}), 'configs/demo.yaml': 'key: swordfish\nother: 1\n' })
    await kit.register()
    kit.write(demo({ 'config.schema.yaml': schema }))
    await kit.register({ types: ['actions'] })
    const stored = await kit.store.find(packConfigs, { limit: 2 })
    expect(stored).toMatchObject([{ pack: 'demo', values: { key: '********', other: 1 } }])
    expect(JSON.stringify(stored)).not.toContain('swordfish')
    expect(await kit.resolveConfig('demo')).toEqual({ key: 'swordfish', other: 1, port: 22 })
  })

  it('whose secrets another key sealed are told apart from what they were, until they are registered again', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({ 'config.schema.yaml': schema }), 'configs/demo.yaml': 'key: k\n' })
    await kit.register()
    const [stored] = await kit.store.find(packConfigs, { limit: 1 })
    if (stored === undefined) throw new Error('not registered')
    await kit.store.put(packConfigs, { ...stored, sealed: 'AAAA'.repeat(20) })
    kit.stores.changes.announce('config', null)
    await expect(kit.resolveConfig('demo')).rejects.toThrow('config of pack "demo" cannot be opened')
    await kit.register({ read: 'all' })
    expect(await kit.resolveConfig('demo')).toEqual({ key: 'k', port: 22 })
  })

  it('are read again when their file changes', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({}), 'configs/demo.yaml': 'a: 1\n' })
    await kit.register()
    expect(await kit.resolveConfig('demo')).toEqual({ a: 1 })
    kit.write({ 'configs/demo.yaml': 'a: 1234\n' })
    await kit.register()
    expect(await kit.resolveConfig('demo')).toEqual({ a: 1234 })
  })
})

describe('files of a pack', () => {
  it('are reached inside the pack only', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({ 'actions/run.sh': 'echo', 'README.md': 'read me' }), 'secret.txt': 'no' })
    const pack = join(kit.folder, 'packs/demo')
    symlinkSync(join(kit.folder, 'secret.txt'), join(pack, 'actions/leak.sh'))
    const { packFiles } = kit
    expect((await packFiles.readFile('demo', 'README.md')).content.toString()).toBe('read me')
    for (const file of [
      '../../secret.txt',
      './README.md',
      'actions//run.sh',
      '/etc/passwd',
      '',
      'a\0b',
      'actions/leak.sh',
    ]) {
      await expect(packFiles.readFile('demo', file)).rejects.toThrow(/^Invalid file path: /)
    }
    for (const pack of ['..', '../packs/demo', '.', '']) {
      await expect(packFiles.readFile(pack, 'README.md')).rejects.toThrow(/not found$/)
    }
    await expect(packFiles.readFile('demo', 'nope')).rejects.toThrow('File "nope" not found')
    await expect(packFiles.readFile('demo', 'actions')).rejects.toThrow('File "actions" not found')
    await expect(packFiles.readFile('demo', '../../secret.txt')).rejects.toThrow(
      `File path needs to be relative to the pack directory (${pack}). For example "my_action.py".`,
    )
  })

  it('are found for an entry point, relative or absolute inside the pack', async () => {
    await using kit = await ContentKit.open()
    kit.write({ ...demo({ 'actions/run.sh': 'echo', 'etc/x.sh': '' }), 'out.sh': '' })
    const pack = join(kit.folder, 'packs/demo')
    expect(await kit.packFiles.locate('demo', 'run.sh')).toEqual({
      packPath: pack,
      entryPoint: join(pack, 'actions/run.sh'),
    })
    expect((await kit.packFiles.locate('demo', join(pack, 'etc/x.sh'))).entryPoint).toBe(join(pack, 'etc/x.sh'))
    expect((await kit.packFiles.locate('demo', 'gone.sh')).entryPoint).toBeNull()
    expect(await kit.packFiles.locate('demo', '')).toEqual({ packPath: pack, entryPoint: null })
    expect(await kit.packFiles.locate('gone', 'run.sh')).toEqual({ packPath: null, entryPoint: null })
    expect((await kit.packFiles.readEntryPoint('demo', 'run.sh'))?.content.toString()).toBe('echo')
    expect(await kit.packFiles.readEntryPoint('demo', '')).toBeNull()
    await expect(kit.packFiles.readEntryPoint('demo', 'gone.sh')).rejects.toThrow('File "gone.sh" not found')
    for (const entryPoint of ['../etc/x.sh', join(kit.folder, 'out.sh'), '/etc/passwd']) {
      await expect(kit.packFiles.locate('demo', entryPoint)).rejects.toThrow(/^Invalid file path: /)
    }
  })

  it('are refused when a view would not show them for their size', async () => {
    await using kit = await ContentKit.open()
    kit.write(demo({ 'big.txt': 'x'.repeat(500_001), 'fits.txt': 'x'.repeat(500_000) }))
    await expect(kit.packFiles.readFile('demo', 'big.txt')).rejects.toThrow(
      'File big.txt exceeds maximum allowed file size (500000 bytes)',
    )
    expect((await kit.packFiles.readFile('demo', 'fits.txt')).size).toBe(500_000)
  })
})
