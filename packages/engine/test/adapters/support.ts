import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore, type SqliteStoreOptions } from '../../src/adapters/sqlite/sqlite-store.ts'
import type { Blobs } from '../../src/ports/blobs.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Opened } from '../../src/ports/contract.ts'
import { CONTRACT_COLLECTIONS } from '../../src/ports/contract-collections.ts'
import type { Log } from '../../src/ports/log.ts'
import type { Store } from '../../src/ports/store.ts'

export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

export interface TemporaryFolder extends Disposable {
  readonly path: string
}

export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'st2-store-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export interface OpenedSqlite extends AsyncDisposable {
  readonly store: Store
  readonly blobs: Blobs
}

/** A store in a file of its own, or in memory, with the contract's collections. */
export async function openSqlite(
  where: 'file' | 'memory',
  options: Partial<SqliteStoreOptions> = {},
): Promise<OpenedSqlite> {
  const folder = temporaryFolder()
  const path = where === 'memory' ? ':memory:' : join(folder.path, 'store.db')
  const { store, blobs } = await openSqliteStore({ path, collections: CONTRACT_COLLECTIONS, log: silent, ...options })
  return {
    store,
    blobs,
    [Symbol.asyncDispose]: async () => {
      await store.close()
      folder[Symbol.dispose]()
    },
  }
}

export async function openStore(where: 'file' | 'memory'): Promise<Opened<Store>> {
  const opened = await openSqlite(where)
  return { port: opened.store, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
}

export async function openBlobs(where: 'file' | 'memory'): Promise<Opened<Blobs>> {
  const opened = await openSqlite(where)
  return { port: opened.blobs, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = 0
  #timers: { readonly at: number; readonly call: () => void }[] = []

  now(): number {
    return this.#now
  }

  timestamp(): string {
    return new Date(this.#now).toISOString().replace('Z', '000Z')
  }

  monotonic(): number {
    return this.#now
  }

  after(ms: number, call: () => void) {
    const timer = { at: this.#now + ms, call }
    this.#timers.push(timer)
    return { cancel: () => void (this.#timers = this.#timers.filter((other) => other !== timer)) }
  }

  move(ms: number): void {
    this.#now += ms
    const due = this.#timers.filter(({ at }) => at <= this.#now)
    this.#timers = this.#timers.filter(({ at }) => at > this.#now)
    for (const { call } of due.toSorted((a, b) => a.at - b.at)) call()
  }
}
