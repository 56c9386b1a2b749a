import { useSyncExternalStore } from 'react'

/** Something that changes by itself and says so. */
export interface Changing {
  readonly subscribe: (listener: () => void) => () => void
  /** Another number after every change. */
  readonly version: () => number
}

/** A list of any length of which only what is looked at is loaded. */
export interface LazyList<T> extends Changing {
  /** 0 until it is known. */
  readonly count: number
  /** undefined while it is on its way. */
  readonly at: (index: number) => T | undefined
  /** Why something could not be loaded. */
  readonly failure: string | null
}

export interface Piece<T> {
  readonly items: readonly T[]
  /** Of the whole list. */
  readonly total: number
}

/** Draws a component again whenever the thing changes. */
export function useChanging(thing: Changing): void {
  useSyncExternalStore(thing.subscribe, thing.version)
}

/** The half of `Changing` that tells. */
export class Changes implements Changing {
  private readonly listeners = new Set<() => void>()
  private changeCount = 0

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly version = (): number => this.changeCount

  protected changed(): void {
    this.changeCount++
    for (const listener of this.listeners) listener()
  }
}

/** Pieces that are kept; what was looked at longest ago is loaded again when it comes back. */
const MAX_PIECES = 60

/** A lazy list that is loaded piece by piece. */
export class LoadedPieces<T> extends Changes implements LazyList<T> {
  count: number
  failure: string | null = null
  private readonly pieces = new Map<number, readonly T[] | 'loading'>()
  private readonly size: number
  private readonly load: (from: number, limit: number) => Promise<Piece<T>>

  /** @param count as far as it is known before the first piece is */
  constructor(size: number, count: number, load: (from: number, limit: number) => Promise<Piece<T>>) {
    super()
    this.size = size
    this.count = count
    this.load = load
  }

  /** Asks for the piece that holds an item, and keeps it among those looked at last. */
  at(index: number): T | undefined {
    const part = Math.floor(index / this.size)
    const piece = this.pieces.get(part)
    if (piece === undefined) void this.fetch(part)
    if (piece === undefined || piece === 'loading') return undefined
    this.pieces.delete(part)
    this.pieces.set(part, piece)
    return piece[index % this.size]
  }

  private async fetch(part: number): Promise<void> {
    // One that failed is not asked for again by every drawing.
    if (this.failure !== null) return
    this.pieces.set(part, 'loading')
    try {
      const { items, total } = await this.load(part * this.size, this.size)
      this.count = total
      this.pieces.set(part, items)
      for (const oldest of this.pieces.keys()) {
        if (this.pieces.size <= MAX_PIECES) break
        this.pieces.delete(oldest)
      }
    } catch (error) {
      this.pieces.delete(part)
      this.failure = error instanceof Error ? error.message : String(error)
    }
    this.changed()
  }
}

/** A list that is here already. */
export class WholeList<T> extends Changes implements LazyList<T> {
  readonly count: number
  readonly failure = null
  private readonly items: readonly T[]

  constructor(items: readonly T[]) {
    super()
    this.items = items
    this.count = items.length
  }

  at(index: number): T | undefined {
    return this.items[index]
  }
}
