import type { FastifyInstance } from 'fastify'

const METHODS = 'GET,POST,PUT,DELETE,OPTIONS'
const REQUEST_HEADERS = 'Content-Type,Authorization,X-Auth-Token,St2-Api-Key,X-Request-ID,If-Match,Range'
const EXPOSED_HEADERS = 'Content-Type,Content-Range,ETag,X-Limit,X-Total-Count,X-Request-ID'

/**
 * Answers other origins only when they are listed in `[api] allow_origin`, exactly; a stranger gets no header at all
 * (upstream answers a default origin: CVE-2019-9580). OPTIONS is answered without authentication.
 */
export function addCors(app: FastifyInstance, allowed: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    const origin = request.headers.origin
    const isListed = origin !== undefined && origin !== 'null' && allowed.includes(origin)
    if (isListed || (origin !== undefined && allowed.includes('*'))) {
      reply
        .header('access-control-allow-origin', origin)
        .header('access-control-allow-methods', METHODS)
        .header('access-control-allow-headers', REQUEST_HEADERS)
        .header('access-control-expose-headers', EXPOSED_HEADERS)
        .header('vary', 'Origin')
      // NOTE: "*" is for callers that bring their own credential; a browser's cookie must not speak for any site.
      if (isListed) reply.header('access-control-allow-credentials', 'true')
    }
    if (request.method === 'OPTIONS') return reply.code(200).send('')
    return undefined
  })
}
