import type { IncomingMessage } from 'node:http'

/** ms and bytes that a refused body is still read for. */
const LONGEST_MS = 5000
const MOST_BYTES = 256 * 1024 * 1024

/**
 * Reads what a client is still sending and throws it away, within bounds: a client whose request is answered and
 * closed in the middle of its body sees a broken connection and not the answer.
 */
export async function swallowBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, LONGEST_MS)
  let bytes = 0
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MOST_BYTES) resolve()
  }
  request.on('data', count)
  request.once('end', resolve)
  request.once('close', resolve)
  request.resume()
  await promise
  clearTimeout(timer)
  request.off('data', count)
}
