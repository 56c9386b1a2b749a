import type { FastifyReply } from 'fastify'

/** Compact JSON, and `application/json` without a charset, as upstream sends it. */
export function sendJson(reply: FastifyReply, body: unknown, status = 200): FastifyReply {
  // Bytes: to text Fastify would add a charset.
  return reply
    .code(status)
    .header('content-type', 'application/json')
    .send(Buffer.from(JSON.stringify(body)))
}
