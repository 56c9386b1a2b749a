import { spawn } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { UnavailableError } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { CONTRACT_COLLECTIONS, idOf, thing, things } from '../../src/ports/contract-collections.ts'
import { openSqlite, silent, temporaryFolder } from './support.ts'

const KILLS = 20

describe('a full disk', () => {
  it('refuses writes with a clear error, keeps what was stored, and takes writes again when there is room', async () => {
    await using opened = await openSqlite('file', { maxFileBytes: 2_000_000 })
    const { store } = opened
    const body = 'x'.repeat(20_000)
    const stored: string[] = []
    let refusal: unknown = null
    for (let number = 1; refusal === null && number < 1_000; number++) {
      await store.insert(things, thing(number, { kind: 'filler', body })).then(
        () => stored.push(idOf(number)),
        (error: unknown) => (refusal = error),
      )
    }
    expect(refusal).toBeInstanceOf(UnavailableError)
    expect(String(refusal)).toMatch(/disk is full/)
    expect(stored.length).toBeGreaterThan(10)
    expect((await store.find(things, {})).map(({ id }) => id)).toEqual(stored)
    expect(await store.count(things, [{ field: 'kind', op: 'eq', value: 'filler' }])).toBe(stored.length)
    await expect(opened.blobs.put(Buffer.alloc(600_000))).rejects.toThrow(/disk is full/)

    expect(await store.remove(things, [], 10)).toBe(10)
    await store.insert(things, thing(5_000, { kind: 'after', body }))
    expect(await store.get(things, idOf(5_000))).not.toBeNull()
    expect(await store.count(things, [])).toBe(stored.length - 9)
  })

  it('fails only the writes of a group that find no room', async () => {
    await using opened = await openSqlite('file', { maxFileBytes: 2_000_000 })
    const { store } = opened
    const writes = await Promise.allSettled([
      store.insert(things, thing(1, { kind: 'small' })),
      store.insert(things, thing(2, { kind: 'huge', body: 'x'.repeat(5_000_000) })),
      store.insert(things, thing(3, { kind: 'small' })),
    ])
    expect(writes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(writes[1]).toMatchObject({ reason: { kind: 'unavailable' } })
    expect(await store.count(things, [])).toBe(2)
    expect(await store.count(things, [{ field: 'kind', op: 'eq', value: 'huge' }])).toBe(0)
  })
})

describe('limits', () => {
  it('refuses more operations than may wait, and serves those that do', async () => {
    await using opened = await openSqlite('file', { maxWaitingOperations: 10 })
    const writes = Array.from({ length: 15 }, (_none, place) => opened.store.insert(things, thing(place + 1)))
    const outcomes = await Promise.allSettled(writes)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect(outcomes[14]).toMatchObject({ reason: { kind: 'unavailable', message: expect.stringContaining('10') } })
    await opened.store.insert(things, thing(99))
    expect(await opened.store.count(things, [])).toBe(11)
  })

  it('looks at no more documents for a free path than the limit says, newest first', async () => {
    await using opened = await openSqlite('file', { maxScannedRows: 10 })
    const { store } = opened
    await store.insert(
      things,
      ...Array.from({ length: 30 }, (_none, place) =>
        thing(place + 1, { created: `c${String(place).padStart(3, '0')}`, body: { even: place % 2 === 0 } }),
      ),
    )
    const filter = [{ path: 'body.even', op: 'eq', value: true }] as const
    const ids = async (direction: 'asc' | 'desc') =>
      (await store.find(things, { filter, order: [{ field: 'created', direction }] })).map(({ created }) => created)
    expect(await ids('desc')).toEqual(['c028', 'c026', 'c024', 'c022', 'c020'])
    expect(await ids('asc')).toEqual(['c020', 'c022', 'c024', 'c026', 'c028'])
    expect(await store.count(things, filter)).toBe(5)
  })

  it('refuses everything after it was closed', async () => {
    const opened = await openSqlite('file')
    await opened[Symbol.asyncDispose]()
    await expect(opened.store.insert(things, thing(1))).rejects.toThrow(UnavailableError)
    await expect(opened.store.find(things, {})).rejects.toThrow(UnavailableError)
    await expect(opened.store.get(things, idOf(1))).rejects.toThrow(UnavailableError)
  })
})

describe('kill -9', () => {
  it('loses nothing that was acknowledged', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'store.db')
    const acknowledged = new Set<string>()
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acknowledged.size
      await writeUntilKilled(path, kill, acknowledged)
      expect(acknowledged.size).toBeGreaterThan(before)
    }
    const { store } = await openSqliteStore({ path, collections: CONTRACT_COLLECTIONS, log: silent })
    const stored = await store.find(things, {})
    const known = new Set(stored.map(({ id }) => id))
    expect([...acknowledged].filter((id) => !known.has(id))).toEqual([])
    expect(await store.count(things, [])).toBe(stored.length)
    for (const document of stored) expect(document.body).toHaveLength(500)
    await store.close()
  }, 180_000)
})

/** A process that inserts and says what was acknowledged; it is killed after a random number of these. */
async function writeUntilKilled(path: string, round: number, acknowledged: Set<string>): Promise<void> {
  const script = new URL('./insert-forever.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, path, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  let left = 1 + Math.floor(Math.random() * 400)
  for await (const id of createInterface({ input: child.stdout })) {
    acknowledged.add(id)
    left -= 1
    if (left === 0) child.kill('SIGKILL')
  }
  await ended
}

describe('a file that may not be written', () => {
  it('refuses to open a file that is no store', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'store.db')
    writeFileSync(path, Buffer.alloc(8_192, 1))
    chmodSync(path, 0o400)
    await expect(openSqliteStore({ path, collections: CONTRACT_COLLECTIONS, log: silent })).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })
})
