import { isStatus, type Status } from './statuses.ts'

/** A state machine as data: what a status becomes by an event. What has no row changes nothing. */
export interface TransitionTable {
  rows: readonly { events: readonly string[]; to: Partial<Record<Status, Status>> }[]
  /** Statuses that no event changes. Those that are in no row and not here can not even be asked. */
  final: readonly Status[]
}

/** A table ready for look-ups. */
export class StateMachine {
  readonly #moves = new Map<Status, Map<string, Status>>()

  constructor(table: TransitionTable) {
    for (const status of table.final) this.#of(status)
    for (const { events, to } of table.rows) {
      for (const [from, status] of Object.entries(to)) {
        for (const event of events) this.#of(asStatus(from)).set(event, status)
      }
    }
  }

  #of(status: Status): Map<string, Status> {
    const moves = this.#moves.get(status) ?? new Map<string, Status>()
    this.#moves.set(status, moves)
    return moves
  }

  /** Whether the table knows the status at all. */
  has(status: Status): boolean {
    return this.#moves.has(status)
  }

  /** The status after the event; null where the table has no row for it, and nothing changes. */
  next(status: Status, event: string): Status | null {
    return this.#moves.get(status)?.get(event) ?? null
  }
}

function asStatus(name: string): Status {
  if (isStatus(name)) return name
  throw new TypeError(`no status: ${name}`)
}
