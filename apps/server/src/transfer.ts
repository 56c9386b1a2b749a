import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import type { Blobs, Store } from '@st2/engine'
import { COLLECTIONS, type Collection, type Document } from '@st2/model'

/** Documents and blobs that are read or written at once. */
const PAGE = 200
/** Bytes of a blob in one line. */
const PIECE_BYTES = 512 * 1024
const FORMAT = 'st2-export-1'

export interface TransferParts {
  readonly store: Store
  readonly blobs: Blobs
  readonly tell: (text: string) => void
}

/** What a file holds, by kind. */
export interface TransferCounts {
  documents: number
  blobs: number
}

/** The file is no export, or is broken; the message names the line. */
class TransferError extends Error {
  override readonly name = 'TransferError'
}

/**
 * Writes everything the store holds, one JSON object a line: the format's name, then documents by collection and id, then blobs in
 * pieces, then the counts. The same content gives the same file.
 */
export async function exportTo(path: string, { store, blobs, tell }: TransferParts): Promise<TransferCounts> {
  const file = createWriteStream(path, { mode: 0o600 })
  // A disk that is full is told by the write that waits for it.
  file.on('error', () => undefined)
  const write = async (line: unknown): Promise<void> => {
    if (file.errored !== null) throw file.errored
    if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, 'drain')
  }
  const counts: TransferCounts = { documents: 0, blobs: 0 }
  await write({ format: FORMAT })
  for (const collection of byName()) {
    tell(`Exporting ${collection.name}`)
    for await (const document of documentsOf(store, collection)) {
      await write({ collection: collection.name, document })
      counts.documents += 1
    }
  }
  tell('Exporting results')
  for await (const hash of hashesOf(blobs)) {
    await exportBlob(blobs, hash, write)
    counts.blobs += 1
  }
  await write({ end: counts })
  file.end()
  await finished(file)
  return counts
}

/**
 * Puts what an export holds into the store. Documents of the same id are replaced, others stay: import into an empty store.
 *
 * @throws TransferError
 */
export async function importFrom(path: string, { store, blobs, tell }: TransferParts): Promise<TransferCounts> {
  const target = new ImportTarget(store, blobs, tell)
  let number = 0
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    await target.take(parsed(text, number), number)
  }
  return target.finish()
}

function byName(): Collection<Document>[] {
  // What is transferred is not looked into: of a document only its id is used.
  const collections = COLLECTIONS as unknown as readonly Collection<Document>[]
  return [...collections].toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

async function* documentsOf(store: Store, collection: Collection<Document>): AsyncGenerator<Document> {
  for (let after = ''; ; ) {
    const filter = [{ field: 'id', op: 'gt', value: after }] as const
    const page = await store.find(collection, { filter, limit: PAGE })
    for (const document of page) yield sortedKeys(document)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.id
  }
}

/** Stores keep the order of keys to themselves. */
function sortedKeys<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  )
}

async function* hashesOf(blobs: Blobs): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const page = await blobs.hashes(after, PAGE)
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last
  }
}

async function exportBlob(blobs: Blobs, hash: string, write: (line: unknown) => Promise<void>): Promise<void> {
  const content = await blobs.open(hash)
  if (content === null) return
  await write({ blob: hash, size: content.size })
  // Whatever the store's own pieces are, the file's are the same.
  let rest = Buffer.alloc(0)
  for await (const chunk of content.chunks) {
    rest = Buffer.concat([rest, chunk])
    for (; rest.length >= PIECE_BYTES; rest = rest.subarray(PIECE_BYTES)) {
      await write({ piece: rest.subarray(0, PIECE_BYTES).toString('base64') })
    }
  }
  if (rest.length > 0) await write({ piece: rest.toString('base64') })
}

function parsed(text: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (cause) {
    throw new TransferError(`line ${number} is not JSON`, { cause })
  }
  throw new TransferError(`line ${number} is no object`)
}

class ImportTarget {
  readonly #store: Store
  readonly #blobs: Blobs
  readonly #tell: (text: string) => void
  readonly #collections = new Map(byName().map((collection) => [collection.name, collection]))
  readonly #counts: TransferCounts = { documents: 0, blobs: 0 }
  #waiting: { readonly collection: Collection<Document>; readonly documents: Document[] } | null = null
  #blob: { readonly hash: string; readonly size: number; readonly pieces: Buffer[] } | null = null
  #hasBegun = false
  #hasEnded = false

  constructor(store: Store, blobs: Blobs, tell: (text: string) => void) {
    this.#store = store
    this.#blobs = blobs
    this.#tell = tell
  }

  async take(line: Readonly<Record<string, unknown>>, number: number): Promise<void> {
    if (!this.#hasBegun) this.#begin(line)
    else if (typeof line['collection'] === 'string')
      await this.#takeDocument(line['collection'], line['document'], number)
    else if (typeof line['blob'] === 'string') await this.#beginBlob(line['blob'], Number(line['size']))
    else if (typeof line['piece'] === 'string') this.#blob?.pieces.push(Buffer.from(line['piece'], 'base64'))
    else if ('end' in line) await this.#end(line['end'], number)
    else throw new TransferError(`line ${number} is neither a document nor a piece of a blob`)
  }

  finish(): TransferCounts {
    if (!this.#hasEnded) throw new TransferError('the file ends before the export did: what it held was imported')
    return this.#counts
  }

  #begin(line: Readonly<Record<string, unknown>>): void {
    if (line['format'] !== FORMAT)
      throw new TransferError(`line 1 does not say {"format": "${FORMAT}"}: this is no export`)
    this.#hasBegun = true
  }

  async #takeDocument(name: string, document: unknown, number: number): Promise<void> {
    const collection = this.#collections.get(name)
    if (collection === undefined) throw new TransferError(`line ${number}: there is no collection "${name}"`)
    if (!isDocument(document)) throw new TransferError(`line ${number}: a document has an id`)
    if (this.#waiting?.collection !== collection || this.#waiting.documents.length >= PAGE) {
      await this.#flush()
      if (this.#waiting?.collection !== collection) this.#tell(`Importing ${name}`)
      this.#waiting = { collection, documents: [] }
    }
    this.#waiting.documents.push(document)
    this.#counts.documents += 1
  }

  async #beginBlob(hash: string, size: number): Promise<void> {
    await this.#flush()
    await this.#flushBlob()
    if (this.#counts.blobs === 0) this.#tell('Importing results')
    this.#blob = { hash, size, pieces: [] }
  }

  async #end(end: unknown, number: number): Promise<void> {
    await this.#flush()
    await this.#flushBlob()
    if (JSON.stringify(end) !== JSON.stringify(this.#counts)) {
      throw new TransferError(
        `line ${number} says ${JSON.stringify(end)}, but there were ${JSON.stringify(this.#counts)}`,
      )
    }
    this.#hasEnded = true
  }

  async #flush(): Promise<void> {
    if (this.#waiting === null || this.#waiting.documents.length === 0) return
    const { collection, documents } = this.#waiting
    await this.#store.put(collection, ...documents)
    this.#waiting = { collection, documents: [] }
  }

  async #flushBlob(): Promise<void> {
    if (this.#blob === null) return
    const { hash, size, pieces } = this.#blob
    const stored = await this.#blobs.put(Buffer.concat(pieces))
    if (stored.hash !== hash || stored.size !== size)
      throw new TransferError(`the content of blob ${hash} is not what it was`)
    this.#counts.blobs += 1
    this.#blob = null
  }
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}
