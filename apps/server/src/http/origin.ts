import type { FastifyRequest } from 'fastify'

/**
 * Whether the page that asks is one of this server, or of an origin that `[api] allow_origin` lists. NOTE: "*" lists nobody here: it is for
 * callers that bring their own credential.
 */
export function isTrustedOrigin(request: Pick<FastifyRequest, 'headers'>, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return false
  return allowed.includes(origin) || (host !== undefined && hostOf(origin) === host.toLowerCase())
}

/** With the port, unless it is the scheme's own; null for what is no address, such as the "null" of a sandboxed page. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
