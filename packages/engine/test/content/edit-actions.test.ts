import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Action, UnavailableError } from '@st2/model'
import { parseYaml } from '@st2/yaml'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Principal } from '../../src/access/principal.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { cloneAction } from '../../src/content/clone-action.ts'
import type { ContentEditDeps } from '../../src/content/content-edits.ts'
import { createAction } from '../../src/content/create-action.ts'
import { OneAtATime } from '../../src/content/one-at-a-time.ts'
import { PackEditor } from '../../src/content/pack-editor.ts'
import { removeAction } from '../../src/content/remove-action.ts'
import { updateAction } from '../../src/content/update-action.ts'
import { ContentKit, PACK_YAML } from './content-kit.ts'
import { diesAt } from './mortal-files.ts'

vi.mock('node:fs/promises', async (original) => (await import('./mortal-files.ts')).mortal(await original()))

const WHO: Principal = { user: 'tester', isAdmin: true } as Principal

let kit: ContentKit
let deps: ContentEditDeps

beforeAll(async () => {
  kit = await ContentKit.open()
  const ids = systemIds()
  const editor = new PackEditor({
    packFiles: kit.packFiles,
    stores: kit.stores,
    ids,
    writablePacksDir: join(kit.folder, 'packs'),
    maxFileSize: 1000,
    maxPackFiles: 100,
  })
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  deps = { stores: kit.stores, packFiles: kit.packFiles, editor, turns: new OneAtATime(10), ids, log }
})

afterAll(() => kit[Symbol.asyncDispose]())

/** The pack as it was: with the action `demo.flow` in its first state. */
async function reset(): Promise<void> {
  rmSync(join(kit.folder, 'packs/demo'), { recursive: true, force: true })
  const { rows } = await kit.stores.actions.list()
  for (const { id } of rows) await kit.stores.actions.remove(id)
  await kit.stores.fingerprints.forget('demo')
  kit.write({
    'packs/demo/pack.yaml': PACK_YAML,
    'packs/demo/actions/flow.yaml': metadata('flow', 'first'),
    'packs/demo/actions/workflows/flow.yaml': 'first',
    'packs/demo/actions/tool.yaml': metadata('tool', 'second'),
    'packs/demo/actions/workflows/tool.yaml': 'second',
  })
  await kit.register()
}

function metadata(name: string, description: string): string {
  return `name: ${name}\nrunner_type: orquesta\nentry_point: workflows/${name}.yaml\ndescription: ${description}\n`
}

function definition(name: string, description: string) {
  const metadata_file = `actions/${name}.yaml`
  return {
    name,
    pack: 'demo',
    runner_type: 'orquesta',
    entry_point: `workflows/${name}.yaml`,
    description,
    metadata_file,
  }
}

function files(name: string, description: string) {
  return [
    { file_path: `workflows/${name}.yaml`, content: description },
    { file_path: `${name}.yaml`, content: metadata(name, description) },
  ]
}

/** The three places that say what an action is: they must say the same. */
async function told(name: string): Promise<(string | undefined)[]> {
  const action: Action | null = await kit.stores.actions.findByRef(`demo.${name}`)
  const read = (path: string) => {
    const full = join(kit.folder, 'packs/demo/actions', path)
    return existsSync(full) ? readFileSync(full, 'utf8') : undefined
  }
  const yaml: { description?: string } = Object(parseYaml(read(`${name}.yaml`) ?? '{}'))
  return [action?.description, yaml.description, read(`workflows/${name}.yaml`)]
}

const all = (text: string | undefined) => [text, text, text]

const EDITS: Record<string, { edit: (deps: ContentEditDeps) => Promise<unknown>; allowed: (string | undefined)[][] }> =
  {
    'a new version': {
      edit: (deps) => {
        const request = { ...definition('flow', 'second'), data_files: files('flow', 'second') }
        return updateAction(deps, WHO, 'demo.flow', { request, known: null })
      },
      allowed: [all('first'), all('second')],
    },
    'a new version without its metadata file': {
      edit: (deps) => {
        const request = { ...definition('flow', 'second'), data_files: files('flow', 'second').slice(0, 1) }
        return updateAction(deps, WHO, 'demo.flow', { request, known: null })
      },
      allowed: [all('first'), ['second', 'first', 'second']],
    },
    'a new action': {
      edit: (deps) => createAction(deps, WHO, { ...definition('made', 'made'), data_files: files('made', 'made') }),
      allowed: [all(undefined), all('made')],
    },
    'a removal with files': {
      edit: (deps) => removeAction(deps, WHO, 'demo.flow', { request: { remove_files: true }, known: null }),
      // Between the two the files are as they were, and nobody is registered: as after a removal without files.
      allowed: [all('first'), [undefined, 'first', 'first'], all(undefined)],
    },
    'a clone over another': {
      edit: (deps) => cloneAction(deps, WHO, 'demo.tool', { dest_pack: 'demo', dest_action: 'flow', overwrite: true }),
      allowed: [all('first'), all('second')],
    },
  }

describe('a death at any call of the file system, and a start after it, leave an action that fits its files:', () => {
  it.each(Object.entries(EDITS))(
    '%s',
    async (what, { edit, allowed }) => {
      const seen = new Set<string>()
      const name = what === 'a new action' ? 'made' : 'flow'
      let call = 0
      for (let isDead = true; isDead; call++) {
        await reset()
        isDead = await diesAt(call, () => edit(deps))
        // The one that died holds its turn for ever.
        deps = { ...deps, turns: new OneAtATime(10) }
        expect((await kit.register()).problems).toEqual([])
        const found = await told(name)
        expect(allowed, `died at call ${call}`).toContainEqual(found)
        seen.add(JSON.stringify(found))
        expect(existsSync(join(kit.folder, 'packs/demo/.unfinished-edit.json'))).toBe(false)
        // Whatever happened, the next edit works and leaves nothing beside the files.
        const request = { ...definition('tool', 'again'), data_files: files('tool', 'again') }
        await updateAction(deps, WHO, 'demo.tool', { request, known: null })
        expect(await told('tool')).toEqual(all('again'))
        const names = readdirSync(join(kit.folder, 'packs/demo'), { recursive: true, encoding: 'utf8' })
        expect(names.filter((file) => /(^|\/)\./.test(file))).toEqual([])
      }
      expect(call).toBeGreaterThan(30)
      expect(seen.size).toBeGreaterThanOrEqual(2)
    },
    120_000,
  )
})

describe('an edit that the store refuses', () => {
  it.each(Object.entries(EDITS))('leaves the files as they were: %s', async (what, { edit }) => {
    await reset()
    const name = what === 'a new action' ? 'made' : 'flow'
    const before = await told(name)
    for (const verb of ['create', 'save', 'remove'] as const) {
      vi.spyOn(kit.stores.actions, verb).mockRejectedValue(new UnavailableError('the disk is full'))
    }
    await expect(edit(deps)).rejects.toThrow('the disk is full')
    expect(await told(name)).toEqual(before)
    vi.restoreAllMocks()
    await edit(deps)
    expect(await told(name)).not.toEqual(before)
  })
})
