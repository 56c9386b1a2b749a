import { ApiError, faultOf, MalformedAnswerError, UnreachableError } from './api-error.ts'

/** ms; the reference proxy gives up on a request after the same time. */
export const DEFAULT_TIMEOUT_MS = 90_000

export type Secret = string | null | undefined
export type SecretSource = Secret | (() => Secret)

export interface HttpOptions {
  /** Sent as `X-Auth-Token`; a function is asked before each request. */
  readonly token?: SecretSource
  /** Sent as `St2-Api-Key`. When both are known both are sent, and the server prefers the token. */
  readonly apiKey?: SecretSource
  /** Extra headers of every request, such as credentials for a proxy in front. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Told of every 401 before the error is thrown, except that of a login. */
  readonly onUnauthorized?: ((error: ApiError) => void) | undefined
  /** Reads answers; for callers that need numbers exactly as written. @default JSON.parse */
  readonly parseJson?: ((text: string) => unknown) | undefined
  /** Writes bodies; the counterpart of `parseJson`. @default JSON.stringify */
  readonly stringifyJson?: ((value: unknown) => string) | undefined
  /** ms until an answer must have begun; streams are not bound by it. @default 90000 */
  readonly timeoutMs?: number | undefined
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined
}

export interface HttpRequest extends RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  /** A body that is sent as it is; its content type stands in the headers. */
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A login's 401 says that the password is wrong, not that a session ended. */
  readonly isLogin?: boolean
  /** The body is read for as long as it lasts. */
  readonly isStream?: boolean
}

export interface Http {
  json<T>(url: string, request?: HttpRequest): Promise<T>
  /** The body of an answer that was sent for with `send`. */
  read<T>(response: Response, url: string): Promise<T>
  text(url: string, request?: HttpRequest): Promise<string>
  /** @throws ApiError unless the status is 2xx */
  send(url: string, request?: HttpRequest): Promise<Response>
}

export function createHttp(options: HttpOptions): Http {
  const fetchAnswer = options.fetch ?? globalThis.fetch
  const parse: (text: string) => ReturnType<typeof JSON.parse> = options.parseJson ?? JSON.parse
  const stringify = options.stringifyJson ?? JSON.stringify
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS

  async function send(url: string, request: HttpRequest = {}): Promise<Response> {
    const response = await connect(url, request)
    if (response.ok) return response
    const error = new ApiError(await faultOf(response, url))
    if (error.status === 401 && !request.isLogin) options.onUnauthorized?.(error)
    throw error
  }

  async function connect(url: string, request: HttpRequest): Promise<Response> {
    try {
      return await fetchAnswer(url, initOf(request))
    } catch (cause) {
      if (request.signal?.aborted) throw cause
      throw new UnreachableError(url, cause)
    }
  }

  function initOf(request: HttpRequest): RequestInit {
    const hasBody = request.body !== undefined
    return {
      method: request.method ?? 'GET',
      headers: {
        ...options.headers,
        ...credentialHeaders(options),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...request.headers,
      },
      signal: limited(request, timeoutMs),
      ...(hasBody ? { body: stringify(request.body) } : {}),
      ...(request.text === undefined ? {} : { body: request.text }),
    }
  }

  /** The caller says which contract the URL has; the shape of an answer is the server's promise. */
  async function read<T>(response: Response, url: string): Promise<T> {
    const text = await response.text()
    try {
      return parse(text)
    } catch (cause) {
      throw new MalformedAnswerError(url, 'the body is not JSON', { cause })
    }
  }

  return {
    send,
    read,
    text: async (url, request) => (await send(url, request)).text(),
    json: async <T>(url: string, request?: HttpRequest) => read<T>(await send(url, request), url),
  }
}

function credentialHeaders(options: HttpOptions): Record<string, string> {
  const token = secretOf(options.token)
  const apiKey = secretOf(options.apiKey)
  return { ...(token ? { 'x-auth-token': token } : {}), ...(apiKey ? { 'st2-api-key': apiKey } : {}) }
}

export function secretOf(source: SecretSource): Secret {
  return typeof source === 'function' ? source() : source
}

function limited(request: HttpRequest, timeoutMs: number): AbortSignal | null {
  if (request.isStream) return request.signal ?? null
  const timeout = AbortSignal.timeout(timeoutMs)
  return request.signal ? AbortSignal.any([request.signal, timeout]) : timeout
}
