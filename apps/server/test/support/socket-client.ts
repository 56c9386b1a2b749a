import { WebSocket } from 'ws'

/** A message of the server: one of its keys says what it is. */
export type SeenMessage = Readonly<Record<string, unknown>>

export interface SocketOpening {
  readonly headers?: Readonly<Record<string, string>>
  readonly origin?: string
  readonly protocols?: readonly string[]
  /** Who signed the server's certificate. */
  readonly ca?: Buffer
}

/** A WebSocket as a client that knows the wire would use it. */
export class TestSocket implements AsyncDisposable {
  readonly socket: WebSocket
  /** Every message that came, in order. */
  readonly seen: SeenMessage[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  #taken = 0
  #arrived = Promise.withResolvers<void>()

  private constructor(socket: WebSocket) {
    this.socket = socket
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        resolve({ code, reason: String(reason) })
        this.#wake()
      }),
    )
    socket.on('message', (data) => {
      this.seen.push(JSON.parse(String(data)))
      this.#wake()
    })
  }

  /** @throws with the status of the answer when the server refuses */
  static async open(
    url: string,
    { headers = {}, protocols = [], ...opening }: SocketOpening = {},
  ): Promise<TestSocket> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), [...protocols], { headers, ...opening })
    const opened = new TestSocket(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return opened
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** The next message, in order; null when the server closed. */
  async next(deadlineMs = 20_000): Promise<SeenMessage | null> {
    const timeout = Promise.withResolvers<never>()
    const timer = setTimeout(() => timeout.reject(new Error(`no message within ${deadlineMs} ms`)), deadlineMs)
    try {
      while (this.#taken >= this.seen.length) {
        if (this.socket.readyState === WebSocket.CLOSED) return null
        await Promise.race([this.#arrived.promise, timeout.promise])
      }
      return this.seen[this.#taken++] ?? null
    } finally {
      clearTimeout(timer)
    }
  }

  /** Every message up to and including the first that fits. */
  async upTo(isLast: (message: SeenMessage) => boolean): Promise<SeenMessage[]> {
    const messages: SeenMessage[] = []
    for (let message = await this.next(); message !== null; message = await this.next()) {
      messages.push(message)
      if (isLast(message)) return messages
    }
    throw new Error(`the server closed after ${JSON.stringify(messages)}`)
  }

  /** Asks, and answers what the server says to it; events are passed over. */
  async ask(request: object): Promise<SeenMessage> {
    this.send(request)
    const messages = await this.upTo((message) => !('event' in message))
    return messages.at(-1) ?? {}
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate()
    await this.closed
  }

  #wake(): void {
    this.#arrived.resolve()
    this.#arrived = Promise.withResolvers()
  }
}
