import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { TooLargeError } from '@st2/model'

/**
 * The whole body, unpacked.
 *
 * @throws TooLargeError when it has more than `limit` bytes, packed or not
 */
export async function readBody(body: Readable, encoding: string | undefined, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      length += chunk.length
      if (length > limit) return done(new TooLargeError(tooLarge(limit)))
      chunks.push(chunk)
      done()
    },
  })
  const unpack = UNPACKERS[encoding?.trim().toLowerCase() ?? '']
  if (unpack === undefined) await pipeline(body, collect)
  else await pipeline(body, unpack(), collect)
  return Buffer.concat(chunks)
}

/** In the charset that the content type names; without one as UTF-8, or as Latin-1 when it is not valid UTF-8. */
export function bodyText(body: Buffer, contentType: string): string {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(contentType)?.[1]
  const named = charset === undefined ? null : decoderFor(charset)
  if (named !== null) return named.decode(body)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return body.toString('latin1')
  }
}

/** @returns the text itself and `parsed: false` unless it is JSON and says so */
export function parseBody(text: string, contentType: string): { body: unknown; parsed: boolean } {
  if (contentType.split(';')[0]?.trim().toLowerCase() !== 'application/json') return { body: text, parsed: false }
  try {
    return { body: JSON.parse(text), parsed: true }
  } catch {
    return { body: text, parsed: false }
  }
}

const UNPACKERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

function tooLarge(limit: number): string {
  return `The response body exceeds the limit actionrunner.max_output_size of ${limit} bytes`
}

function decoderFor(charset: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(charset)
  } catch {
    return null // a name that nobody knows counts as none
  }
}
