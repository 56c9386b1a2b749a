import { basicAuthorization, type Client, createClient, UnreachableError } from '@st2/client'
import { dumpsJson } from '@st2/python-values'
import { type Config, DEFAULT_CONFIG, loadConfig } from '../config/config-file.ts'
import { type Settings, settingsOf } from '../config/settings.ts'
import type { Input } from '../shell/input.ts'
import type { Io } from '../shell/io.ts'
import { parseLosslessJson } from './lossless-json.ts'
import { TokenCache } from './token-cache.ts'
import { applyTrust } from './trust.ts'

/** One invocation's connection: whom to ask, as whom, and how times and colours are shown. */
export interface Session {
  readonly client: Client
  readonly config: Config
  readonly settings: Settings
  readonly globals: Input
}

export interface SessionOptions {
  readonly globals: Input
  readonly input: Input
  readonly io: Io
  readonly withoutLogin: boolean
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { globals, input, io } = options
  const config = skipsConfig(globals, io) ? DEFAULT_CONFIG : await loadConfig(globals, io)
  const settings = settingsOf(globals, config, io)
  await applyTrust(settings, config.general.silence_ssl_warnings, io)
  const isDebug = globals.has('debug') || config.cli.debug
  const wire = isDebug ? (await import('./debug-log.ts')).loggingFetch(fetch, io) : fetch
  const credentials = new Credentials({ config, settings, input, io, wire })
  if (!options.withoutLogin) await credentials.loginFromConfig()
  const client = createClient({
    ...endpointsOf(settings),
    headers: proxyHeaders(settings),
    fetch: credentials.fetch,
    parseJson: parseLosslessJson,
    stringifyJson: dumpsJson,
    token: () => credentials.token,
    apiKey: () => credentials.apiKey,
  })
  return { client, config, settings, globals }
}

interface CredentialOptions {
  readonly config: Config
  readonly settings: Settings
  readonly input: Input
  readonly io: Io
  readonly wire: typeof fetch
}

/**
 * Who is asking: command line, then environment, then the configuration file, whose user is logged in when nothing
 * else is known. A cached token that the server no longer knows is replaced once and the request is sent again.
 */
class Credentials {
  token: string | undefined
  readonly apiKey: string | undefined
  private readonly options: CredentialOptions
  private isFromCache = false

  constructor(options: CredentialOptions) {
    const { input, io, config } = options
    this.options = options
    this.token = input.text('token') ?? (io.env['ST2_AUTH_TOKEN'] || undefined)
    this.apiKey = input.text('api_key') ?? (config.credentials.api_key || io.env['ST2_API_KEY'] || undefined)
  }

  readonly fetch: typeof fetch = async (url, init) => {
    const response = await this.options.wire(url, init)
    if (response.status !== 401 || !this.isFromCache || this.options.config.credentials.password === null)
      return response
    this.isFromCache = false
    await this.login(this.options.config.credentials.username ?? '')
    return this.options.wire(url, { ...init, headers: { ...headersOf(init), 'x-auth-token': this.token ?? '' } })
  }

  async loginFromConfig(): Promise<void> {
    const { config, input, io } = this.options
    const { username } = config.credentials
    const isKnown =
      this.token !== undefined || input.text('api_key') !== undefined || (io.env['ST2_API_KEY'] ?? '') !== ''
    if (!username || isKnown) return
    try {
      const cached = config.cli.cache_token ? await new TokenCache(io, username).read() : null
      if (cached === null) await this.login(username)
      else {
        this.token = cached
        this.isFromCache = true
      }
    } catch (error) {
      if (error instanceof UnreachableError) {
        io.err('WARNING - Auth API server is not available, skipping authentication.\n')
        return
      }
      io.out('Failed to authenticate with credentials provided in the config.\n')
      throw error
    }
  }

  private async login(username: string): Promise<void> {
    const { config, settings, wire, io } = this.options
    const { auth } = createClient({ ...endpointsOf(settings), fetch: wire })
    const token = await auth.login(username, config.credentials.password ?? '')
    this.token = token.token
    if (config.cli.cache_token) await new TokenCache(io, username).write(token)
  }
}

function skipsConfig(globals: Input, io: Io): boolean {
  if (globals.has('skip_config')) return true
  const word = io.env['ST2_CLI_SKIP_CONFIG'] ?? '0'
  if (!/^\s*-?\d+\s*$/.test(word)) throw new Error(`ST2_CLI_SKIP_CONFIG must be an integer, not "${word}"`)
  return Number(word) !== 0
}

function endpointsOf(settings: Settings) {
  return { api: settings.apiUrl, auth: settings.authUrl, stream: settings.streamUrl }
}

function proxyHeaders(settings: Settings): Record<string, string> {
  if (settings.basicAuth === null) return {}
  const colon = settings.basicAuth.indexOf(':')
  return { authorization: basicAuthorization(settings.basicAuth.slice(0, colon), settings.basicAuth.slice(colon + 1)) }
}

function headersOf(init: RequestInit | undefined): Record<string, string> {
  return Object.fromEntries(new Headers(init?.headers))
}
