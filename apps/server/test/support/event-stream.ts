/** One event of a stream, or a bare newline (`keepalive`). */
export interface SeenEvent {
  readonly event: string
  readonly data: string
}

/** Reads an event stream byte for byte, as a client that knows the wire would. */
export class EventStream implements AsyncDisposable {
  readonly headers: Headers
  readonly status: number
  readonly #abort: AbortController
  readonly #events: AsyncGenerator<SeenEvent>

  private constructor(response: Response, abort: AbortController) {
    this.headers = response.headers
    this.status = response.status
    this.#abort = abort
    this.#events = readEvents(response)
  }

  static async open(url: string, token: string): Promise<EventStream> {
    const abort = new AbortController()
    const response = await fetch(url, { headers: { 'x-auth-token': token }, signal: abort.signal })
    return new EventStream(response, abort)
  }

  /** The next event; null when the server closed the stream. */
  async next(deadlineMs = 20_000): Promise<SeenEvent | null> {
    const { promise, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error(`no event within ${deadlineMs} ms`)), deadlineMs)
    try {
      const item = await Promise.race([this.#events.next(), promise])
      return item.done === true ? null : item.value
    } finally {
      clearTimeout(timer)
    }
  }

  /** Every event up to and including the first that fits; up to the end of the stream when none is asked for. */
  async upTo(isLast: (event: SeenEvent) => boolean = () => false): Promise<SeenEvent[]> {
    const events: SeenEvent[] = []
    for (let event = await this.next(); event !== null; event = await this.next()) {
      events.push(event)
      if (isLast(event)) break
    }
    return events
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort()
    // The reader may be waiting for bytes: it ends with the abort, and nobody needs its error.
    await this.#events.next().catch(() => undefined)
  }
}

async function* readEvents(response: Response): AsyncGenerator<SeenEvent> {
  if (response.body === null) return
  const decoder = new TextDecoder()
  let buffer = ''
  for await (const chunk of response.body) {
    buffer += decoder.decode(chunk, { stream: true })
    for (let taken = takeEvent(buffer); taken !== null; taken = takeEvent(buffer)) {
      buffer = taken.rest
      yield taken.event
    }
  }
}

function takeEvent(buffer: string): { event: SeenEvent; rest: string } | null {
  if (buffer.startsWith('\n')) return { event: { event: 'keepalive', data: '' }, rest: buffer.slice(1) }
  const end = buffer.indexOf('\n\n')
  if (end === -1) return null
  const match = /^event: (.*)\ndata: (.*)$/.exec(buffer.slice(0, end))
  if (match === null) throw new Error(`malformed event: ${JSON.stringify(buffer.slice(0, end))}`)
  return { event: { event: match[1] ?? '', data: match[2] ?? '' }, rest: buffer.slice(end + 2) }
}
