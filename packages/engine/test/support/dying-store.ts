import { incarnations, UnavailableError } from '@st2/model'
import type { Store } from '../../src/ports/store.ts'

const WRITES = ['insert', 'put', 'replace', 'claim', 'remove'] as const

type Write = (typeof WRITES)[number]

/**
 * A store that dies with its process: at the given write, before it is made or right after, and nothing it is asked
 * from then on is done or answered.
 */
export class DyingStore {
  /** Writes that were begun while it lived. */
  writes = 0
  #dies: { readonly at: number; readonly when: 'before' | 'after' } | null = null
  #isDead = false
  readonly store: Store

  constructor(inner: Store) {
    const store: Store = Object.create(inner)
    for (const write of WRITES) {
      Object.defineProperty(store, write, { value: (...args: never[]) => this.#write(inner, write, args) })
    }
    for (const read of ['get', 'find', 'count', 'distinct'] as const) {
      const call: (...args: never[]) => unknown = Reflect.get(inner, read).bind(inner)
      Object.defineProperty(store, read, { value: (...args: never[]) => (this.#isDead ? never() : call(...args)) })
    }
    Object.defineProperty(store, 'close', { value: () => inner.close() })
    this.store = store
  }

  /** From now on: the n-th write, counted from 1. */
  dieAt(write: number, when: 'before' | 'after'): void {
    this.writes = 0
    this.#dies = { at: write, when }
  }

  /** Another process opens it. */
  revive(): void {
    this.#dies = null
    this.#isDead = false
  }

  get isDead(): boolean {
    return this.#isDead
  }

  async #write(inner: Store, write: Write, args: never[]): Promise<unknown> {
    const call: (...args: never[]) => Promise<unknown> = Reflect.get(inner, write).bind(inner)
    // Its heartbeat and its end are written, so that the test can stop it.
    if (collectionName(args[0]) === incarnations.name) return call(...args)
    if (this.#isDead) return never()
    this.writes++
    const isLast = this.#dies !== null && this.writes === this.#dies.at
    if (isLast && this.#dies?.when === 'before') {
      this.#isDead = true
      return never()
    }
    const done = call(...args)
    if (!isLast) return done
    this.#isDead = true
    await done
    return never()
  }
}

function collectionName(collection: unknown): unknown {
  return typeof collection === 'object' && collection !== null && 'name' in collection ? collection.name : null
}

/** What a dead process hears. */
function never(): Promise<never> {
  return Promise.reject(new UnavailableError('the process is dead'))
}
