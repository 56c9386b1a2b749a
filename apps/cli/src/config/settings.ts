import type { Input } from '../shell/input.ts'
import type { Io } from '../shell/io.ts'
import type { Config } from './config-file.ts'

/** Addresses and trust of one invocation. */
export interface Settings {
  readonly baseUrl: string
  readonly apiUrl: string
  readonly authUrl: string
  readonly streamUrl: string
  /** A file with authorities to trust; true: those of the system; false: trust everybody. */
  readonly cacert: string | boolean
  /** `user:password` for a proxy in front. */
  readonly basicAuth: string | null
}

const DEFAULT_BASE_URL = 'http://127.0.0.1'
const TRUE_WORDS = ['true', '1', 't', 'y', 'yes']
const FALSE_WORDS = ['false', '0', 'f', 'no']

/** Command line, then configuration file, then environment, then default. @source cli.md 2.1, 2.2 */
export function settingsOf(globals: Input, config: Config, io: Io): Settings {
  const { general } = config
  const pick = (option: string, configured: string | null, variable: string): string | null =>
    globals.text(option) ?? (configured || io.env[variable] || null)
  const base = pick('base_url', general.base_url, 'ST2_BASE_URL') ?? DEFAULT_BASE_URL
  const version = pick('api_version', general.api_version, 'ST2_API_VERSION') ?? 'v1'
  return {
    baseUrl: base,
    apiUrl: pick('api_url', config.api.url, 'ST2_API_URL') ?? `${base}:9101/${version}`,
    authUrl: pick('auth_url', config.auth.url, 'ST2_AUTH_URL') ?? `${base}:9100`,
    streamUrl: pick('stream_url', config.stream.url, 'ST2_STREAM_URL') ?? `${base}:9102/${version}`,
    cacert: trustOf(pick('cacert', general.cacert, 'ST2_CACERT')),
    basicAuth: basicAuthOf(globals.text('basic_auth') ?? config.credentials.basic_auth),
  }
}

function trustOf(word: string | null): string | boolean {
  if (word === null || FALSE_WORDS.includes(word.toLowerCase())) return false
  return TRUE_WORDS.includes(word.toLowerCase()) ? true : word
}

function basicAuthOf(pair: string | null): string | null {
  if (pair !== null && !pair.includes(':')) {
    throw new Error(`"${pair}" is not in the format username:password`)
  }
  return pair
}
