/**
 * Large values beside the documents, by content hash: equal content is stored once. Durable when the promise of
 * `put` resolves, so a document that names a blob is written after it. @throws UnavailableError when it cannot write
 */
export interface Blobs {
  put(content: Uint8Array): Promise<BlobRef>
  /** Bytes [start, end) of a blob in pieces of bounded size; the whole blob by default. Null: no such blob. */
  open(hash: string, range?: ByteRange): Promise<BlobContent | null>
  remove(hash: string): Promise<void>
  /** Hashes of up to `limit` blobs after the given one, ascending. */
  hashes(after: string, limit: number): Promise<string[]>
}

export interface BlobRef {
  /** sha256, hex. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
}

export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface BlobContent {
  readonly size: number
  readonly chunks: AsyncIterable<Uint8Array>
}
