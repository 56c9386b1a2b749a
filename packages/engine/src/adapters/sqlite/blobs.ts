import { createHash } from 'node:crypto'
import { InvalidError, NotFoundError } from '@st2/model'
import type { BlobContent, BlobRef, Blobs, ByteRange } from '../../ports/blobs.ts'
import { CHUNK_BYTES } from './blob-tables.ts'
import type { Lane } from './lane.ts'

/** Pieces that are written before waiting for the disk: bounds what a large blob keeps in memory a second time. */
const PIECES_UNDERWAY = 4

/** Blobs as rows of 256 KiB in the store's file. */
export class SqliteBlobs implements Blobs {
  readonly #writer: Lane
  readonly #reader: Lane

  constructor(writer: Lane, reader: Lane) {
    this.#writer = writer
    this.#reader = reader
  }

  async put(content: Uint8Array): Promise<BlobRef> {
    const size = content.byteLength
    const hash = await sha256(content)
    if (size <= CHUNK_BYTES) await this.#send(content, (piece) => ['blob-put', hash, size, piece])
    else if ((await this.#size(hash)) === null) await this.#putPieces(hash, content)
    return { hash, size }
  }

  async open(hash: string, range?: ByteRange): Promise<BlobContent | null> {
    const size = await this.#size(hash)
    if (size === null) return null
    const { start, end } = range ?? { start: 0, end: size }
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || start > end)
      throw new InvalidError(`bytes ${start} to ${end} are no range`)
    return { size, chunks: this.#pieces(hash, Math.min(start, size), Math.min(end, size)) }
  }

  async remove(hash: string): Promise<void> {
    await this.#writer.call(['blob-remove', hash])
  }

  async hashes(after: string, limit: number): Promise<string[]> {
    const found = await this.#reader.call(['blob-hashes', after, limit])
    return Array.isArray(found) ? found.map(String) : []
  }

  async #putPieces(hash: string, content: Uint8Array): Promise<void> {
    let underway: Promise<unknown>[] = []
    for (let start = 0; start < content.byteLength; start += CHUNK_BYTES) {
      const number = start / CHUNK_BYTES
      underway.push(
        this.#send(content.subarray(start, start + CHUNK_BYTES), (piece) => ['blob-chunk', hash, number, piece]),
      )
      if (underway.length < PIECES_UNDERWAY) continue
      await Promise.all(underway)
      underway = []
    }
    await Promise.all(underway)
    await this.#writer.call(['blob-finish', hash, content.byteLength])
  }

  /** The piece crosses as a copy of its own, which is handed over. */
  #send(content: Uint8Array, operation: (piece: Uint8Array) => PieceOperation): Promise<unknown> {
    const piece = new Uint8Array(content)
    return this.#writer.call(operation(piece), piece.buffer)
  }

  async #size(hash: string): Promise<number | null> {
    const size = await this.#reader.call(['blob-size', hash])
    return typeof size === 'number' ? size : null
  }

  async *#pieces(hash: string, start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; ) {
      const number = Math.floor(at / CHUNK_BYTES)
      const piece = await this.#reader.call(['blob-read', hash, number])
      if (!(piece instanceof Uint8Array)) throw new NotFoundError(`the blob ${hash} was removed while it was read`)
      const first = number * CHUNK_BYTES
      yield piece.subarray(at - first, end - first)
      at = first + CHUNK_BYTES
    }
  }
}

type PieceOperation =
  | readonly ['blob-put', string, number, Uint8Array]
  | readonly ['blob-chunk', string, number, Uint8Array]

/** Piece by piece, with a pause after each, so that a large blob does not hold the event loop. */
async function sha256(content: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (let start = 0; start < content.byteLength; start += CHUNK_BYTES) {
    hash.update(content.subarray(start, start + CHUNK_BYTES))
    if (start + CHUNK_BYTES < content.byteLength) await new Promise((resolve) => setImmediate(resolve))
  }
  return hash.digest('hex')
}
