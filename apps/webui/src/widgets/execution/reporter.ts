import { isRecord } from '../json-record.ts'

/** How a result is shown, by the runner that made it. Pure. */
export type Report =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'process'
      /** What the action returned, for runners that tell it apart from what was printed. */
      readonly returned: unknown
      readonly stdout: unknown
      readonly stderr: unknown
      readonly error: string | null
      readonly traceback: string | null
      readonly exitCode: number | null
    }
  | { readonly kind: 'hosts'; readonly hosts: readonly { readonly host: string; readonly report: Report }[] }
  | {
      readonly kind: 'http'
      readonly request: string
      readonly statusCode: number | null
      readonly headers: unknown
      readonly body: unknown
      readonly error: string | null
      readonly traceback: string | null
    }
  | { readonly kind: 'json'; readonly value: unknown }

type Runner = 'process' | 'python' | 'remote' | 'http'

const RUNNERS: Readonly<Record<string, Runner>> = {
  'local-shell-cmd': 'process',
  'local-shell-script': 'process',
  'run-local': 'process',
  'run-local-script': 'process',
  cloudslang: 'process',
  'winrm-cmd': 'process',
  'winrm-ps-cmd': 'process',
  'winrm-ps-script': 'process',
  'remote-shell-cmd': 'remote',
  'remote-shell-script': 'remote',
  'run-remote': 'remote',
  'run-remote-script': 'remote',
  'python-script': 'python',
  'run-python': 'python',
  'python-shell': 'python',
  'http-request': 'http',
  'http-runner': 'http',
}

/** Runners whose executions print while they run. */
export function printsOutput(runner: string): boolean {
  const known = RUNNERS[runner]
  return known === 'process' || known === 'python' || known === 'remote'
}

export function reportOf(runner: string, result: unknown, parameters: Readonly<Record<string, unknown>> = {}): Report {
  if (isEmpty(result)) return { kind: 'empty' }
  if (!isRecord(result)) return { kind: 'json', value: result }
  const known = RUNNERS[runner]
  if (known === 'http') return httpReport(result, parameters)
  if (known === 'process' || known === 'python')
    return ranAtAll(result) ? processReport(result, known) : { kind: 'json', value: result }
  if (known === 'remote') return remoteReport(result)
  // a run that broke before its runner said anything
  return 'traceback' in result && typeof result['error'] === 'string'
    ? processReport(result, 'process')
    : { kind: 'json', value: result }
}

function processReport(result: Readonly<Record<string, unknown>>, runner: 'process' | 'python'): Report {
  return {
    kind: 'process',
    returned: runner === 'python' && !isNone(result['result']) ? result['result'] : undefined,
    stdout: result['stdout'] ?? '',
    stderr: result['stderr'] ?? '',
    error: textOf(result['error']),
    traceback: textOf(result['traceback']),
    exitCode: numberOf(result['return_code'] ?? result['exit_code']),
  }
}

/** A run that was canceled or abandoned has a result of another shape, such as a message. */
function ranAtAll(result: Readonly<Record<string, unknown>>): boolean {
  return ['stdout', 'stderr', 'error', 'result'].some((name) => name in result)
}

/** The text `None` is what a Python action without a return value leaves. */
function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === 'None'
}

function remoteReport(result: Readonly<Record<string, unknown>>): Report {
  const hosts = Object.entries(result).flatMap(([host, value]) =>
    isRecord(value) && !['stdout', 'stderr'].includes(host) ? [{ host, report: processReport(value, 'process') }] : [],
  )
  return hosts.length === 0 ? processReport(result, 'process') : { kind: 'hosts', hosts }
}

function httpReport(result: Readonly<Record<string, unknown>>, parameters: Readonly<Record<string, unknown>>): Report {
  return {
    kind: 'http',
    request: `${textOf(parameters['method']) ?? 'GET'} ${textOf(parameters['url']) ?? ''}`.trim(),
    statusCode: numberOf(result['status_code']),
    headers: result['headers'],
    body: result['body'],
    error: textOf(result['error']),
    traceback: textOf(result['traceback']),
  }
}

function isEmpty(result: unknown): boolean {
  if (result === undefined || result === null || result === '') return true
  return isRecord(result) && Object.keys(result).length === 0
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
