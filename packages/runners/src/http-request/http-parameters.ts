import type { RunRequest } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { typeName } from '@st2/python-values'

/** What the action asks for, read from runner parameters and, by name, from action parameters. */
export interface HttpParameters {
  readonly url: URL
  /** As it was given: messages show it. */
  readonly givenUrl: string
  readonly method: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly file: HttpFile | null
  readonly credentials: Credentials | null
  readonly timeoutSeconds: number
  readonly allowRedirects: boolean
  readonly verifyCertificate: boolean
  readonly proxies: { readonly http: string | null; readonly https: string | null }
  readonly hosts: HostLists
}

export interface HttpFile {
  readonly name: string
  readonly content: string
  readonly contentType: string | null
}

export interface Credentials {
  readonly username: string
  readonly password: string
}

export interface HostLists {
  readonly forbidden: readonly string[] | null
  readonly allowed: readonly string[] | null
}

type Given = Readonly<Record<string, unknown>>

/** @throws InvalidError that names the parameter. @source packs-and-runners.md 4.4 */
export function httpParameters({ runner_parameters: runner, action_parameters: action }: RunRequest): HttpParameters {
  const givenUrl = text(runner, 'url') ?? fail('Parameter "url" is required')
  const url = parseUrl(givenUrl)
  return {
    url,
    givenUrl,
    method: text(action, 'method')?.toUpperCase() ?? null,
    headers: texts(runner, 'headers'),
    cookies: texts(runner, 'cookies'),
    query: object(action, 'params'),
    body: action['body'] ?? null,
    file: fileOf(action),
    credentials: credentialsOf(runner, action, url),
    timeoutSeconds: timeoutOf(action['timeout']),
    allowRedirects: runner['allow_redirects'] === true,
    verifyCertificate: runner['verify_ssl_cert'] !== false,
    proxies: { http: text(runner, 'http_proxy'), https: text(runner, 'https_proxy') },
    hosts: hostLists(runner),
  }
}

const DEFAULT_TIMEOUT_SECONDS = 60

function parseUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : fail(`Parameter "url": "${given}" is no absolute URL`)
  if (url.protocol === 'http:' || url.protocol === 'https:') return url
  return fail(`Parameter "url": "${given}" is neither an http nor an https URL`)
}

/** Both parts are needed: a path alone was for the client, which turns it into them. */
function fileOf(action: Given): HttpFile | null {
  const name = text(action, 'file_name')
  const content = text(action, 'file_content')
  if (name === null || content === null) return null
  return { name, content, contentType: text(action, 'file_content_type') }
}

/** `username` and `password` come before `auth` (`name:password`), and that before what the URL holds. */
function credentialsOf(runner: Given, action: Given, url: URL): Credentials | null {
  const username = text(runner, 'username')
  const password = text(runner, 'password')
  if (username !== null || password !== null) return { username: username ?? '', password: password ?? '' }
  const auth = text(action, 'auth')
  if (auth !== null) {
    const colon = auth.indexOf(':')
    return colon === -1
      ? { username: auth, password: '' }
      : { username: auth.slice(0, colon), password: auth.slice(colon + 1) }
  }
  if (url.username === '' && url.password === '') return null
  return { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
}

function timeoutOf(value: unknown): number {
  if (value === null || value === undefined) return DEFAULT_TIMEOUT_SECONDS
  if (typeof value === 'number' && value > 0) return value
  return fail('Parameter "timeout" must be a number of seconds above 0')
}

function hostLists(runner: Given): HostLists {
  const forbidden = list(runner, 'url_hosts_blacklist')
  const allowed = list(runner, 'url_hosts_whitelist')
  if (forbidden !== null && allowed !== null) {
    return fail(
      '"url_hosts_blacklist" and "url_hosts_whitelist" parameters are mutually exclusive. Only one should be provided.',
    )
  }
  return { forbidden, allowed }
}

/** null for an empty text. */
function text(given: Given, name: string): string | null {
  const value = given[name] ?? null
  if (value === null || value === '') return null
  return typeof value === 'string' ? value : fail(`Parameter "${name}" must be a string, got ${typeName(value)}`)
}

function object(given: Given, name: string): Record<string, unknown> {
  const value = given[name] ?? {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail(`Parameter "${name}" must be an object, got ${typeName(value)}`)
  }
  return { ...value }
}

/** A null value means: leave it out. */
function texts(given: Given, name: string): Record<string, string> {
  const entries = Object.entries(object(given, name)).filter(([, value]) => value !== null)
  return Object.fromEntries(
    entries.map(([key, value]) =>
      typeof value === 'string'
        ? [key, value]
        : fail(`Parameter "${name}.${key}" must be a string, got ${typeName(value)}`),
    ),
  )
}

/** null when there is none: an empty list is no list. */
function list(given: Given, name: string): string[] | null {
  const value = given[name] ?? []
  if (!Array.isArray(value)) return fail(`Parameter "${name}" must be an array, got ${typeName(value)}`)
  const entries = value.map((entry: unknown) =>
    typeof entry === 'string' ? entry : fail(`Parameter "${name}" must hold strings only, got ${typeName(entry)}`),
  )
  return entries.length === 0 ? null : entries
}

function fail(message: string): never {
  throw new InvalidError(message)
}
