/**
 * One output stream of a process: keeps the first `limit` bytes as text and hands it on while it comes.
 *
 * Handing on: the first piece at once, then at most one every `PIECE_INTERVAL_MS`; whole lines, and a line that is
 * not finished only after it waited that long. Bytes that are no UTF-8 become U+FFFD. Memory never exceeds twice
 * the limit: what is beyond is read and dropped, so that the process is not held up.
 */
export class OutputCapture {
  readonly #limit: number
  readonly #emit: (text: string) => void
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #kept: Buffer = Buffer.alloc(0)
  #length = 0
  #received = 0
  #dropped = false
  #waiting = ''
  #timer: NodeJS.Timeout | null = null
  #ended = false

  constructor(limit: number, emit: (text: string) => void) {
    this.#limit = limit
    this.#emit = emit
  }

  /** Bytes that came, those beyond the limit included. */
  get received(): number {
    return this.#received
  }

  push(chunk: Buffer): void {
    this.#received += chunk.length
    if (this.#ended || chunk.length === 0) return
    const room = this.#limit - this.#length
    const fitting = chunk.length > room ? chunk.subarray(0, room) : chunk
    if (fitting.length < chunk.length) this.#dropped = true
    if (fitting.length === 0) return
    this.#keep(fitting)
    this.#waiting += this.#decoder.decode(fitting, { stream: true })
    if (this.#timer === null) this.#open()
  }

  /** Hands on what waits and answers the whole text. Later pieces are ignored. */
  end(): string {
    if (this.#ended) return this.#text()
    this.#ended = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#waiting += this.#dropped ? this.#truncationLine() : this.#decoder.decode()
    this.#hand(this.#waiting)
    this.#waiting = ''
    return this.#text()
  }

  #keep(chunk: Buffer): void {
    const needed = this.#length + chunk.length
    if (needed > this.#kept.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(this.#limit, Math.max(needed, this.#kept.length * 2, 1024)))
      this.#kept.copy(grown, 0, 0, this.#length)
      this.#kept = grown
    }
    chunk.copy(this.#kept, this.#length)
    this.#length = needed
  }

  /** The first piece of a quiet stream: its whole lines go at once, the rest waits. */
  #open(): void {
    this.#handLines()
    this.#timer = setTimeout(() => this.#tick(), PIECE_INTERVAL_MS)
  }

  #tick(): void {
    this.#timer = null
    if (this.#waiting === '') return
    if (!this.#handLines()) {
      this.#hand(this.#waiting)
      this.#waiting = ''
    }
    this.#timer = setTimeout(() => this.#tick(), PIECE_INTERVAL_MS)
  }

  #handLines(): boolean {
    const end = this.#waiting.lastIndexOf('\n') + 1
    if (end === 0) return false
    this.#hand(this.#waiting.slice(0, end))
    this.#waiting = this.#waiting.slice(end)
    return true
  }

  #hand(text: string): void {
    for (let start = 0; start < text.length; ) {
      const end = pieceEnd(text, start)
      this.#emit(text.slice(start, end))
      start = end
    }
  }

  #text(): string {
    // A character that the limit cut in half is left out rather than shown as a broken one.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    const text = decoder.decode(this.#kept.subarray(0, this.#length), { stream: this.#dropped })
    return this.#dropped ? text + this.#truncationLine() : text
  }

  #truncationLine(): string {
    const atLineStart = this.#length === 0 || this.#kept[this.#length - 1] === LINE_FEED
    return `${atLineStart ? '' : '\n'}[output truncated: limit actionrunner.max_output_size of ${this.#limit} bytes]\n`
  }
}

/** Least time between two pieces of one stream: about 20 events a second. */
export const PIECE_INTERVAL_MS = 50

/** Characters of one piece: an event stays small enough to store and to stream. */
export const MAX_PIECE_LENGTH = 256 * 1024

const LINE_FEED = 10

function pieceEnd(text: string, start: number): number {
  const most = start + MAX_PIECE_LENGTH
  if (most >= text.length) return text.length
  const lineEnd = text.lastIndexOf('\n', most - 1) + 1
  if (lineEnd > start) return lineEnd
  const unit = text.charCodeAt(most - 1)
  const splitsPair = unit >= 0xd800 && unit <= 0xdbff
  return splitsPair ? most - 1 : most
}
