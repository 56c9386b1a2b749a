import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Input } from '../shell/input.ts'
import type { Io } from '../shell/io.ts'
import { type Ini, IniError, parseIni } from './ini.ts'

/** Keys the configuration file may hold, with their defaults. @source cli.md 2.1 */
const DEFAULTS = {
  general: {
    base_url: null,
    api_version: null,
    cacert: null,
    silence_ssl_warnings: false,
    silence_schema_output: true,
  },
  cli: { debug: false, cache_token: true, timezone: 'UTC' },
  credentials: { username: null, password: null, api_key: null, basic_auth: null },
  api: { url: null },
  auth: { url: null },
  stream: { url: null },
} as const

export interface Config {
  readonly general: {
    readonly base_url: string | null
    readonly api_version: string | null
    readonly cacert: string | null
    readonly silence_ssl_warnings: boolean
    /** False: executions of actions without output_schema get a hint about `--with-schema`. */
    readonly silence_schema_output: boolean
  }
  readonly cli: {
    readonly debug: boolean
    readonly cache_token: boolean
    /** IANA name of the zone shown times are in. */
    readonly timezone: string
  }
  readonly credentials: {
    readonly username: string | null
    readonly password: string | null
    readonly api_key: string | null
    /** `user:password` for a proxy in front. */
    readonly basic_auth: string | null
  }
  readonly api: { readonly url: string | null }
  readonly auth: { readonly url: string | null }
  readonly stream: { readonly url: string | null }
}

export const DEFAULT_CONFIG: Config = DEFAULTS

const TRUE_WORDS = ['1', 'yes', 'true', 'on']
const FALSE_WORDS = ['0', 'no', 'false', 'off']

export function configDirectory(io: Io): string {
  return join(io.home, '.st2')
}

/** @throws Error when a file was named that does not exist; the default one may be missing */
export async function configPath(globals: Input, io: Io): Promise<string> {
  const standard = join(configDirectory(io), 'config')
  const named = globals.text('config_file') ?? io.env['ST2_CONFIG_FILE']
  const path = named === undefined ? standard : resolve(io.cwd, withHome(named, io))
  if (path !== standard && (await readIni(path)) === null) throw new Error(`Config "${path}" not found`)
  return path
}

export async function loadConfig(globals: Input, io: Io): Promise<Config> {
  const ini = await readIni(await configPath(globals, io))
  return ini === null ? DEFAULT_CONFIG : configOf(ini)
}

/** @returns null when there is no such file */
export async function readIni(path: string): Promise<Ini | null> {
  try {
    return parseIni(await readFile(path, 'utf8'), path)
  } catch (error) {
    if (error instanceof IniError || !isMissing(error)) throw error
    return null
  }
}

/** As `--print-config` shows it. The password stays out of sight. */
export function printableConfig(config: Config): string {
  const sections = Object.entries(config).map(([section, keys]) => {
    const lines = Object.entries(keys).map(([key, value]) => `${key} = ${shown(key, value)}\n`)
    return `[${section}]\n${lines.join('')}`
  })
  return sections.join('')
}

const SECRET_KEYS = ['password', 'api_key', 'basic_auth']

function shown(key: string, value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return SECRET_KEYS.includes(key) ? '********' : String(value)
}

function configOf(ini: Ini): Config {
  const text = (section: keyof Config, key: string): string | null => ini.get(section)?.get(key) ?? null
  const flag = (section: keyof Config, key: string, otherwise: boolean): boolean =>
    booleanOf(text(section, key), otherwise)
  return {
    general: {
      base_url: text('general', 'base_url'),
      api_version: text('general', 'api_version'),
      cacert: text('general', 'cacert'),
      silence_ssl_warnings: flag('general', 'silence_ssl_warnings', DEFAULTS.general.silence_ssl_warnings),
      silence_schema_output: flag('general', 'silence_schema_output', DEFAULTS.general.silence_schema_output),
    },
    cli: {
      debug: flag('cli', 'debug', DEFAULTS.cli.debug),
      cache_token: flag('cli', 'cache_token', DEFAULTS.cli.cache_token),
      timezone: text('cli', 'timezone') ?? DEFAULTS.cli.timezone,
    },
    credentials: {
      username: text('credentials', 'username'),
      password: text('credentials', 'password'),
      api_key: text('credentials', 'api_key'),
      basic_auth: text('credentials', 'basic_auth'),
    },
    api: { url: text('api', 'url') },
    auth: { url: text('auth', 'url') },
    stream: { url: text('stream', 'url') },
  }
}

function booleanOf(word: string | null, otherwise: boolean): boolean {
  if (word === null) return otherwise
  const lower = word.toLowerCase()
  if (TRUE_WORDS.includes(lower)) return true
  if (FALSE_WORDS.includes(lower)) return false
  throw new Error(`Not a boolean: ${word}`)
}

function withHome(path: string, io: Io): string {
  return path === '~' || path.startsWith('~/') ? join(io.home || homedir(), path.slice(1)) : path
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
