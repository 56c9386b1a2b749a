import type { JournalEntry } from '@st2/orquesta'
import type { StartEffect } from './journal-rows.ts'
import { runKey } from './task-records.ts'

/** Actions that a workflow decided to start and that were not handed to the store yet, in the order of the decisions. */
export class PendingStarts {
  #starts: StartEffect[] = []
  readonly #delayed = new Set<string>()

  get all(): readonly StartEffect[] {
    return this.#starts
  }

  /** Ids of those whose delay counts. */
  get delayed(): ReadonlySet<string> {
    return this.#delayed
  }

  /** @param ran ids of those that ran already */
  decided({ effects }: JournalEntry, ran: ReadonlySet<string>): void {
    const starts = effects.filter((effect) => effect.type === 'start')
    // Items that are started later, when there is room, do not wait once more.
    const first = new Set(starts.filter(({ item }) => item === null || item === 0).map(runKey))
    for (const start of starts) {
      if (ran.has(start.id)) continue
      this.#starts.push(start)
      if (start.delay !== null && first.has(runKey(start))) this.#delayed.add(start.id)
    }
  }

  /** Decided by an engine that was stopped before it did it: its delay begins anew. */
  leftOver(start: StartEffect): void {
    this.#starts.push(start)
    this.#delayed.add(start.id)
  }

  /** The first ones were started, or refused. */
  done(starts: readonly StartEffect[]): void {
    this.#starts.splice(0, starts.length)
    for (const { id } of starts) this.#delayed.delete(id)
  }

  /** What is not started yet is not started any more. */
  giveUp(): void {
    this.#starts = []
    this.#delayed.clear()
  }
}
