import { createParser } from 'eventsource-parser'

/** Characters of one message; a larger one ends the connection with an error instead of filling the memory. */
export const MAX_MESSAGE_CHARACTERS = 64 * 1024 * 1024

export interface ServerSentEvent {
  readonly event: string
  readonly data: string
}

export interface ReadOptions {
  /** ms without a single byte after which the connection counts as dead; null: it may be silent for ever. */
  readonly silenceMs: number | null
  readonly onRetryAfter: (ms: number) => void
}

/** The server said nothing for longer than its keepalives allow. */
export class StreamSilentError extends Error {
  override readonly name = 'StreamSilentError'
  constructor(silenceMs: number) {
    super(`nothing was received for ${silenceMs / 1000} s`)
  }
}

/**
 * Messages of one open response, until it ends. Keepalives (bare newlines) only show that it lives.
 * The body is cancelled when the reader of this iterable stops.
 */
export async function* readServerSentEvents(
  body: ReadableStream<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<ServerSentEvent, void, void> {
  const ready: ServerSentEvent[] = []
  const failures: Error[] = []
  const parser = createParser({
    maxBufferSize: MAX_MESSAGE_CHARACTERS,
    onEvent: (message) => ready.push({ event: message.event ?? 'message', data: message.data }),
    onRetry: options.onRetryAfter,
    onError: (error) => {
      // unknown fields are ignored, as the format asks; a message beyond the limit is not
      if (error.type === 'max-buffer-size-exceeded') failures.push(error)
    },
  })
  const reader = body.getReader()
  const decoder = new TextDecoder()
  try {
    for (;;) {
      const chunk = await withinSilence(reader.read(), options.silenceMs)
      if (chunk.done) return
      parser.feed(decoder.decode(chunk.value, { stream: true }))
      yield* ready.splice(0)
      const failure = failures[0]
      if (failure !== undefined) throw failure
    }
  } finally {
    // the connection may be gone already, which is what cancelling wants
    await reader.cancel().catch(() => undefined)
  }
}

async function withinSilence<T>(work: Promise<T>, silenceMs: number | null): Promise<T> {
  if (silenceMs === null) return work
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StreamSilentError(silenceMs)), silenceMs)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}
