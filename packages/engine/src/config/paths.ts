import { join, resolve } from 'node:path'
import { ConfigError } from './config-error.ts'
import type { LoadedConfig } from './load-config.ts'

/** Where things are on disk. All absolute. */
export interface Paths {
  readonly dataDir: string
  /** Searched in this order; the first pack of a name wins. */
  readonly packBasePaths: readonly string[]
  /** Takes installed packs and copies of edited ones; the first of the search path that may be written. */
  readonly writablePacksDir: string
  readonly configsDir: string
  readonly overridesDir: string
  readonly virtualenvsDir: string
  readonly htpasswdFile: string
  readonly encryptionKeyFile: string
}

export interface PathsContext {
  /** Relative paths of the configuration start here. */
  readonly workingDir: string
  /** The packs/ folder that comes with the server: read-only. */
  readonly shippedPacksDir: string
}

/**
 * Embedded: everything under `[server] data_dir`, installed packs before shipped ones. When `[system] base_path` or
 * `[content] system_packs_base_path` is set: upstream's layout, shipped packs last.
 *
 * @throws ConfigError for an auth.backend_kwargs that is no JSON object
 * @source architecture.md 5 "Content", config.md 2.1, packs-and-runners.md 1.1
 */
export function derivePaths(loaded: LoadedConfig, context: PathsContext): Paths {
  const { config } = loaded
  const absolute = (path: string) => resolve(context.workingDir, path)
  const dataDir = absolute(config.server.data_dir)
  const base = loaded.isSet('system', 'base_path') ? absolute(config.system.base_path) : dataDir
  const writablePacksDir = loaded.isSet('content', 'system_packs_base_path')
    ? absolute(config.content.system_packs_base_path)
    : join(base, 'packs')
  const extra = (config.content.packs_base_paths ?? '').split(':').filter((path) => path !== '')
  const packBasePaths = [writablePacksDir, absolute(context.shippedPacksDir), ...extra.map(absolute)]
  return {
    dataDir,
    packBasePaths: [...new Set(packBasePaths)],
    writablePacksDir,
    configsDir: join(base, 'configs'),
    overridesDir: join(base, 'overrides'),
    virtualenvsDir: join(base, 'virtualenvs'),
    htpasswdFile: absolute(htpasswdOf(config.auth.backend_kwargs) ?? join(dataDir, 'htpasswd')),
    encryptionKeyFile:
      config.keyvalue.encryption_key_path === ''
        ? join(dataDir, 'keys', 'datastore_key.json')
        : absolute(config.keyvalue.encryption_key_path),
  }
}

function htpasswdOf(backendKwargs: string | null): string | null {
  if (backendKwargs === null || backendKwargs.trim() === '') return null
  const kwargs = parseObject(backendKwargs)
  const path = kwargs?.['file_path']
  if (kwargs === null || (path !== undefined && typeof path !== 'string')) {
    throw new ConfigError('[auth] backend_kwargs: not a JSON object with a string "file_path"')
  }
  return path ?? null
}

function parseObject(text: string): Record<string, unknown> | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}
