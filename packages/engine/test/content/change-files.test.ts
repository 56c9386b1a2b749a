import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeFiles, type FileChanges } from '../../src/content/change-files.ts'
import { endUnfinishedEdit } from '../../src/content/end-unfinished-edit.ts'
import { JOURNAL_FILE } from '../../src/content/unfinished-files.ts'
import { ContentKit } from './content-kit.ts'
import { diesAt } from './mortal-files.ts'

vi.mock('node:fs/promises', async (original) => (await import('./mortal-files.ts')).mortal(await original()))

const kit = await ContentKit.open()
const { folder } = kit
afterAll(() => kit[Symbol.asyncDispose]())

let pack: string
let count = 0

beforeEach(() => {
  fresh()
})

function fresh(): void {
  pack = join(folder, String((count += 1)))
  mkdirSync(join(pack, 'actions/workflows'), { recursive: true })
  writeFileSync(join(pack, 'actions/x.yaml'), 'old metadata')
  writeFileSync(join(pack, 'actions/workflows/x.yaml'), 'old flow')
  writeFileSync(join(pack, 'actions/left.yaml'), 'left')
}

const EDIT: FileChanges = {
  mark: '6925f0a1b2c3d4e5f6a7b8c9',
  write: [
    { name: 'actions/workflows/x.yaml', content: 'new flow' },
    { name: 'actions/x.yaml', content: 'new metadata' },
    { name: 'actions/added.yaml', content: 'added' },
  ],
  remove: ['actions/left.yaml'],
  onCrash: 'finish',
}
const OLD = { 'actions/left.yaml': 'left', 'actions/workflows/x.yaml': 'old flow', 'actions/x.yaml': 'old metadata' }
const NEW = {
  'actions/added.yaml': 'added',
  'actions/workflows/x.yaml': 'new flow',
  'actions/x.yaml': 'new metadata',
}

/** What a registration would see: files beside the edited ones are nobody's. */
function files(): Record<string, string> {
  const names = readdirSync(pack, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(unfinished|before)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(pack.length + 1))
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(pack, name), 'utf8')]))
}

/** Ended as the next start does it; the edits of these tests register nothing. */
function ended(): Promise<void> {
  return endUnfinishedEdit(kit.stores, { ref: 'demo', path: pack })
}

function journal(): string {
  const path = join(pack, JOURNAL_FILE)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Every place to die, one after the other. */
async function everyDeath(
  edit: FileChanges,
  then: () => Promise<void>,
  check: (call: number) => Promise<void>,
): Promise<number> {
  for (let call = 0; ; call++) {
    fresh()
    if (!(await diesAt(call, () => changeFiles(pack, edit, then)))) return call
    await check(call)
  }
}

describe('an edit of several files', () => {
  it('changes them all, then does what depends on them, and leaves nothing beside them', async () => {
    const seen = await changeFiles(pack, EDIT, async () => files())
    expect(seen).toMatchObject(NEW)
    expect(files()).toEqual(NEW)
    expect(readdirSync(join(pack, 'actions')).toSorted()).toEqual(['added.yaml', 'workflows', 'x.yaml'])
  })

  it('is done or not done after a death at any call, and done where its other half was', async () => {
    let isStored = false
    const deaths = await everyDeath(
      EDIT,
      async () => {
        isStored = true
      },
      async (call) => {
        await ended()
        const found = files()
        const wasStored = isStored
        isStored = false
        expect(wasStored ? [NEW] : [OLD, NEW], `died at call ${call}`).toContainEqual(found)
      },
    )
    expect(deaths).toBeGreaterThan(20)
  })

  it('that is to be undone puts files back as long as its other half may need them', async () => {
    const edit: FileChanges = {
      ...EDIT,
      write: [],
      remove: ['actions/x.yaml', 'actions/workflows/x.yaml'],
      onCrash: 'undo',
    }
    const deaths = await everyDeath(
      edit,
      async () => undefined,
      async (call) => {
        const isDecided = !existsSync(join(pack, JOURNAL_FILE)) && files()['actions/x.yaml'] === undefined
        await ended()
        expect(files(), `died at call ${call}`).toEqual(isDecided ? { 'actions/left.yaml': 'left' } : OLD)
      },
    )
    expect(deaths).toBeGreaterThan(10)
  })

  it('whose other half is refused is as if it had not been, also when the process dies over it', async () => {
    const refused = async (): Promise<void> => {
      throw new Error('refused')
    }
    await expect(changeFiles(pack, EDIT, refused)).rejects.toThrow('refused')
    expect(files()).toEqual(OLD)
    let wasRefused = false
    await everyDeath(
      EDIT,
      async () => {
        wasRefused = true
        throw new Error('refused')
      },
      async (call) => {
        const mayBeNew = !wasRefused || journal().includes('finish')
        wasRefused = false
        await ended()
        expect(mayBeNew ? [OLD, NEW] : [OLD], `died at call ${call}`).toContainEqual(files())
      },
    )
  })

  it('may die again and again while it is ended', async () => {
    for (let call = 5; await diesAt(call, () => changeFiles(pack, EDIT, async () => undefined)); call++) {
      for (let again = 0; await diesAt(again, ended); again++);
      expect([OLD, NEW], `died at call ${call}`).toContainEqual(files())
      fresh()
    }
  })
})

describe('a journal that is no edit of ours', () => {
  it.each([
    ['nonsense', '{'],
    ['another shape', '[]'],
    [
      'names out of the pack',
      JSON.stringify({ mark: EDIT.mark, write: ['../precious'], remove: [], existed: [], onCrash: 'undo' }),
    ],
  ])('is left alone: %s', async (_what, text) => {
    writeFileSync(join(folder, 'precious'), 'precious')
    writeFileSync(join(pack, JOURNAL_FILE), text)
    await ended()
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious')
  })
})
