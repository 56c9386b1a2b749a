import { ApiError, MalformedAnswerError, UnreachableError } from '../api-error.ts'
import type { Http } from '../http.ts'
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts'

export interface BackOff {
  /** ms before the first attempt after a loss; doubles with each further one. @default 500 */
  readonly initialMs: number
  /** ms. @default 30000 */
  readonly maxMs: number
}

export const DEFAULT_BACK_OFF: BackOff = { initialMs: 500, maxMs: 30_000 }

/** ms a connection must have lasted for the next loss to begin the back-off anew. */
const STABLE_AFTER_MS = 5_000

/** The connection's own life, told in the order it happens. What was sent between `lost` and `back` is not replayed. */
export type ConnectionState =
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly reason: Error; readonly retryInMs: number }
  | { readonly kind: 'back' }

export interface ConnectionOptions {
  readonly url: string
  readonly signal?: AbortSignal | undefined
  readonly silenceMs: number | null
  readonly backOff?: BackOff | undefined
}

/** The server closed the stream without an error. */
export class StreamEndedError extends Error {
  override readonly name = 'StreamEndedError'
  constructor() {
    super('the server closed the stream')
  }
}

/**
 * Messages of a stream that is opened again whenever it is lost. It ends when the reader stops or the signal fires;
 * an answer that no repetition can change (any 4xx) is thrown.
 */
export async function* keepConnected(
  http: Http,
  options: ConnectionOptions,
): AsyncGenerator<ConnectionState | ({ readonly kind: 'message' } & ServerSentEvent), void, void> {
  const backOff = options.backOff ?? DEFAULT_BACK_OFF
  let losses = 0
  let isFirst = true
  let retryAfterMs = 0
  while (!options.signal?.aborted) {
    const startedAt = performance.now()
    let reason: Error
    try {
      const body = await open(http, options)
      yield isFirst ? { kind: 'open' } : { kind: 'back' }
      isFirst = false
      const events = readServerSentEvents(body, {
        silenceMs: options.silenceMs,
        onRetryAfter: (ms) => {
          retryAfterMs = ms
        },
      })
      for await (const event of events) yield { kind: 'message', ...event }
      reason = new StreamEndedError()
    } catch (error) {
      if (options.signal?.aborted) return
      reason = lossOrThrow(error)
    }
    if (options.signal?.aborted) return
    losses = performance.now() - startedAt > STABLE_AFTER_MS ? 1 : losses + 1
    const retryInMs = Math.min(Math.max(backOff.initialMs * 2 ** (losses - 1), retryAfterMs), backOff.maxMs)
    yield { kind: 'lost', reason, retryInMs }
    await pause(retryInMs, options.signal)
  }
}

async function open(http: Http, options: ConnectionOptions): Promise<ReadableStream<Uint8Array>> {
  const response = await http.send(options.url, {
    signal: options.signal,
    headers: { accept: 'text/event-stream' },
    isStream: true,
  })
  if (response.body === null) throw new MalformedAnswerError(options.url, 'a stream without a body')
  return response.body
}

function lossOrThrow(error: unknown): Error {
  if (error instanceof ApiError && error.status < 500 && error.status !== 429) throw error
  if (error instanceof UnreachableError || error instanceof Error) return error
  throw error
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done)
  })
}
