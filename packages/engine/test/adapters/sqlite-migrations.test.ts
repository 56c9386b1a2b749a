import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Collection, Document } from '@st2/model'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreVersionError } from '../../src/adapters/sqlite/store-errors.ts'
import { SCHEMA_VERSION } from '../../src/adapters/sqlite/schema.ts'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import type { Store } from '../../src/ports/store.ts'
import { silent, temporaryFolder, type TemporaryFolder } from './support.ts'

interface Note extends Document {
  readonly title: string
  readonly author?: { readonly name: string } | undefined
  readonly pages?: number | undefined
}

type NoteCollection = Collection<Note>

const first: NoteCollection = {
  name: 'note',
  fields: { title: { path: 'title', type: 'text' } },
  indexes: [{ fields: ['title'] }],
}

const second: NoteCollection = {
  name: 'note',
  fields: {
    title: { path: 'title', type: 'text' },
    author: { path: 'author.name', type: 'text' },
    pages: { path: 'pages', type: 'integer' },
  },
  indexes: [
    { fields: ['author', 'title'], sparse: 'author' },
    { fields: ['title'], unique: true },
  ],
  counted: { values: ['author'], presence: ['pages'] },
}

const NOTES: readonly Note[] = [
  { id: '1', title: 'one', author: { name: 'ann' }, pages: 3 },
  { id: '2', title: 'two', author: { name: 'ann' } },
  { id: '3', title: 'three', pages: 9 },
]

describe('opening a store file', () => {
  let folder: TemporaryFolder
  let path: string
  beforeEach(() => {
    folder = temporaryFolder()
    path = join(folder.path, 'store.db')
  })
  afterEach(() => folder[Symbol.dispose]())

  const withStore = async (
    collections: readonly Collection<Note>[],
    work: (store: Store, progress: string[]) => Promise<void>,
  ) => {
    const progress: string[] = []
    const { store } = await openSqliteStore({
      path,
      collections,
      log: silent,
      progress: (message) => progress.push(message),
    })
    try {
      await work(store, progress)
    } finally {
      await store.close()
    }
  }
  const indexes = (): unknown[] => {
    const database = new DatabaseSync(path)
    const rows = database
      .prepare(
        "select name from sqlite_schema where type = 'index' and tbl_name = 'note' and sql is not null order by name",
      )
      .all()
    database.close()
    return rows.map(({ name }) => name)
  }

  it('keeps documents, and says nothing when the layout is the declared one', async () => {
    await withStore([first], (store) => store.insert(first, ...NOTES))
    await withStore([first], async (store, progress) => {
      expect(await store.find(first, {})).toEqual(NOTES)
      expect(progress).toEqual([])
    })
  })

  it('fills new fields from the documents, builds new indexes, drops old ones and counts', async () => {
    await withStore([first], (store) => store.insert(first, ...NOTES))
    await withStore([second], async (store, progress) => {
      expect(await store.find(second, { filter: [{ field: 'author', op: 'eq', value: 'ann' }] })).toEqual(
        NOTES.slice(0, 2),
      )
      expect(await store.find(second, { filter: [{ field: 'pages', op: 'gt', value: 3 }] })).toEqual(NOTES.slice(2))
      expect(
        await store.count(second, [
          { field: 'author', op: 'eq', value: 'ann' },
          { field: 'pages', op: 'ne', value: null },
        ]),
      ).toBe(1)
      expect(await store.count(second, [])).toBe(3)
      await store.insert(second, { id: '4', title: 'four', author: { name: 'bob' } })
      expect(await store.distinct(second, 'author', 10)).toEqual(['ann', 'bob'])
      await expect(store.insert(second, { id: '5', title: 'one' })).rejects.toMatchObject({ conflictId: '1' })
      expect(progress.join('\n')).toMatch(
        /filled author, pages of note in 3 documents[\s\S]*dropping the index note__title[\s\S]*counting note/,
      )
    })
    expect(indexes()).toEqual(['note__author__title__sparse_author', 'note__id__unique', 'note__title__unique'])
  })

  it('takes back a field that was not declared for a while, from the documents of that while too', async () => {
    await withStore([second], (store) => store.insert(second, ...NOTES))
    await withStore([first], (store) => store.insert(first, { id: '4', title: 'four', author: { name: 'bob' } }))
    await withStore([second], async (store) => {
      expect(await store.find(second, { filter: [{ field: 'author', op: 'eq', value: 'bob' }] })).toHaveLength(1)
      expect(await store.count(second, [{ field: 'author', op: 'eq', value: 'bob' }])).toBe(1)
      expect(await store.count(second, [])).toBe(4)
    })
  })

  it('fills a field anew when it stands for another path, and counts anew', async () => {
    await withStore([second], (store) => store.insert(second, ...NOTES))
    const moved: NoteCollection = { ...second, fields: { ...second.fields, author: { path: 'title', type: 'text' } } }
    await withStore([moved], async (store) => {
      expect(await store.find(moved, { filter: [{ field: 'author', op: 'eq', value: 'two' }] })).toEqual([NOTES[1]])
      expect(await store.distinct(moved, 'author', 10)).toEqual(['one', 'three', 'two'])
    })
  })

  it('refuses a file of a newer version, names both versions, and leaves it as it is', async () => {
    await withStore([first], (store) => store.insert(first, ...NOTES))
    const database = new DatabaseSync(path)
    database.exec(`update meta set value = '${SCHEMA_VERSION + 41}' where key = 'schema_version'`)
    database.close()
    const opening = openSqliteStore({ path, collections: [first], log: silent })
    await expect(opening).rejects.toBeInstanceOf(StoreVersionError)
    await expect(opening).rejects.toMatchObject({
      found: SCHEMA_VERSION + 41,
      supported: SCHEMA_VERSION,
      message: expect.stringContaining(`schema version ${SCHEMA_VERSION + 41}, this version knows ${SCHEMA_VERSION}`),
    })
  })

  it('refuses a file that is no database, and a folder that is not there', async () => {
    const other = join(folder.path, 'other.db')
    const database = new DatabaseSync(other)
    database.close()
    const { writeFileSync } = await import('node:fs')
    writeFileSync(other, 'this is no database, however long it is read'.repeat(100))
    await expect(openSqliteStore({ path: other, collections: [first], log: silent })).rejects.toMatchObject({
      kind: 'unavailable',
    })
    const missing = join(folder.path, 'missing', 'store.db')
    await expect(openSqliteStore({ path: missing, collections: [first], log: silent })).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })

  it('names the index that can not be unique over the documents there are', async () => {
    await withStore([first], (store) => store.insert(first, { id: '1', title: 'same' }, { id: '2', title: 'same' }))
    await expect(openSqliteStore({ path, collections: [second], log: silent })).rejects.toThrow(/note__title__unique/)
    await withStore([first], async (store) => expect(await store.find(first, {})).toHaveLength(2))
  })
})
