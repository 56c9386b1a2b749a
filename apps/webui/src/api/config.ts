/** Settings of the installation, from config.js. Whatever stands there is checked: a wrong value falls back to its default. */
export interface Host {
  readonly name: string
  readonly url: string
  readonly auth: string | true | undefined
  readonly stream: string | undefined
  readonly token: string | undefined
}

export interface Config {
  /** Empty: the server that delivered this page. */
  readonly hosts: readonly Host[]
  /** Bytes. @default 102400 */
  readonly maxResultSize: number
  /** Seconds. @default 7200 */
  readonly inactivitySeconds: number
  readonly showVersion: boolean
  readonly version: string | null
}

declare global {
  interface Window {
    /** Filled by boot.js and config.js. */
    readonly st2constants?: Readonly<Record<string, unknown>>
  }
}

const DEFAULT_MAX_RESULT_SIZE = 102_400
/** The API takes no larger `max_result_size`. */
const LARGEST_MAX_RESULT_SIZE = 14 * 1024 * 1024
const DEFAULT_INACTIVITY_SECONDS = 7200

export function readConfig(constants: Readonly<Record<string, unknown>> = {}): Config {
  const given = asObject(constants['st2Config'])
  const meta = asObject(constants['st2PackageMeta'])
  const size = positive(given['max_execution_result_size_for_render']) ?? DEFAULT_MAX_RESULT_SIZE
  return {
    hosts: Array.isArray(given['hosts']) ? given['hosts'].flatMap(readHost) : [],
    maxResultSize: Math.min(size, LARGEST_MAX_RESULT_SIZE),
    inactivitySeconds: positive(given['application_inactivity_time']) ?? DEFAULT_INACTIVITY_SECONDS,
    showVersion: given['show_version_in_header'] === true,
    version: text(meta['version']) ?? null,
  }
}

export const config = readConfig(typeof window === 'undefined' ? {} : window.st2constants)

function readHost(value: unknown, index: number): Host[] {
  const host = asObject(value)
  const url = text(host['url']) ?? text(host['api'])
  if (url === undefined) return []
  const auth = host['auth'] === true ? true : text(host['auth'])
  return [
    {
      name: text(host['name']) ?? `Server ${index + 1}`,
      url,
      auth,
      stream: text(host['stream']),
      token: text(host['token']),
    },
  ]
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined
}
