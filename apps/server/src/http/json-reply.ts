import type { FastifyReply } from 'fastify'
import type { Evaluation } from '@st2/engine'

/** Compact JSON, and `application/json` without a charset, as upstream sends it. */
export function sendJson(reply: FastifyReply, body: unknown, status = 200): FastifyReply {
  // Bytes: to text Fastify would add a charset.
  return reply
    .code(status)
    .header('content-type', 'application/json')
    .send(Buffer.from(JSON.stringify(body)))
}

/** What an expression came to: a value is JSON text already, with numbers that JavaScript's would lose. */
export function sendEvaluation(reply: FastifyReply, evaluation: Evaluation): FastifyReply {
  return reply
    .type('application/json')
    .send('value' in evaluation ? `{"value": ${evaluation.value}}` : JSON.stringify(evaluation))
}
