/** Requests for a terminal: as `st2 run` and as curl. Pure. */
import type { ParameterSchemas } from '@st2/model'

export interface RunRequest {
  readonly action: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly traceTag?: string
}

/** Quoted for a POSIX shell; plain words stay as they are. */
export function quoteShell(text: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(text)) return text
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** Secrets are never written out: a placeholder in angle brackets stands for them. */
export function withoutSecrets(
  parameters: RunRequest['parameters'],
  schemas: ParameterSchemas,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, schemas[name]?.secret === true ? `<${name}>` : value]),
  )
}

export function asSt2Run({ action, parameters, traceTag }: RunRequest): string {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${quoteShell(argumentOf(value))}`)
  const tag = traceTag ? [`--trace-tag ${quoteShell(traceTag)}`] : []
  return ['st2 run', quoteShell(action), ...tag, ...words].join(' ')
}

export function asCurl(url: string, { action, parameters, traceTag }: RunRequest): string {
  const body = { action, parameters, ...(traceTag ? { context: { trace_context: { trace_tag: traceTag } } } : {}) }
  return asCurlPost(url, body)
}

/** The token stands as the variable that the command line client uses. */
export function asCurlPost(url: string, body: unknown): string {
  return [
    `curl -X POST ${quoteShell(url)}`,
    `-H "X-Auth-Token: $ST2_AUTH_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoteShell(JSON.stringify(body))}`,
  ].join(' \\\n  ')
}

function argumentOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
