import type { ExecutionDocument } from '@st2/model'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { BlobContent, Blobs, ByteRange } from '../ports/blobs.ts'
import type { Clock } from '../ports/clock.ts'
import { RecentTexts } from './recent-texts.ts'
import { type SecretPart, secretParts, withSecretParts } from './result-secrets.ts'

export type StoredResult = Pick<ExecutionDocument, 'result' | 'result_blob' | 'result_size' | 'sealed_result'>

/** The result of an execution as another document is to hold it. */
export function storedResult({ result, result_blob, result_size = 0, sealed_result }: ExecutionDocument): StoredResult {
  return result_blob === undefined
    ? { result, result_size, sealed_result }
    : { result_blob, result_size, sealed_result }
}

/** ms after which a blob that was put must be named by a document, or nobody means it any more. At least this; at most twice. */
const FRESH_MS = 60_000

/**
 * Results: small ones in the document, larger ones as blobs that are written before the status that names them. Their secret parts stand
 * beside them, enciphered: whoever only shows results cannot show what is not there.
 */
export class ResultStore {
  readonly #blobs: Blobs
  /** `[actionrunner] result_inline_size`, bytes. */
  readonly #inlineSize: number
  readonly #clock: Clock
  readonly #sealer: Sealer
  readonly #recent = new RecentTexts()
  /** Hashes of blobs put lately: a document that names one may be under way. */
  #fresh: readonly [Set<string>, Set<string>] = [new Set(), new Set()]
  #freshUntil = 0
  /** Blobs are put beside each other, and removed while none is put. */
  #puts = new Set<Promise<unknown>>()
  #removal: Promise<unknown> | null = null

  constructor(blobs: Blobs, inlineSize: number, clock: Clock, sealer: Sealer) {
    this.#blobs = blobs
    this.#inlineSize = inlineSize
    this.#clock = clock
    this.#sealer = sealer
  }

  /** @param shown the result without its secrets; the rest is enciphered */
  async keep(result: unknown, shown: unknown = result): Promise<StoredResult> {
    const parts = secretParts(result, shown)
    const sealed_result = parts.length === 0 ? undefined : this.#sealer.seal(parts)
    const text = JSON.stringify(shown)
    const size = Buffer.byteLength(text)
    if (size <= this.#inlineSize) return { result: shown, result_size: size, result_blob: undefined, sealed_result }
    const hash = await this.#put(Buffer.from(text))
    this.#recent.add(hash, text)
    return { result_blob: hash, result_size: size, result: undefined, sealed_result }
  }

  /** Stores a text that no other document has; answers the hash of its blob. */
  keepText(text: string): Promise<string> {
    return this.#put(Buffer.from(text))
  }

  text(hash: string): Promise<string> {
    return this.#read(hash)
  }

  /** Of a text that only its one document named. */
  async removeText(hash: string): Promise<void> {
    await this.#blobs.remove(hash)
  }

  /**
   * Removes blobs that no document names. Equal results share a blob, and one may be put again at any moment: nothing is put
   * meanwhile, and what was put lately stays.
   *
   * @param isNamed whether any document names the blob
   * @returns how many were removed
   */
  async removeUnnamed(hashes: readonly string[], isNamed: (hash: string) => Promise<boolean>): Promise<number> {
    while (this.#removal !== null) await this.#removal
    const removal = this.#removeWhileNothingIsPut(hashes, isNamed)
    this.#removal = removal.catch(() => 0)
    try {
      return await removal
    } finally {
      this.#removal = null
    }
  }

  async #removeWhileNothingIsPut(
    hashes: readonly string[],
    isNamed: (hash: string) => Promise<boolean>,
  ): Promise<number> {
    await Promise.allSettled(this.#puts)
    let removed = 0
    for (const hash of new Set(hashes)) {
      if (this.#isFresh(hash) || (await isNamed(hash))) continue
      this.#recent.forget(hash)
      await this.#blobs.remove(hash)
      removed += 1
    }
    return removed
  }

  async #put(content: Uint8Array): Promise<string> {
    while (this.#removal !== null) await this.#removal
    const putting = this.#blobs.put(content).then(({ hash }) => {
      this.#age()
      this.#fresh[0].add(hash)
      return hash
    })
    this.#puts.add(putting)
    try {
      return await putting
    } finally {
      this.#puts.delete(putting)
    }
  }

  #isFresh(hash: string): boolean {
    this.#age()
    return this.#fresh.some((hashes) => hashes.has(hash))
  }

  #age(): void {
    const now = this.#clock.monotonic()
    if (now < this.#freshUntil) return
    // Nothing was put for so long that the newer ones are old as well.
    this.#fresh = now < this.#freshUntil + FRESH_MS ? [new Set(), this.#fresh[0]] : [new Set(), new Set()]
    this.#freshUntil = now + FRESH_MS
  }

  /**
   * The result as a value, without its secret parts; `{}` while there is none. Loads the whole of it: for large ones prefer `open`.
   */
  async load(document: StoredResult): Promise<unknown> {
    if (document.result_blob === undefined) return document.result ?? {}
    return JSON.parse(this.#recent.get(document.result_blob) ?? (await this.#read(document.result_blob)))
  }

  /** The result with its secret parts: for what goes on with it, and for an admin who asks for them. */
  async reveal(document: StoredResult): Promise<unknown> {
    return withSecretParts(await this.load(document), this.secretParts(document))
  }

  secretParts({ sealed_result }: StoredResult): readonly SecretPart[] {
    // Written by `keep`.
    return sealed_result === undefined ? [] : (this.#sealer.open(sealed_result) as SecretPart[])
  }

  async #read(hash: string): Promise<string> {
    const content = await this.#blobs.open(hash)
    if (content === null) throw new Error(`result blob ${hash} is missing from the store`)
    const chunks: Uint8Array[] = []
    for await (const chunk of content.chunks) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  }

  /** The result as JSON text, without its secret parts, in pieces. */
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
