import type { ExecutionDocument } from '@st2/model'
import type { BlobContent, Blobs, ByteRange } from '../ports/blobs.ts'

export type StoredResult = Pick<ExecutionDocument, 'result' | 'result_blob' | 'result_size'>

/** Results: small ones in the document, larger ones as blobs that are written before the status that names them. */
export class ResultStore {
  readonly #blobs: Blobs
  /** `[actionrunner] result_inline_size`, bytes. */
  readonly #inlineSize: number

  constructor(blobs: Blobs, inlineSize: number) {
    this.#blobs = blobs
    this.#inlineSize = inlineSize
  }

  async keep(result: unknown): Promise<StoredResult> {
    const text = JSON.stringify(result)
    const size = Buffer.byteLength(text)
    if (size <= this.#inlineSize) return { result, result_size: size, result_blob: undefined }
    const blob = await this.#blobs.put(Buffer.from(text))
    return { result_blob: blob.hash, result_size: size, result: undefined }
  }

  /** The result as a value; `{}` while there is none. Loads the whole of it: for large ones prefer `open`. */
  async load(document: StoredResult): Promise<unknown> {
    if (document.result_blob === undefined) return document.result ?? {}
    const content = await this.#blobs.open(document.result_blob)
    if (content === null) throw new Error(`result blob ${document.result_blob} is missing from the store`)
    const chunks: Uint8Array[] = []
    for await (const chunk of content.chunks) chunks.push(chunk)
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  }

  /** The result as JSON text, in pieces. */
  async open(document: StoredResult, range?: ByteRange): Promise<BlobContent> {
    if (document.result_blob !== undefined) {
      const content = await this.#blobs.open(document.result_blob, range)
      if (content === null) throw new Error(`result blob ${document.result_blob} is missing from the store`)
      return content
    }
    const bytes = Buffer.from(JSON.stringify(document.result ?? {}))
    const part = range === undefined ? bytes : bytes.subarray(range.start, range.end)
    return { size: bytes.length, chunks: single(part) }
  }
}

async function* single(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
