import { write } from 'node:fs'

/** Bytes that may wait for a slow log; what comes on top is dropped, and the number of lost lines is told. */
const MAX_WAITING = 1024 * 1024

/**
 * Where log lines go. Lines are written one batch after the other without ever waiting for the log: one that cannot take
 * them (a full disk, a closed pipe) costs the lines and nothing else.
 */
export class LogSink {
  readonly #fd: number
  #waiting = ''
  #isWriting = false
  #lost = 0

  constructor(fd: number) {
    this.#fd = fd
  }

  write(line: string): void {
    if (this.#waiting.length + line.length > MAX_WAITING) {
      this.#lost += 1
      return
    }
    this.#waiting += line
    if (!this.#isWriting) this.#flush()
  }

  #flush(): void {
    const batch = this.#waiting
    this.#waiting = ''
    this.#isWriting = true
    write(this.#fd, batch, (error) => {
      this.#isWriting = false
      // The log cannot tell of its own failure; what was lost is told once it can be written again.
      if (error !== null) this.#lost += batch.split('\n').length - 1
      else if (this.#lost > 0) this.#tellLost()
      if (this.#waiting !== '') this.#flush()
    })
  }

  #tellLost(): void {
    const lost = this.#lost
    this.#lost = 0
    this.#waiting = `${JSON.stringify({ level: 40, lost_lines: lost, msg: 'log lines were lost' })}\n${this.#waiting}`
  }
}
