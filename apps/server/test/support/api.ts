import { until } from './until.ts'
import { ADMIN, ADMIN_PASSWORD, type TestServer } from './server.ts'

const COMPLETED = ['succeeded', 'failed', 'timeout', 'canceled', 'abandoned']

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown
}

/** An execution as the API shows it, as far as tests read it. */
export interface ShownExecution {
  readonly id: string
  readonly status: string
  readonly result?: unknown
  readonly result_size?: number
  readonly parameters?: Record<string, unknown>
  readonly context: Record<string, unknown>
  readonly log: readonly { readonly status: string; readonly timestamp: string }[]
  readonly start_timestamp: string
  readonly end_timestamp?: string
  readonly action: Record<string, unknown>
  readonly liveaction: Record<string, unknown>
}

export interface ApiRequest {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Requests with a token, and the few steps that most tests share. */
export class TestApi {
  readonly token: string
  readonly #server: Pick<TestServer, 'url' | 'api'>

  constructor(server: Pick<TestServer, 'url' | 'api'>, token: string) {
    this.#server = server
    this.token = token
  }

  /** @param path below /api/v1, or from the root of the server when it begins with /auth, /stream or /api */
  async ask(method: string, path: string, request: ApiRequest = {}): Promise<Answer> {
    const headers: Record<string, string> = { 'x-auth-token': this.token, ...request.headers }
    if (request.body !== undefined) headers['content-type'] ??= 'application/json'
    const { body } = request
    const init: RequestInit = { method, headers, redirect: 'manual' }
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body)
    return answerOf(await fetch(this.#address(path), init))
  }

  async get<T = unknown>(path: string): Promise<T> {
    return expectStatus<T>(await this.ask('GET', path), 200)
  }

  /** Requests an execution that must be accepted. */
  async run(
    action: string,
    parameters: Record<string, unknown> = {},
    more: Record<string, unknown> = {},
  ): Promise<ShownExecution> {
    return expectStatus<ShownExecution>(
      await this.ask('POST', '/executions', { body: { action, parameters, ...more } }),
      201,
    )
  }

  execution(id: string): Promise<ShownExecution> {
    return this.get<ShownExecution>(`/executions/${id}`)
  }

  finished(id: string, deadlineMs?: number): Promise<ShownExecution> {
    return until(`execution ${id} ends`, () => this.#when(id, COMPLETED), deadlineMs)
  }

  reaches(id: string, status: string, deadlineMs?: number): Promise<ShownExecution> {
    return until(`execution ${id} is ${status}`, () => this.#when(id, [status]), deadlineMs)
  }

  async #when(id: string, statuses: readonly string[]): Promise<ShownExecution | null> {
    const execution = await this.execution(id)
    return statuses.includes(execution.status) ? execution : null
  }

  #address(path: string): string {
    return /^\/(api|auth|stream)(\/|$)/.test(path) ? this.#server.url + path : `${this.#server.api}/v1${path}`
  }
}

export async function api(
  server: Pick<TestServer, 'url' | 'api' | 'auth'>,
  user = ADMIN,
  password = ADMIN_PASSWORD,
): Promise<TestApi> {
  const { token } = await login(server, user, password)
  return new TestApi(server, token)
}

export async function login(
  server: Pick<TestServer, 'auth'>,
  user: string,
  password: string,
): Promise<{ token: string; user: string }> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const answer = await fetch(`${server.auth}/v1/tokens`, { method: 'POST', headers: { authorization } })
  return expectStatus(await answerOf(answer), 201)
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parse(text) }
}

export function expectStatus<T>(answer: Answer, status: number): T {
  if (answer.status !== status)
    throw new Error(`answered ${answer.status}, not ${status}: ${answer.text.slice(0, 500)}`)
  // Tests look at what they were given; a wrong shape fails there.
  return answer.body as T
}

export function faultOf(answer: Answer): string | undefined {
  const { body } = answer
  if (typeof body !== 'object' || body === null || !('faultstring' in body)) return undefined
  return typeof body.faultstring === 'string' ? body.faultstring : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
