import type { Duplex } from 'node:stream'

/**
 * Messages over a pipe: four bytes of length (big endian), then that many bytes of JSON, an array of messages.
 * What is sent within one tick goes in one frame.
 */

/** Longest frame that is sent or accepted; a single message must fit. */
export const MAX_FRAME_BYTES = 256 * 1024 * 1024

/** A batch is closed when it reaches this size: the other side need not hold more than one large message. */
const BATCH_BYTES = 1024 * 1024

const HEADER_BYTES = 4

export class FrameError extends Error {
  override readonly name = 'FrameError'
}

export class FrameWriter {
  readonly #pipe: Duplex
  readonly #onCongestion: (congested: boolean) => void
  #batch: string[] = []
  #batchLength = 0
  #scheduled = false

  /** @param onCongestion told when the other side is behind, and when it has caught up */
  constructor(pipe: Duplex, onCongestion: (congested: boolean) => void = () => undefined) {
    this.#pipe = pipe
    this.#onCongestion = onCongestion
    pipe.on('drain', () => this.#onCongestion(false))
  }

  /** @throws FrameError for a message that no frame can carry; nothing is sent then */
  send(message: unknown): void {
    const text = stringify(message)
    // UTF-8 takes at most three bytes for a UTF-16 unit: only long ones are measured.
    if (text.length * 3 > MAX_FRAME_BYTES && Buffer.byteLength(text) + 2 > MAX_FRAME_BYTES) {
      throw new FrameError(`The message exceeds the limit MAX_FRAME_BYTES of ${MAX_FRAME_BYTES} bytes`)
    }
    if (this.#batchLength > 0 && this.#batchLength + text.length > BATCH_BYTES) this.flush()
    this.#batch.push(text)
    this.#batchLength += text.length
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.flush())
  }

  flush(): void {
    this.#scheduled = false
    if (this.#batch.length === 0) return
    const body = Buffer.from(`[${this.#batch.join(',')}]`)
    this.#batch = []
    this.#batchLength = 0
    const header = Buffer.allocUnsafe(HEADER_BYTES)
    header.writeUInt32BE(body.length)
    if (this.#pipe.destroyed || this.#pipe.writableEnded) return // its reader has gone; the owner of the pipe learns it
    this.#pipe.cork()
    this.#pipe.write(header)
    const keepsUp = this.#pipe.write(body)
    this.#pipe.uncork()
    if (!keepsUp) this.#onCongestion(true)
  }
}

/** Cuts a stream of bytes into the messages of its frames. */
export class FrameReader {
  #chunks: Buffer[] = []
  #buffered = 0
  #bodyLength: number | null = null

  /** @throws FrameError when the stream is no sequence of frames; it cannot be read on after that */
  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk)
    this.#buffered += chunk.length
    const messages: unknown[] = []
    for (let body = this.#nextBody(); body !== null; body = this.#nextBody()) {
      for (const message of parseBody(body)) messages.push(message)
    }
    return messages
  }

  #nextBody(): Buffer | null {
    this.#bodyLength ??= this.#take(HEADER_BYTES)?.readUInt32BE() ?? null
    if (this.#bodyLength === null) return null
    if (this.#bodyLength > MAX_FRAME_BYTES) {
      throw new FrameError(`A frame of ${this.#bodyLength} bytes exceeds MAX_FRAME_BYTES of ${MAX_FRAME_BYTES}`)
    }
    const body = this.#take(this.#bodyLength)
    if (body !== null) this.#bodyLength = null
    return body
  }

  #take(length: number): Buffer | null {
    if (this.#buffered < length) return null
    const [first = Buffer.alloc(0)] = this.#chunks
    const all = first.length >= length ? first : Buffer.concat(this.#chunks)
    const rest = all.subarray(length)
    const others = all === first ? this.#chunks.slice(1) : []
    this.#chunks = rest.length > 0 ? [rest, ...others] : others
    this.#buffered -= length
    return all.subarray(0, length)
  }
}

function stringify(message: unknown): string {
  try {
    const text = JSON.stringify(message)
    if (text !== undefined) return text
  } catch (error) {
    throw new FrameError('The message cannot be written as JSON', { cause: error })
  }
  throw new FrameError('The message cannot be written as JSON')
}

function parseBody(body: Buffer): unknown[] {
  const value = parseJson(body)
  if (!Array.isArray(value)) throw new FrameError('A frame holds no list of messages')
  return value
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new FrameError('A frame holds no JSON', { cause: error })
  }
}
