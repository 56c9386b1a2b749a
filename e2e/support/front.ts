import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'

/** What it says to whom it refuses. */
export const FORBIDDEN = 'User "st2admin" doesn\'t have the permission that this takes.'

/** What stands between browsers and a server: it keeps what WebSockets tell, may let none of them through, and may be away for a while. */
export interface Front extends AsyncDisposable {
  readonly url: string
  /** All that WebSockets have told the browsers so far; frames of servers are readable. */
  readonly told: string
  /** Event streams that browsers have opened. */
  readonly eventStreams: number
  /** Ends all connections and takes no new ones until `comeBack`. */
  leave(): void
  comeBack(): void
}

export interface FrontOptions {
  /** Default: they pass. */
  readonly webSockets?: boolean
  /** `<method> <path>`: what it refuses with 403, as a gateway does that has rules of its own. */
  readonly forbidden?: RegExp
}

export async function startFront(server: string, options: FrontOptions = {}): Promise<Front> {
  const { webSockets = true, forbidden } = options
  const { hostname: host, port } = new URL(server)
  const sockets = new Set<Socket>()
  let told = ''
  let eventStreams = 0
  let isAway = false

  const front = createServer((incoming, outgoing) => {
    if (/\/stream\/v1\/stream/.test(incoming.url ?? '')) eventStreams += 1
    if (forbidden?.test(`${incoming.method ?? ''} ${incoming.url ?? ''}`) === true) refuse(outgoing)
    else passOn(incoming, outgoing, { host, port })
  })
  front.on('connection', (socket) => {
    if (isAway) socket.destroy()
    else keep(socket)
  })
  front.on('upgrade', (incoming, browser: Socket, head) => {
    if (!webSockets)
      return void browser.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    const upstream = connect(Number(port), host, () => {
      upstream.write(`${headOf(incoming)}\r\n\r\n`)
      upstream.write(head)
      browser.pipe(upstream).pipe(browser)
    })
    keep(upstream)
    upstream.on('data', (bytes) => (told += bytes.toString()))
    for (const [one, other] of [[browser, upstream] as const, [upstream, browser] as const])
      one.on('close', () => other.destroy())
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  const address = front.address()
  if (address === null || typeof address === 'string') throw new Error('the front has no port')
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    get told() {
      return told
    },
    get eventStreams() {
      return eventStreams
    },
    leave: () => {
      isAway = true
      cut()
    },
    comeBack: () => {
      isAway = false
    },
    [Symbol.asyncDispose]: async () => {
      cut()
      await new Promise<void>((resolve) => front.close(() => resolve()))
    },
  }

  function keep(socket: Socket): void {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
}

function refuse(outgoing: ServerResponse): void {
  const body = JSON.stringify({ faultstring: FORBIDDEN })
  outgoing.writeHead(403, { 'content-type': 'application/json' }).end(body)
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, target: { host: string; port: string }): void {
  const { method, url, headers } = incoming
  const asked = request({ ...target, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
    // A stream that waits for its first event has answered.
    outgoing.flushHeaders()
  })
  asked.on('error', () => outgoing.destroy())
  outgoing.on('close', () => asked.destroy())
  incoming.pipe(asked)
}

/** The request as it came, its headers in their order. */
function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1] ?? ''}`] : []))
  return [`${method ?? 'GET'} ${url ?? '/'} HTTP/1.1`, ...lines].join('\r\n')
}
