import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConflictError } from '@st2/model'
import { afterAll, describe, expect, it } from 'vitest'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { type ActionFile, PackEditor } from '../../src/content/pack-editor.ts'
import { ContentKit, PACK_YAML } from './content-kit.ts'

const shippedFolder = mkdtempSync(join(tmpdir(), 'st2-shipped-'))

afterAll(() => rmSync(shippedFolder, { recursive: true }))

/** A pack that only another folder of the search path has, as the shipped packs are. */
async function withShippedPack(): Promise<{ kit: ContentKit; shipped: string; editor: PackEditor }> {
  const base = mkdtempSync(join(shippedFolder, 'packs-'))
  const kit = await ContentKit.open({ extraPacks: [base] })
  const shipped = join(base, 'demo')
  mkdirSync(join(shipped, 'actions'), { recursive: true })
  writeFileSync(join(shipped, 'pack.yaml'), PACK_YAML)
  writeFileSync(join(shipped, 'actions/tell.sh'), 'echo')
  return { kit, shipped, editor: editorOf(kit) }
}

function editorOf(kit: ContentKit, maxPackFiles = 1000): PackEditor {
  return new PackEditor({
    packFiles: kit.packFiles,
    stores: kit.stores,
    ids: systemIds(),
    writablePacksDir: join(kit.folder, 'packs'),
    maxFileSize: 1000,
    maxPackFiles,
  })
}

function write(editor: PackEditor, files: ActionFile[]): Promise<readonly string[]> {
  return editor.change('demo', { write: files, onCrash: 'finish' }, async (written) => written)
}

describe('editing a pack that lies elsewhere', () => {
  it('copies it first, files that may only be read and links included', async () => {
    const { kit, shipped, editor } = await withShippedPack()
    await using _kit = kit
    chmodSync(join(shipped, 'actions/tell.sh'), 0o555)
    symlinkSync('tell.sh', join(shipped, 'actions/link.sh'))
    await write(editor, [{ path: 'new.sh', content: 'new' }])
    const copy = join(kit.folder, 'packs/demo')
    expect(readdirSync(join(copy, 'actions')).sort()).toEqual(['link.sh', 'new.sh', 'tell.sh'])
    expect(statSync(join(copy, 'actions/tell.sh')).mode & 0o777).toBe(0o755)
    expect(lstatSync(join(copy, 'actions/link.sh')).isSymbolicLink()).toBe(true)
    expect(readlinkSync(join(copy, 'actions/link.sh'))).toBe('tell.sh')
    expect(readdirSync(join(shipped, 'actions')).sort()).toEqual(['link.sh', 'tell.sh'])
  })

  it('begins anew where a copy was not finished, which is no pack until then', async () => {
    const { kit, editor } = await withShippedPack()
    await using _kit = kit
    kit.write({ 'packs/.copy-of-demo/actions/half.yaml': 'name: half' })
    expect((await kit.register()).counts).toMatchObject({ packs: 1, actions: 0 })
    await write(editor, [{ path: 'new.sh', content: '' }])
    expect(readdirSync(join(kit.folder, 'packs'))).toEqual(['demo'])
    expect(existsSync(join(kit.folder, 'packs/demo/actions/half.yaml'))).toBe(false)
  })

  it('is refused where the writable folder only links to it', async () => {
    const { kit, shipped, editor } = await withShippedPack()
    await using _kit = kit
    symlinkSync(shipped, join(kit.folder, 'packs/demo'))
    await expect(write(editor, [{ path: 'new.sh', content: '' }])).rejects.toThrow('which is read-only')
    expect(readdirSync(join(shipped, 'actions'))).toEqual(['tell.sh'])
  })

  it('makes the folder of actions where there is none', async () => {
    await using kit = await ContentKit.open()
    kit.write({ 'packs/demo/pack.yaml': PACK_YAML })
    await write(editorOf(kit), [{ path: 'deep/new.sh', content: 'new' }])
    expect(readFileSync(join(kit.folder, 'packs/demo/actions/deep/new.sh'), 'utf8')).toBe('new')
  })
})

describe('what a crash leaves behind', () => {
  it('is no action', async () => {
    await using kit = await ContentKit.open()
    kit.write({
      'packs/demo/pack.yaml': PACK_YAML,
      'packs/demo/actions/.half.yaml.6925f0a1b2c3d4e5f6a7b8c9.unfinished': 'name: [',
      'packs/demo/actions/orphan.sh': 'echo',
    })
    const report = await kit.register()
    expect(report.problems).toEqual([])
    expect(report.counts).toMatchObject({ packs: 1, actions: 0 })
  })

  it('goes with the next change of the pack', async () => {
    await using kit = await ContentKit.open()
    kit.write({
      'packs/demo/pack.yaml': PACK_YAML,
      'packs/demo/actions/.half.sh.6925f0a1b2c3d4e5f6a7b8c9.unfinished': 'ec',
      'packs/demo/actions/.mine.unfinished': 'a file of the pack',
    })
    await write(editorOf(kit), [{ path: 'new.sh', content: '' }])
    expect(readdirSync(join(kit.folder, 'packs/demo/actions')).toSorted()).toEqual(['.mine.unfinished', 'new.sh'])
  })
})

