import type { RunOutcome, RunRequest, Runner } from '@st2/engine/runner'
import { St2Error, UnavailableError } from '@st2/model'
import { repr, reprFloat } from '@st2/python-values'
import type { Connections } from './connection.ts'
import { exchange } from './exchange.ts'
import { type HttpParameters, httpParameters } from './http-parameters.ts'
import { httpRequestManifest } from './manifest.ts'
import { headerOf } from './request-body.ts'
import { bodyText, parseBody, readBody } from './response-body.ts'

/** Sends one HTTP request. @source packs-and-runners.md 4.4 */
export const httpRequestRunner: Runner = {
  manifest: httpRequestManifest,
  place: 'host',
  needsToken: false,
  async run(request, _io, signal) {
    const parameters = httpParameters(request)
    const timeout = AbortSignal.timeout(Math.min(parameters.timeoutSeconds * 1000, MAX_TIMER_MS))
    // The HTTP client is large: it is loaded by the first run, and never by a server that only lists its runners.
    const { Connections } = await import('./connection.ts')
    const connections = new Connections(parameters)
    try {
      return await ask(request, parameters, connections, AbortSignal.any([signal, timeout]))
    } catch (error) {
      if (signal.aborted) return { status: 'canceled', result: { error: 'Action canceled' } }
      if (timeout.aborted) return { status: 'timeout', result: { error: timeoutText(parameters) } }
      throw error instanceof St2Error ? error : new UnavailableError(failureText(parameters, error), { cause: error })
    } finally {
      await connections.close()
    }
  },
}

/** Timers hold 31 bits; what is longer waits that long: 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Upstream's list: the other codes of the family count as failures. */
const SUCCESSES = [200, 201, 202, 203, 204, 205, 206]

async function ask(
  request: RunRequest,
  parameters: HttpParameters,
  connections: Connections,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const ownHeaders = { 'User-Agent': `st2/v${request.version}`, 'X-Stanley-Action': request.action.name }
  const response = await exchange(parameters, { connections, signal, ownHeaders })
  const contentType = headerOf(response.headers, 'content-type') ?? ''
  const encoding = parameters.method === 'HEAD' ? undefined : headerOf(response.headers, 'content-encoding')
  const bytes = await readBody(response.body, encoding, request.limits.max_output_size)
  const { body, parsed } = parseBody(bodyText(bytes, contentType), contentType)
  return {
    status: SUCCESSES.includes(response.statusCode) ? 'succeeded' : 'failed',
    result: { status_code: response.statusCode, body, parsed, headers: response.headers },
  }
}

/** The text that Python's requests gives. */
function timeoutText({ url, timeoutSeconds }: HttpParameters): string {
  const seconds = reprFloat(timeoutSeconds)
  return `${poolName(url)}: Read timed out. (read timeout=${seconds})`
}

function poolName(url: URL): string {
  const secure = url.protocol === 'https:'
  const port = url.port === '' ? (secure ? 443 : 80) : url.port
  return `${secure ? 'HTTPS' : 'HTTP'}ConnectionPool(host=${repr(url.hostname)}, port=${port})`
}

/** Several addresses were tried: the reasons are inside. */
function failureText({ url }: HttpParameters, error: unknown): string {
  const reasons = error instanceof AggregateError ? error.errors : [error]
  const texts = reasons.map((reason: unknown) => (reason instanceof Error ? reason.message : String(reason)))
  return `Request to ${url.host} failed: ${[...new Set(texts)].join('; ')}`
}
