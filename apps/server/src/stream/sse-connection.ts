import type { FastifyReply } from 'fastify'

/** One open event stream. A client that is too far behind is dropped; it reconnects and reads the state anew. @source rest-api.md 11 */
export class SseConnection {
  readonly #reply: FastifyReply
  readonly #maxBufferedBytes: number
  readonly #closers: (() => void)[] = []
  #isOpen = true

  /** @param maxBufferedBytes `[stream] max_buffered_bytes` */
  constructor(reply: FastifyReply, maxBufferedBytes: number) {
    this.#reply = reply
    this.#maxBufferedBytes = maxBufferedBytes
    const headers = reply.getHeaders()
    reply.hijack()
    reply.raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': 'text/event-stream; charset=UTF-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    })
    // The head tells the client that it is connected, however long nothing happens.
    reply.raw.flushHeaders()
    reply.raw.on('close', () => this.#closed())
    reply.raw.on('error', () => this.#closed())
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Called once, when either side ends the stream. */
  onClose(call: () => void): void {
    if (this.#isOpen) this.#closers.push(call)
    else call()
  }

  send(event: string, data: string): void {
    this.#write(`event: ${event}\ndata: ${data}\n\n`)
  }

  /** Resolves when the client has taken what was sent, or is gone: for whoever sends more than fits at once. */
  async drained(): Promise<void> {
    const { raw } = this.#reply
    if (!this.#isOpen || !raw.writableNeedDrain) return
    const { promise, resolve } = Promise.withResolvers<void>()
    raw.once('drain', resolve)
    raw.once('close', resolve)
    await promise
    raw.off('drain', resolve)
    raw.off('close', resolve)
  }

  /** A bare newline: clients rely on it being no comment. */
  keepAlive(): void {
    this.#write('\n')
  }

  end(): void {
    if (this.#isOpen) this.#reply.raw.end()
  }

  #write(text: string): void {
    if (!this.#isOpen) return
    this.#reply.raw.write(text)
    if (this.#reply.raw.writableLength > this.#maxBufferedBytes) this.#reply.raw.destroy()
  }

  #closed(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const close of this.#closers) close()
  }
}
