import type { Status } from '../machines/statuses.ts'

/** Which entries have which status, of the latest entry of each task and route. */
export class StatusTally {
  readonly #entries = new Map<Status, Set<number>>()

  add(status: Status | undefined, index: number): void {
    if (status === undefined) return
    const entries = this.#entries.get(status) ?? new Set<number>()
    entries.add(index)
    this.#entries.set(status, entries)
  }

  remove(status: Status | undefined, index: number): void {
    if (status !== undefined) this.#entries.get(status)?.delete(index)
  }

  has(statuses: ReadonlySet<Status>): boolean {
    for (const status of statuses) if ((this.#entries.get(status)?.size ?? 0) > 0) return true
    return false
  }

  /** Numbers of the entries, smallest first. */
  indices(statuses: ReadonlySet<Status>): number[] {
    return [...statuses].flatMap((status) => [...(this.#entries.get(status) ?? [])]).sort((a, b) => a - b)
  }
}
