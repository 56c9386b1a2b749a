import type { Readable } from 'node:stream'

/** One message of a Python process: four bytes of length (big endian), then that many bytes. */

/** Larger than the process may send. */
export class FrameTooLongError extends Error {
  override readonly name = 'FrameTooLongError'
}

/** @returns null when the stream ended without a whole message */
export function readFrame(stream: Readable, maxBytes: number): Promise<Buffer | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | null>()
  const chunks: Buffer[] = []
  let received = 0
  let wanted: number | null = null
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    received += chunk.length
    if (wanted === null && received >= HEADER_BYTES) {
      wanted = HEADER_BYTES + Buffer.concat(chunks).readUInt32BE()
      if (wanted > maxBytes + HEADER_BYTES) {
        reject(new FrameTooLongError(`a message of ${wanted} bytes exceeds the limit of ${maxBytes}`))
        stream.destroy()
      }
    }
    if (wanted !== null && received >= wanted) resolve(Buffer.concat(chunks).subarray(HEADER_BYTES, wanted))
  })
  // What has come whole is resolved already.
  stream.once('error', () => resolve(null))
  stream.once('close', () => resolve(null))
  stream.once('end', () => resolve(null))
  return promise
}

export function frameOf(message: unknown): Buffer {
  const text = JSON.stringify(message)
  const length = Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(HEADER_BYTES + length)
  frame.writeUInt32BE(length)
  frame.write(text, HEADER_BYTES)
  return frame
}

const HEADER_BYTES = 4
