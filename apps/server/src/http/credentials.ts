import type { FastifyRequest } from 'fastify'
import type { Credential } from '@st2/engine'
import { CREDENTIAL_PROTOCOLS } from '@st2/model'
import { isSocketUpgrade } from './socket-upgrade.ts'

/** What only reads: all that a cookie is good for. */
const SAFE_METHODS = ['GET', 'HEAD']

/**
 * The one credential that decides, in upstream's order. NOTE: a cookie only reads. A browser sends it along with requests
 * that any other page makes, so whoever writes must say in a header who they are. @source rest-api.md 3.1
 */
export function findCredential(request: FastifyRequest): Credential | null {
  const own = ownCredential(request)
  const cookie = SAFE_METHODS.includes(request.method) ? request.cookies['auth-token'] : undefined
  if (own !== null || cookie === undefined || cookie === '') return own
  return { kind: 'token', value: cookie, location: 'header' }
}

/** The credential that the caller gives itself, as a browser does not give a cookie. */
export function ownCredential(request: FastifyRequest): Credential | null {
  const query = request.query as Record<string, unknown>
  const sources: readonly [unknown, Credential['kind'], Credential['location']][] = [
    [request.headers['x-auth-token'], 'token', 'header'],
    [request.headers['st2-api-key'], 'api-key', 'header'],
    [query['x-auth-token'], 'token', 'query'],
    [query['st2-api-key'], 'api-key', 'query'],
    [fromProtocols(request, CREDENTIAL_PROTOCOLS.token), 'token', 'header'],
    [fromProtocols(request, CREDENTIAL_PROTOCOLS.apiKey), 'api-key', 'header'],
  ]
  for (const [value, kind, location] of sources) {
    if (typeof value === 'string' && value !== '') return { kind, value, location }
  }
  return null
}

/** What a browser names as one of the protocols of a WebSocket. */
function fromProtocols(request: FastifyRequest, prefix: string): string | undefined {
  if (!isSocketUpgrade(request.raw)) return undefined
  const names = request.headers['sec-websocket-protocol']?.split(',') ?? []
  const named = names.map((name) => name.trim()).find((name) => name.startsWith(prefix))
  return named && Buffer.from(named.slice(prefix.length), 'base64url').toString()
}

/** Whether a good answer hands the token on as a cookie, for EventSource and downloads: not when it came as one. */
export function setsCookie(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown>
  if (typeof request.headers['x-auth-token'] === 'string') return true
  return typeof request.headers['st2-api-key'] !== 'string' && typeof query['x-auth-token'] === 'string'
}
