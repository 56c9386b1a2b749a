import { connect, type Socket } from 'node:net'

export interface Reply {
  readonly status: number
  readonly head: string
  readonly body: Buffer
}

/**
 * One keep-alive connection that asks one thing at a time, with as little work as possible: on a small machine the
 * client's own work is part of what is measured.
 */
export class Connection implements Disposable {
  readonly #socket: Socket
  readonly #host: string
  #chunks: Buffer[] = []
  #waiting: PromiseWithResolvers<Reply> | null = null

  private constructor(socket: Socket, host: string) {
    this.#socket = socket
    this.#host = host
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#hear(chunk))
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
    socket.on('error', (error) => this.#waiting?.reject(error))
  }

  static async open(url: string): Promise<Connection> {
    const { hostname, port, host } = new URL(url)
    const socket = connect(Number(port), hostname)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return new Connection(socket, host)
  }

  ask(method: string, path: string, headers: string, body = ''): Promise<Reply> {
    const length = body === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
    this.#waiting = Promise.withResolvers<Reply>()
    this.#socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${headers}${length}\r\n${body}`)
    return this.#waiting.promise
  }

  [Symbol.dispose](): void {
    this.#waiting = null
    this.#socket.destroy()
  }

  #hear(chunk: Buffer): void {
    this.#chunks.push(chunk)
    const all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks)
    this.#chunks = [all]
    const headEnd = all.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const head = all.toString('latin1', 0, headEnd)
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
    if (all.length < headEnd + 4 + length) return
    this.#chunks = []
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.resolve({ status: Number(head.slice(9, 12)), head, body: all.subarray(headEnd + 4, headEnd + 4 + length) })
  }
}

export function headerOf(reply: Reply, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(reply.head)?.[1]
}
