import { createHash } from 'node:crypto'
import { InvalidError, NotFoundError } from '@st2/model'
import { Binary, type Collection, type Db, type ObjectId } from 'mongodb'
import type { BlobContent, BlobRef, Blobs, ByteRange } from '../../ports/blobs.ts'
import { storeErrorOf } from './store-errors.ts'

/** GridFS's own size of a piece. */
const CHUNK_BYTES = 255 * 1024
/** Pieces that are written before waiting for the server. */
const PIECES_UNDERWAY = 4

interface GridFsFile {
  _id: string
  length: number
  chunkSize: number
  uploadDate: Date
  filename: string
}

interface GridFsChunk {
  _id: ObjectId | string
  files_id: string
  n: number
  data: Binary
}

/**
 * Blobs in GridFS's two collections, readable by any tool that knows it. The file's id is the hash of the content and a piece's id
 * is made from it, so that writing the same content again, also at the same time, writes the same documents. The file is written
 * last: it is what says that the pieces are whole.
 */
export class GridFsBlobs implements Blobs {
  readonly #files: Collection<GridFsFile>
  readonly #chunks: Collection<GridFsChunk>

  constructor(db: Db, bucket = 'blobs') {
    this.#files = db.collection(`${bucket}.files`)
    this.#chunks = db.collection(`${bucket}.chunks`)
  }

  /** GridFS's index of the pieces. */
  async ensureIndexes(): Promise<void> {
    await this.#chunks.createIndex({ files_id: 1, n: 1 }, { name: 'files_id_1_n_1', unique: true })
  }

  put(content: Uint8Array): Promise<BlobRef> {
    return run(async () => {
      const size = content.byteLength
      const hash = await sha256(content)
      if ((await this.#files.findOne({ _id: hash })) !== null) return { hash, size }
      await this.#putPieces(hash, content)
      const file = { length: size, chunkSize: CHUNK_BYTES, uploadDate: new Date(), filename: hash }
      await this.#files.replaceOne({ _id: hash }, file, { upsert: true })
      return { hash, size }
    })
  }

  open(hash: string, range?: ByteRange): Promise<BlobContent | null> {
    return run(async () => {
      const file = await this.#files.findOne({ _id: hash })
      if (file === null) return null
      const { length: size, chunkSize } = file
      const { start, end } = range ?? { start: 0, end: size }
      if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || start > end) {
        throw new InvalidError(`bytes ${start} to ${end} are no range`)
      }
      return { size, chunks: this.#pieces(hash, chunkSize, Math.min(start, size), Math.min(end, size)) }
    })
  }

  remove(hash: string): Promise<void> {
    return run(async () => {
      // The file first: a blob without it is not there, whatever pieces are left.
      await this.#files.deleteOne({ _id: hash })
      await this.#chunks.deleteMany({ files_id: hash })
    })
  }

  hashes(after: string, limit: number): Promise<string[]> {
    return run(async () => {
      const query = this.#files.find({ _id: { $gt: after } }, { projection: { _id: 1 } })
      return (await query.sort({ _id: 1 }).limit(limit).toArray()).map(({ _id }) => _id)
    })
  }

  async #putPieces(hash: string, content: Uint8Array): Promise<void> {
    let underway: Promise<unknown>[] = []
    for (let start = 0; start < content.byteLength; start += CHUNK_BYTES) {
      const n = start / CHUNK_BYTES
      const data = new Binary(new Uint8Array(content.subarray(start, start + CHUNK_BYTES)))
      underway.push(this.#putPiece({ _id: `${hash}:${n}`, files_id: hash, n, data }))
      if (underway.length < PIECES_UNDERWAY) continue
      await Promise.all(underway)
      underway = []
    }
    await Promise.all(underway)
  }

  async #putPiece({ _id, ...piece }: GridFsChunk): Promise<void> {
    await this.#chunks.updateOne({ _id }, { $setOnInsert: piece }, { upsert: true })
  }

  async *#pieces(hash: string, chunkSize: number, start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; ) {
      const n = Math.floor(at / chunkSize)
      const piece = await run(() => this.#chunks.findOne({ files_id: hash, n }))
      if (piece === null) throw new NotFoundError(`the blob ${hash} was removed while it was read`)
      const first = n * chunkSize
      yield piece.data.value().subarray(at - first, end - first)
      at = first + chunkSize
    }
  }
}

async function run<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work()
  } catch (error) {
    throw storeErrorOf(error)
  }
}

/** Piece by piece, with a pause after each, so that a large blob does not hold the event loop. */
async function sha256(content: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (let start = 0; start < content.byteLength; start += CHUNK_BYTES) {
    hash.update(content.subarray(start, start + CHUNK_BYTES))
    if (start + CHUNK_BYTES < content.byteLength) await new Promise((resolve) => setImmediate(resolve))
  }
  return hash.digest('hex')
}
