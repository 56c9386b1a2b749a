import type { Connection } from './connection.ts'

/**
 * Keeps the write-ahead log short without stopping the writer for long. Copying its pages into the file takes tens of
 * milliseconds, so another thread does it while writes go on; the writer copies only what was written meanwhile, after
 * which the next write begins the log anew.
 */
export class LogKeeper {
  /** Pages in the log (4 KiB each) from which it is worth copying. */
  static readonly LONG = 4_000
  /** Pages the writer copies itself: a few milliseconds. */
  static readonly SHORT_REST = 600
  /** Pages from which the writer copies whatever there is: help does not come. */
  static readonly TOO_LONG = 100_000
  /** Groups between two looks. */
  static readonly EVERY = 32

  readonly #connection: Connection
  readonly #askForHelp: () => void
  #groups = 0

  constructor(connection: Connection, askForHelp: () => void) {
    this.#connection = connection
    this.#askForHelp = askForHelp
  }

  /** To be called after each group. */
  look(): void {
    this.#groups += 1
    if (this.#groups % LogKeeper.EVERY !== 0) return
    const [, pages = -1, copied = -1] = this.#connection.row('pragma wal_checkpoint(noop)') ?? []
    const rest = Number(pages) - Number(copied)
    if (Number(pages) < LogKeeper.LONG) return
    if (rest <= LogKeeper.SHORT_REST || rest > LogKeeper.TOO_LONG)
      this.#connection.exec('pragma wal_checkpoint(passive)')
    else this.#askForHelp()
  }
}
