import { type Status, UNSET } from '../machines/statuses.ts'
import type { UndoLog } from './undo-log.ts'

/** How far the items of a task are: a row for each, counted by status, so that an item costs the same among ten thousand. */
export class ItemProgress {
  readonly #undo: UndoLog
  readonly #statuses: Status[]
  readonly #counts = new Map<Status, number>()
  /** No item before this one waits to run. */
  #firstWaiting = 0

  constructor(undo: UndoLog, statuses: Status[]) {
    this.#undo = undo
    this.#statuses = statuses
    for (const status of statuses) this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1)
  }

  get length(): number {
    return this.#statuses.length
  }

  get statuses(): readonly Status[] {
    return this.#statuses
  }

  status(item: number): Status | null {
    return this.#statuses[item] ?? null
  }

  setStatus(item: number, status: Status): void {
    const old = this.#statuses[item] ?? UNSET
    this.#undo.also(() => this.#move(item, status, old))
    this.#move(item, old, status)
  }

  #move(item: number, from: Status, to: Status): void {
    this.#statuses[item] = to
    this.#counts.set(from, (this.#counts.get(from) ?? 0) - 1)
    this.#counts.set(to, (this.#counts.get(to) ?? 0) + 1)
    if (to === UNSET) this.#firstWaiting = Math.min(this.#firstWaiting, item)
  }

  /** Items whose status is one of these. */
  count(statuses: ReadonlySet<Status>): number {
    let count = 0
    for (const [status, items] of this.#counts) if (statuses.has(status)) count += items
    return count
  }

  /** The first items that have not run. */
  waiting(most: number): number[] {
    const items: number[] = []
    let item = this.#firstWaiting
    for (; item < this.#statuses.length && items.length < most; item++) {
      if (this.#statuses[item] === UNSET) items.push(item)
    }
    const first = items[0] ?? item
    this.#firstWaiting = Math.min(first, this.#statuses.length)
    return items
  }
}
