import type { HttpService } from '../services.ts'

const PREFIXED = /^\/(api|auth|stream)(?=\/|$)(\/v1(?=\/|$))?(\/.*)?$/
const STREAM_UNDER_API = /^\/api(?:\/v\d)?\/stream(?=\/|$)/
const EXECUTION_ALIAS = /^(\/(?:api|stream)\/v1)\/actionexecutions(?=\/|$)/
/** A path that no route has, for what must not be found. */
const NOWHERE = '/-'

/**
 * Path and query of a request as the router knows it: one server answers for three services, under nginx's prefixes and at the
 * services' own roots, and every request is rewritten to one canonical path, `/api/v1/…`, `/auth/v1/…`, `/stream/v1/…`, before it
 * is routed. Paths of no service (the WebUI's files) stay as they are.
 *
 * @source rest-api.md 1
 */
export function canonicalUrl(url: string): string {
  const queryAt = url.indexOf('?')
  const path = queryAt === -1 ? url : url.slice(0, queryAt)
  const query = queryAt === -1 ? '' : url.slice(queryAt)
  return canonicalPath(path) + query
}

/** The same for a port that belongs to one service: `/v1/x` and `/x` there mean `/api/v1/x`. */
export function directUrl(service: HttpService, url: string): string {
  return `/${service}${url.startsWith('/') ? url : `/${url}`}`
}

function canonicalPath(path: string): string {
  const streamed = path.replace(STREAM_UNDER_API, '/stream/v1/stream')
  const match = PREFIXED.exec(streamed)
  if (match === null) return path
  const [, service, , rest = ''] = match
  if (rest.includes('//') || /^\/(api|exp|v\d+)(\/|$)/.test(rest)) return NOWHERE
  const trimmed = rest.endsWith('/') ? rest.slice(0, -1) : rest
  return `/${service}/v1${trimmed}`.replace(EXECUTION_ALIAS, '$1/executions')
}
