import { createHash, randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { InvalidError } from '@st2/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobContent, Blobs, ByteRange } from './blobs.ts'
import type { Opened } from './contract.ts'

const MEGABYTE = 1024 * 1024
const LARGE_BYTES = 50 * MEGABYTE
/** More than this of a large blob at once would be no stream. */
const MAX_PIECE_BYTES = 4 * MEGABYTE

/** What every blob store promises. */
export function blobsContract(adapter: string, open: () => Promise<Opened<Blobs>>): void {
  describe(`${adapter}: Blobs`, () => {
    let opened: Opened<Blobs>
    let blobs: Blobs
    beforeAll(async () => {
      opened = await open()
      blobs = opened.port
    })
    afterAll(async () => {
      await opened[Symbol.asyncDispose]()
    })

    const read = async (hash: string, range?: ByteRange): Promise<Buffer> =>
      Buffer.concat(await collect(await opening(blobs, hash, range)))

    it.each([0, 1, 1_000, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, MEGABYTE, 3 * MEGABYTE + 17])(
      'gives back %i bytes under the hash of their content',
      async (size) => {
        const content = randomBytes(size)
        const ref = await blobs.put(content)
        expect(ref).toEqual({ hash: sha256(content), size })
        expect((await opening(blobs, ref.hash)).size).toBe(size)
        expect((await read(ref.hash)).equals(content)).toBe(true)
      },
    )

    it('gives any range', async () => {
      const content = randomBytes(MEGABYTE + 100)
      const { hash } = await blobs.put(content)
      const size = content.length
      const edges = [0, 1, 255 * 1024, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 512 * 1024, size - 1, size]
      for (const start of edges) {
        for (const end of edges.filter((edge) => edge >= start)) {
          expect((await read(hash, { start, end })).equals(content.subarray(start, end))).toBe(true)
        }
      }
      expect((await read(hash, { start: size - 10, end: size + 10 })).equals(content.subarray(size - 10))).toBe(true)
      expect((await opening(blobs, hash, { start: 5, end: 6 })).size).toBe(size)
      await expect(blobs.open(hash, { start: 6, end: 5 })).rejects.toThrow(InvalidError)
      await expect(blobs.open(hash, { start: -1, end: 5 })).rejects.toThrow(InvalidError)
    })

    it('leaves the content it was given as it was, and keeps its own', async () => {
      const content = Buffer.from('before')
      await blobs.put(content)
      expect(content.toString()).toBe('before')
      content.write('after!')
      expect((await read(sha256(Buffer.from('before')))).toString()).toBe('before')
    })

    it('takes equal content again, also at the same time', async () => {
      const content = randomBytes(600_000)
      const refs = await Promise.all([blobs.put(content), blobs.put(content), blobs.put(Buffer.from(content))])
      refs.push(await blobs.put(content))
      expect(new Set(refs.map(({ hash }) => hash)).size).toBe(1)
      expect((await read(sha256(content))).equals(content)).toBe(true)
    })

    it('answers null for what it does not have, and forgets what is removed', async () => {
      expect(await blobs.open('0'.repeat(64))).toBeNull()
      for (const size of [10, 700_000]) {
        const { hash } = await blobs.put(randomBytes(size))
        await blobs.remove(hash)
        expect(await blobs.open(hash)).toBeNull()
        await blobs.remove(hash)
      }
    })

    it('lists what it has, page by page', async () => {
      const before = new Set(await allHashes(blobs))
      const given = [
        (await blobs.put(randomBytes(10))).hash,
        (await blobs.put(randomBytes(700_000))).hash,
        (await blobs.put(randomBytes(20))).hash,
      ]
      const removed = (await blobs.put(randomBytes(30))).hash
      await blobs.remove(removed)
      const listed = await allHashes(blobs)
      expect(listed).toEqual(listed.toSorted())
      expect(listed.filter((hash) => !before.has(hash))).toEqual(given.toSorted())
    })

    it('can be given again what was removed', async () => {
      const content = randomBytes(700_000)
      const { hash } = await blobs.put(content)
      await blobs.remove(hash)
      await blobs.put(content)
      expect((await read(hash)).equals(content)).toBe(true)
    })

    it('streams 50 MB in pieces, keeping a few of them in memory', async () => {
      const content = Buffer.alloc(LARGE_BYTES, 'large')
      const { hash } = await blobs.put(content)
      const digest = createHash('sha256')
      const before = buffersInUse()
      let most = 0
      let pieces = 0
      for await (const piece of (await opening(blobs, hash)).chunks) {
        expect(piece.byteLength).toBeLessThanOrEqual(MAX_PIECE_BYTES)
        digest.update(piece)
        if (pieces++ % 20 === 0) most = Math.max(most, buffersInUse() - before)
      }
      expect(digest.digest('hex')).toBe(hash)
      expect(most).toBeLessThan(LARGE_BYTES / 4)
    })
  })
}

async function opening(blobs: Blobs, hash: string, range?: ByteRange): Promise<BlobContent> {
  const content = await blobs.open(hash, range)
  if (content === null) throw new Error(`there is no blob ${hash}`)
  return content
}

async function collect({ chunks }: BlobContent): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = []
  for await (const piece of chunks) pieces.push(piece)
  return pieces
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

setFlagsFromString('--expose-gc')
const collectGarbage: unknown = runInNewContext('gc')

/** Bytes of buffers that somebody still refers to. */
function buffersInUse(): number {
  if (typeof collectGarbage === 'function') collectGarbage()
  return process.memoryUsage().arrayBuffers
}

async function allHashes(blobs: Blobs): Promise<string[]> {
  const all: string[] = []
  for (;;) {
    const page = await blobs.hashes(all.at(-1) ?? '', 2)
    all.push(...page)
    if (page.length < 2) return all
  }
}
