import { COMPLETED_STATUSES, type ExecutionDocument, type ExecutionStatus } from '@st2/model'
import type { ExecutionStore } from './execution-store.ts'

/** What who drives executions, or waits for them, reacts to. */
const WATCHED_STATUSES: readonly ExecutionStatus[] = [
  ...COMPLETED_STATUSES,
  'pending',
  'paused',
  'pausing',
  'resuming',
  'canceling',
]
/** Ids that one query takes. */
const PAGE = 1000

/** Looks up what nobody told of: a part of it each time, when there is much. */
export class MissedChanges {
  readonly #executions: ExecutionStore
  readonly #statuses: readonly ExecutionStatus[]
  #from = 0

  /** @param statuses those that are looked for */
  constructor(executions: ExecutionStore, statuses: readonly ExecutionStatus[] = WATCHED_STATUSES) {
    this.#executions = executions
    this.#statuses = statuses
  }

  /** @param watched ids, in an order that stays about the same */
  async among(watched: readonly string[]): Promise<ExecutionDocument[]> {
    if (this.#from >= watched.length) this.#from = 0
    const ids = watched.slice(this.#from, this.#from + PAGE)
    this.#from += PAGE
    return ids.length === 0 ? [] : this.#executions.withStatusAmong(ids, this.#statuses)
  }
}
