import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { BlobContent } from '@st2/engine'

/** An execution whose large result is passed through as it is stored, without being parsed or held in memory. */
export function sendExecutionStreamed(
  reply: FastifyReply,
  view: Record<string, unknown>,
  result: BlobContent,
): FastifyReply {
  const head = `${JSON.stringify(view).slice(0, -1)},"result":`
  return reply
    .header('content-type', 'application/json')
    .send(Readable.from(spliced(head, result), { objectMode: false }))
}

async function* spliced(head: string, result: BlobContent): AsyncIterable<Uint8Array> {
  yield Buffer.from(head)
  yield* result.chunks
  yield Buffer.from('}')
}
