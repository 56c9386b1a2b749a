import type { Duplex } from 'node:stream'

/** Messages over a pipe to a Python process: one JSON object a line. */
export class LineChannel {
  readonly #pipe: Duplex
  #rest: Buffer = Buffer.alloc(0)

  /** @param onBroken told when the other side sends what is no message; the pipe is closed then */
  constructor(pipe: Duplex, onMessage: (message: Record<string, unknown>) => void, onBroken: (reason: string) => void) {
    this.#pipe = pipe
    pipe.on('data', (chunk: Buffer) => {
      const reason = this.#read(chunk, onMessage)
      if (reason === null) return
      onBroken(reason)
      pipe.destroy()
    })
    // A process that died breaks the pipe; its exit tells more.
    pipe.on('error', () => pipe.destroy())
  }

  send(message: object): void {
    if (this.#pipe.destroyed || this.#pipe.writableEnded) return // the other side is gone; its owner learns it
    this.#pipe.write(`${JSON.stringify(message)}\n`)
  }

  end(): void {
    this.#pipe.end()
  }

  #read(chunk: Buffer, onMessage: (message: Record<string, unknown>) => void): string | null {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const line = Buffer.concat([this.#rest, chunk.subarray(start, end)])
      this.#rest = Buffer.alloc(0)
      start = end + 1
      const message = parseLine(line)
      if (message === null) return 'a line that is no JSON object'
      onMessage(message)
    }
    this.#rest = Buffer.concat([this.#rest, chunk.subarray(start)])
    return this.#rest.length > MAX_LINE_BYTES ? `a line longer than MAX_LINE_BYTES of ${MAX_LINE_BYTES}` : null
  }
}

/** Longest line that is accepted: a trigger's payload must fit. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024

const LINE_FEED = 10

function parseLine(line: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
