import type { Connection } from './connection.ts'
import { failureOf } from './failure.ts'
import type { Failure } from './protocol.ts'

/**
 * Keeps the write-ahead log short without stopping the writer for long. Copying its pages into the file takes tens of
 * milliseconds, so another thread does it while writes go on; the writer copies only what was written meanwhile, after
 * which the next write begins the log anew.
 */
export class LogKeeper {
  /** Pages in the log (8 KiB each) from which it is worth copying. */
  static readonly LONG = 2_000
  /** Pages the writer copies itself: about ten milliseconds. */
  static readonly SHORT_REST = 1_000
  /** Pages from which the writer copies whatever there is: help does not come. */
  static readonly TOO_LONG = 50_000
  /** Groups between two looks. */
  static readonly EVERY = 4

  readonly #connection: Connection
  readonly #askForHelp: () => void
  readonly #warn: (message: string) => void
  #groups = 0

  constructor(connection: Connection, askForHelp: () => void, warn: (message: string) => void) {
    this.#connection = connection
    this.#askForHelp = askForHelp
    this.#warn = warn
  }

  /** To be called after each group. */
  look(): void {
    this.#groups += 1
    if (this.#groups % LogKeeper.EVERY !== 0) return
    const [, pages = -1, copied = -1] = this.#connection.row('pragma wal_checkpoint(noop)') ?? []
    const rest = Number(pages) - Number(copied)
    if (Number(pages) < LogKeeper.LONG) return
    if (rest > LogKeeper.SHORT_REST && rest <= LogKeeper.TOO_LONG) return this.#askForHelp()
    const failure = copyLog(this.#connection, 'passive')
    if (failure !== null) this.#warn(failure.message)
  }
}

/**
 * Copies the log's pages into the file, and with `truncate` gives back the log's space. It fails on a full disk, and
 * nothing is lost then: the log is read as before.
 */
export function copyLog(connection: Connection, mode: 'passive' | 'truncate'): Failure | null {
  try {
    connection.exec(`pragma wal_checkpoint(${mode})`)
    return null
  } catch (error) {
    return failureOf(error)
  }
}
