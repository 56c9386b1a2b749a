import { UnavailableError } from '@st2/model'
import type { Dispatcher } from 'undici'
import { checkHost } from './host-lists.ts'
import type { Connections } from './connection.ts'
import type { Credentials, HttpParameters } from './http-parameters.ts'
import { type RequestBody, headerOf, requestBody, urlEncoded } from './request-body.ts'

export interface HttpResponse {
  readonly statusCode: number
  /** Names as the server writes them; repeated ones joined. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Dispatcher.ResponseData['body']
}

export interface Sender {
  readonly connections: Connections
  readonly signal: AbortSignal
  /** `User-Agent` and the like: they win over given ones. */
  readonly ownHeaders: Readonly<Record<string, string>>
}

interface Hop {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: RequestBody | null
}

/**
 * Sends the request and follows redirects when they are allowed, as Python's requests does: 303, 302 and a 301 to a
 * POST become a GET; credentials and cookies stay with the host they were given for.
 *
 * @throws InvalidError for a host that the lists forbid
 * @throws UnavailableError when a redirect leads nowhere or there are too many
 */
export async function exchange(parameters: HttpParameters, sender: Sender): Promise<HttpResponse> {
  const cookies = new HostCookies(parameters)
  let hop = firstHop(parameters, sender)
  let shown = parameters.givenUrl
  for (let redirects = 0; ; redirects++) {
    checkHost(hop.url, shown, parameters.hosts)
    const response = await send(hop, cookies.headerFor(hop.url), sender)
    const location = headerOf(response.headers, 'location')
    if (!parameters.allowRedirects || location === undefined || !REDIRECTS.includes(response.statusCode))
      return response
    if (redirects === MAX_REDIRECTS) throw new UnavailableError(`Exceeded ${MAX_REDIRECTS} redirects.`)
    cookies.learn(hop.url, response.headers)
    await response.body.dump()
    hop = nextHop(hop, response.statusCode, location)
    shown = hop.url.href
  }
}

const REDIRECTS = [301, 302, 303, 307, 308]
const MAX_REDIRECTS = 30

function firstHop(parameters: HttpParameters, sender: Sender): Hop {
  const body = requestBody(parameters)
  const query = urlEncoded(parameters.query)
  const url = new URL(parameters.url)
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`
  url.username = ''
  url.password = ''
  const type = body?.contentType ?? null
  const headers = merge(
    DEFAULT_HEADERS,
    parameters.headers,
    sender.ownHeaders,
    basicAuth(parameters.credentials),
    type === null ? {} : { 'Content-Type': type },
  )
  return { url, method: parameters.method ?? (body === null ? 'GET' : 'POST'), headers, body }
}

const DEFAULT_HEADERS = { 'Accept-Encoding': 'gzip, deflate', Accept: '*/*' }

/** The length is counted here: a given one could only be wrong. */
const COUNTED_HEADERS = ['content-length']

function basicAuth(credentials: Credentials | null): Record<string, string> {
  if (credentials === null) return {}
  const encoded = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')
  return { Authorization: `Basic ${encoded}` }
}

/** Later ones win, whatever the case of their letters. */
function merge(...sets: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const merged = new Map<string, [string, string]>()
  for (const set of sets) {
    for (const [name, value] of Object.entries(set)) merged.set(name.toLowerCase(), [name, value])
  }
  for (const name of COUNTED_HEADERS) merged.delete(name)
  return Object.fromEntries(merged.values())
}

function nextHop(hop: Hop, status: number, location: string): Hop {
  const url = redirectTarget(location, hop.url)
  const becomesGet =
    hop.method !== 'HEAD' && (status === 303 || status === 302 || (status === 301 && hop.method === 'POST'))
  const dropped = [
    ...(becomesGet ? ['content-type', 'transfer-encoding'] : []),
    ...(url.origin === hop.url.origin ? [] : ['authorization', 'cookie', 'host']),
  ]
  const headers = Object.fromEntries(
    Object.entries(hop.headers).filter(([name]) => !dropped.includes(name.toLowerCase())),
  )
  return { url, method: becomesGet ? 'GET' : hop.method, headers, body: becomesGet ? null : hop.body }
}

function redirectTarget(location: string, base: URL): URL {
  // Header bytes are read one by one as Latin-1; servers write UTF-8 in them.
  const target = Buffer.from(location, 'latin1').toString('utf8')
  const url = URL.canParse(target, base.href) ? new URL(target, base) : null
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url
  throw new UnavailableError(`The redirect to "${target}" leads to no http or https URL`)
}

async function send(hop: Hop, cookie: string | null, { connections, signal }: Sender): Promise<HttpResponse> {
  const response = await connections.forUrl(hop.url).request({
    origin: hop.url.origin,
    path: hop.url.pathname + hop.url.search,
    method: hop.method,
    headers: cookie === null ? hop.headers : { ...hop.headers, Cookie: cookie },
    body: hop.body?.bytes ?? null,
    responseHeaders: 'raw',
    signal,
  })
  return { statusCode: response.statusCode, headers: joinRaw(response.headers), body: response.body }
}

/** Names and values in turn. */
function joinRaw(raw: unknown): Record<string, string> {
  if (!Array.isArray(raw)) return {}
  const parts = raw.map(headerText)
  const joined = new Map<string, [string, string]>()
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = parts[at] ?? ''
    const value = parts[at + 1] ?? ''
    const before = joined.get(name.toLowerCase())
    joined.set(name.toLowerCase(), before === undefined ? [name, value] : [before[0], `${before[1]}, ${value}`])
  }
  return Object.fromEntries(joined.values())
}

function headerText(part: unknown): string {
  return part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : String(part)
}

/** The given cookies and those that redirects set, each for its own host. */
class HostCookies {
  readonly #byHost = new Map<string, Map<string, string>>()

  constructor({ url, cookies }: HttpParameters) {
    this.#byHost.set(url.hostname, new Map(Object.entries(cookies)))
  }

  learn(url: URL, headers: Readonly<Record<string, string>>): void {
    const set = headerOf(headers, 'set-cookie')
    if (set === undefined) return
    const known = this.#byHost.get(url.hostname) ?? new Map<string, string>()
    this.#byHost.set(url.hostname, known)
    // Repeated headers were joined; a comma inside a date is not followed by `name=`.
    for (const cookie of set.split(/,(?=\s*[^\s;,=]+=)/)) {
      const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(cookie) ?? []
      if (name !== undefined && value !== undefined) known.set(name, value)
    }
  }

  headerFor(url: URL): string | null {
    const cookies = this.#byHost.get(url.hostname)
    if (cookies === undefined || cookies.size === 0) return null
    return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}
