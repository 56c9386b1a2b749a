export interface Fault {
  readonly status: number
  /** The status line's text; absent over HTTP/2. */
  readonly statusText: string
  readonly url: string
  /** What the server says is wrong; empty when its answer does not tell. */
  readonly faultstring: string
  /** False when the answer was no JSON: most likely a proxy spoke, not the server. */
  readonly isJson: boolean
  /** Id of the object that already holds the unique key, on 409. */
  readonly conflictId: string | null
  /** On 412: the parts that somebody else changed. */
  readonly changed?: readonly string[]
  /** On 412: the revision there is now. */
  readonly revision?: string | null
  readonly requestId: string | null
}

/** The server answered, and the answer was no success. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly faultstring: string
  readonly isJson: boolean
  readonly conflictId: string | null
  readonly changed: readonly string[]
  readonly revision: string | null
  readonly requestId: string | null

  constructor(fault: Fault) {
    super(fault.faultstring === '' ? `HTTP ${fault.status} ${fault.statusText}`.trimEnd() : fault.faultstring)
    this.status = fault.status
    this.statusText = fault.statusText
    this.url = fault.url
    this.faultstring = fault.faultstring
    this.isJson = fault.isJson
    this.conflictId = fault.conflictId
    this.changed = fault.changed ?? []
    this.revision = fault.revision ?? null
    this.requestId = fault.requestId
  }
}

/** No answer came: refused, reset, unknown host, broken TLS, or the time limit passed. The reason is the `cause`. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly url: string

  constructor(url: string, cause: unknown) {
    super(`No answer from ${url}: ${reasonOf(cause)}`, { cause })
    this.url = url
  }
}

/** The answer is a success, but not what the contract promises. */
export class MalformedAnswerError extends Error {
  override readonly name = 'MalformedAnswerError'
  readonly url: string

  constructor(url: string, reason: string, options?: ErrorOptions) {
    super(`Unexpected answer from ${url}: ${reason}`, options)
    this.url = url
  }
}

export async function faultOf(response: Response, url: string): Promise<Fault> {
  const body = parseObject(await response.text())
  const faultstring = body?.['faultstring']
  const conflictId = body?.['conflict-id']
  const { changed, revision } = body ?? {}
  return {
    status: response.status,
    statusText: response.statusText,
    url,
    faultstring: typeof faultstring === 'string' ? faultstring : '',
    isJson: body !== null,
    conflictId: typeof conflictId === 'string' ? conflictId : null,
    changed: Array.isArray(changed) ? changed.filter((part) => typeof part === 'string') : [],
    revision: typeof revision === 'string' ? revision : null,
    requestId: response.headers.get('x-request-id'),
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** fetch hides the reason in its cause, and Node the address list in an AggregateError. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0)
    return reasonOf(error.errors[0])
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}