describe('an edit whose other half is refused', () => {
  it('leaves files and the pack as they were', async () => {
    await using kit = await ContentKit.open()
    kit.write({ 'packs/demo/pack.yaml': PACK_YAML, 'packs/demo/actions/a.sh': 'old', 'packs/demo/actions/b.sh': 'b' })
    await kit.register()
    const before = await kit.stores.packs.findByRef('demo')
    const refused = editorOf(kit).change(
      'demo',
      {
        write: [
          { path: 'a.sh', content: 'new' },
          { path: 'deep/c.sh', content: 'c' },
        ],
        remove: ['b.sh', 'nothing.sh'],
        onCrash: 'finish',
      },
      async () => {
        expect(readFileSync(join(kit.folder, 'packs/demo/actions/a.sh'), 'utf8')).toBe('new')
        throw new ConflictError('taken', null)
      },
    )
    await expect(refused).rejects.toThrow('taken')
    expect(readFileSync(join(kit.folder, 'packs/demo/actions/a.sh'), 'utf8')).toBe('old')
    expect(readdirSync(join(kit.folder, 'packs/demo'), { recursive: true, encoding: 'utf8' }).sort()).toEqual([
      'actions',
      'actions/a.sh',
      'actions/b.sh',
      'actions/deep',
      'pack.yaml',
    ])
    expect(await kit.stores.packs.findByRef('demo')).toEqual(before)
  })
})

describe('limits', () => {
  it('keep a pack small enough to register', async () => {
    await using kit = await ContentKit.open()
    kit.write({ 'packs/demo/pack.yaml': PACK_YAML, 'packs/demo/actions/a.sh': '' })
    const editor = editorOf(kit, 2)
    await write(editor, [{ path: 'a.sh', content: 'replaced' }])
    await expect(write(editor, [{ path: 'b.sh', content: '' }])).rejects.toThrow('[content] max_pack_files')
    expect(readdirSync(join(kit.folder, 'packs/demo/actions'))).toEqual(['a.sh'])
  })
})

describe('registering after changes over the API', () => {
  const ACTION = 'name: tell\nrunner_type: local-shell-cmd\ndescription: by file\n'

  it('leaves a changed action alone unless everything is asked for, or its file says something else', async () => {
    await using kit = await ContentKit.open()
    kit.write({ 'packs/demo/pack.yaml': PACK_YAML, 'packs/demo/actions/tell.yaml': ACTION })
    await kit.register()
    const told = async () => (await kit.stores.actions.findByRef('demo.tell'))?.description
    const change = async () => {
      const known = await kit.stores.actions.findByRef('demo.tell')
      if (known !== null) await kit.stores.actions.save({ ...known, description: 'by hand' })
    }
    await change()
    kit.write({ 'packs/demo/actions/other.yaml': ACTION.replace('tell', 'other') })
    expect((await kit.register()).unchangedPacks).toBe(0)
    expect(await told()).toBe('by hand')
    await kit.register({ read: 'all' })
    expect(await told()).toBe('by file')
    await change()
    kit.write({ 'packs/demo/actions/tell.yaml': ACTION.replace('by file', 'by another file') })
    await kit.register()
    expect(await told()).toBe('by another file')
  })

  it('brings back an action that was removed only when everything is asked for', async () => {
    await using kit = await ContentKit.open()
    kit.write({ 'packs/demo/pack.yaml': PACK_YAML, 'packs/demo/actions/tell.yaml': ACTION })
    await kit.register()
    const known = await kit.stores.actions.findByRef('demo.tell')
    await kit.stores.actions.remove(known?.id ?? '')
    kit.write({ 'packs/demo/README.md': 'the pack is read again because of this' })
    await kit.register()
    expect(await kit.stores.actions.findByRef('demo.tell')).toBeNull()
    await kit.register({ read: 'all' })
    expect(await kit.stores.actions.findByRef('demo.tell')).not.toBeNull()
  })

  it('takes a file for a new one whose action was removed together with it', async () => {
    await using kit = await ContentKit.open()
    kit.write({ 'packs/demo/pack.yaml': PACK_YAML, 'packs/demo/actions/tell.yaml': ACTION })
    await kit.register()
    const known = await kit.stores.actions.findByRef('demo.tell')
    await kit.stores.fingerprints.forgetDefinition('demo', 'demo.tell')
    await kit.stores.actions.remove(known?.id ?? '')
    await kit.register()
    expect(await kit.stores.actions.findByRef('demo.tell')).not.toBeNull()
  })

  it('remembers definitions while another file of the pack is broken', async () => {
    await using kit = await ContentKit.open()
    kit.write({ 'packs/demo/pack.yaml': PACK_YAML, 'packs/demo/actions/tell.yaml': ACTION })
    kit.write({ 'packs/demo/actions/broken.yaml': 'name: [' })
    expect((await kit.register()).problems).toHaveLength(1)
    const known = await kit.stores.actions.findByRef('demo.tell')
    if (known !== null) await kit.stores.actions.save({ ...known, description: 'by hand' })
    expect((await kit.register()).problems).toHaveLength(1)
    expect((await kit.stores.actions.findByRef('demo.tell'))?.description).toBe('by hand')
  })
})
