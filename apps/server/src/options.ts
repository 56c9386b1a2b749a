import { readArguments, UsageError } from './program-arguments.ts'
import { type ServiceName, SERVICES } from './services.ts'

/** What the command line says. */
export interface ServerOptions {
  readonly configFiles: readonly string[]
  readonly readyFile: string | null
  readonly hasDirectPorts: boolean
  /** null: every service. */
  readonly services: readonly ServiceName[] | null
  /** `<group>.<option>` → value, over file and environment. */
  readonly overrides: Readonly<Record<string, string>>
}

export const USAGE = `Usage: st2-server [options]
       st2-server export|import FILE [--data-dir FOLDER] [--config-file FILE]

  --port N             the one port of WebUI, /api, /auth and /stream (default 8080; 0 picks a free one)
  --host ADDRESS       address to listen on (default 127.0.0.1)
  --data-dir FOLDER    everything the server writes (default .st2)
  --config-file FILE   an st2.conf; may be repeated, later files win
  --ready-file FILE    written as JSON {url, api, auth, stream, pid} once requests are answered
  --no-direct-ports    do not listen on 9100 (auth), 9101 (api) and 9102 (stream)
  --services LIST      comma-separated, default all: ${SERVICES.slice(0, 5).join(', ')},
                       ${SERVICES.slice(5).join(', ')}
  --help, --version
`

export type ParsedCommandLine = { readonly show: 'help' | 'version' } | ServerOptions

export function parseCommandLine(args: readonly string[]): ParsedCommandLine {
  const values = readArguments(args, {
    port: { type: 'string' },
    host: { type: 'string' },
    'data-dir': { type: 'string' },
    'config-file': { type: 'string', multiple: true },
    'ready-file': { type: 'string' },
    'no-direct-ports': { type: 'boolean' },
    services: { type: 'string' },
    help: { type: 'boolean' },
    version: { type: 'boolean' },
  })
  if (values.help === true) return { show: 'help' }
  if (values.version === true) return { show: 'version' }
  const overrides: Record<string, string> = {}
  if (values.port !== undefined) overrides['server.port'] = requirePort(values.port)
  if (values.host !== undefined) overrides['server.host'] = requireText('--host', values.host)
  if (values['data-dir'] !== undefined) overrides['server.data_dir'] = requireText('--data-dir', values['data-dir'])
  return {
    configFiles: values['config-file'] ?? [],
    readyFile: values['ready-file'] ?? null,
    hasDirectPorts: values['no-direct-ports'] !== true,
    services: values.services === undefined ? null : requireServices(values.services),
    overrides,
  }
}

/** A `$` is itself here, not a reference to another option. */
function requireText(option: string, text: string): string {
  if (text.trim() !== '') return text.replaceAll('$', '$$$$')
  throw new UsageError(`${option} must not be empty`)
}

function requirePort(text: string): string {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return text
  throw new UsageError(`--port must be a number from 0 to 65535, not "${text}"`)
}

function requireServices(text: string): ServiceName[] {
  return text.split(',').map((part) => {
    const name = part.trim()
    const found = SERVICES.find((service) => service === name)
    if (found === undefined) throw new UsageError(`--services: "${name}" is none of ${SERVICES.join(', ')}`)
    return found
  })
}
