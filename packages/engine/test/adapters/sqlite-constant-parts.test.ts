import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Collection, VersionedDocument } from '@st2/model'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import type { Store } from '../../src/ports/store.ts'
import { silent, temporaryFolder, type TemporaryFolder } from './support.ts'

interface Letter extends VersionedDocument {
  readonly status: string
  readonly text: string
}

const whole: Collection<Letter> = {
  name: 'letter',
  fields: { status: { path: 'status', type: 'text' } },
  indexes: [{ fields: ['status'] }],
}
const parted: Collection<Letter> = { ...whole, constant: ['text'] }

const LONG: Letter = { id: '1', rev: 1, status: 'new', text: 'x'.repeat(100_000) }
const SHORT: Letter = { id: '2', rev: 1, status: 'new', text: 'x' }

describe('a large constant part of a document', () => {
  let folder: TemporaryFolder
  let path: string
  beforeEach(() => {
    folder = temporaryFolder()
    path = join(folder.path, 'store.db')
  })
  afterEach(() => folder[Symbol.dispose]())

  const withStore = async (collection: Collection<Letter>, work: (store: Store) => Promise<unknown>): Promise<void> => {
    const { store } = await openSqliteStore({ path, collections: [collection], log: silent })
    try {
      await work(store)
    } finally {
      await store.close()
    }
  }
  const query = (sql: string): unknown[][] => {
    const database = new DatabaseSync(path)
    const rows = database.prepare(sql).all()
    database.close()
    return rows.map((row) => Object.values(row))
  }
  const stored = (): unknown[] => query('select doc from letter order by id').map(([doc]) => JSON.parse(String(doc)))
  const parts = (): unknown[] => query('select id, length(content) from constant_part')

  it('stands apart from what changes; a small one does not', async () => {
    await withStore(parted, (store) => store.insert(parted, LONG, SHORT))
    expect(stored()).toEqual([{ id: '1', rev: 1, status: 'new' }, SHORT])
    expect(parts()).toEqual([['1', 100_011]])
  })

  it('is parted by the first change of a document that was stored whole', async () => {
    await withStore(whole, (store) => store.insert(whole, LONG, SHORT))
    await withStore(parted, async (store) => {
      expect(await store.find(parted, {})).toEqual([LONG, SHORT])
      const [claimed] = await store.claim(parted, {
        filter: [],
        order: [],
        limit: 1,
        patch: { set: { status: 'read' } },
      })
      expect(claimed).toEqual({ ...LONG, rev: 2, status: 'read' })
      await store.replace(parted, { ...LONG, rev: 2, status: 'sent' })
      await store.replace(parted, { ...SHORT, status: 'sent' })
      expect(await store.find(parted, {})).toEqual([
        { ...LONG, rev: 3, status: 'sent' },
        { ...SHORT, rev: 2, status: 'sent' },
      ])
    })
    expect(parts()).toEqual([['1', 100_011]])
    expect(stored()).toEqual([
      { id: '1', rev: 3, status: 'sent' },
      { ...SHORT, rev: 2, status: 'sent' },
    ])
  })

  it('goes with its document', async () => {
    await withStore(parted, async (store) => {
      await store.insert(parted, LONG, SHORT)
      expect(await store.remove(parted, [{ field: 'status', op: 'eq', value: 'new' }], 10)).toBe(2)
    })
    expect(parts()).toEqual([])
  })

  it('is refused where a header field would stand in it', async () => {
    const wrong: Collection<Letter> = { ...whole, constant: ['status'] }
    await expect(openSqliteStore({ path, collections: [wrong], log: silent })).rejects.toThrow(/"status".*constant/)
  })
})
