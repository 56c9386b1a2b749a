import type { Store } from '../../src/ports/store.ts'

/** Random numbers by seed (mulberry32): the same seed gives the same run. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

interface PendingCall {
  readonly process: SimulatedProcess
  readonly isWrite: boolean
  readonly run: () => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** One of several that share a store. Once killed, its calls are never answered again. */
export interface SimulatedProcess {
  isKilled: boolean
  /** Calls until it is killed; null: it lives on. */
  callsToLive: number | null
}

const WRITES = ['insert', 'put', 'replace', 'claim', 'remove']

/**
 * Lets several processes use one store in an order that a seed decides: each call to the store waits until it is chosen, and one
 * is done at a time. A process can be killed at any call, before it is done or right after.
 */
export class Interleaving {
  readonly #store: Store
  readonly #random: (below: number) => number
  readonly #afterWrite: () => Promise<void>
  #pending: PendingCall[] = []

  constructor(store: Store, random: (below: number) => number, afterWrite: () => Promise<void>) {
    this.#store = store
    this.#random = random
    this.#afterWrite = afterWrite
  }

  storeFor(process: SimulatedProcess): Store {
    return new Proxy(this.#store, {
      get: (store, name) => {
        const method: unknown = Reflect.get(store, name)
        if (typeof method !== 'function') return method
        return (...args: unknown[]) =>
          new Promise((resolve, reject) => {
            if (process.isKilled) return
            const run = (): Promise<unknown> => Reflect.apply(method, store, args)
            this.#pending.push({ process, isWrite: WRITES.includes(String(name)), run, resolve, reject })
          })
      },
    })
  }

  get isIdle(): boolean {
    return this.#pending.every(({ process }) => process.isKilled)
  }

  /** Does one of the calls that wait. */
  async step(): Promise<void> {
    this.#pending = this.#pending.filter(({ process }) => !process.isKilled)
    const [call] = this.#pending.splice(this.#random(Math.max(1, this.#pending.length)), 1)
    if (call === undefined) return
    const { process } = call
    const isLast = process.callsToLive !== null && process.callsToLive-- <= 0
    if (isLast) process.isKilled = true
    if (isLast && this.#random(2) === 0) return
    try {
      const value = await call.run()
      if (call.isWrite) await this.#afterWrite()
      if (!isLast) call.resolve(value)
    } catch (error) {
      if (!isLast) call.reject(error)
    }
    await new Promise((resolve) => setImmediate(resolve))
  }

  async drain(): Promise<void> {
    while (!this.isIdle) await this.step()
  }
}
