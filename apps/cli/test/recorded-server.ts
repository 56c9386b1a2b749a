import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** One answer of a case: a document by name, text, or a stream of events. */
export interface RecordedAnswer {
  readonly method: string
  readonly path: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Only for requests that accept this. */
  readonly accept?: string
  readonly body?: string | readonly string[] | null
  readonly text?: string
  readonly events?: readonly { readonly event: string; readonly data?: unknown; readonly text?: string }[]
}

export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface RecordedServer extends AsyncDisposable {
  readonly port: number
  readonly requests: readonly RecordedRequest[]
}

/** Gives the answers of one case on a free port, each question's in order, the last of them for ever. */
export async function serveRecorded(
  answers: readonly RecordedAnswer[],
  documents: Readonly<Record<string, unknown>>,
): Promise<RecordedServer> {
  const left = [...answers]
  const requests: RecordedRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const asked = requestOf(request, Buffer.concat(chunks).toString())
      requests.push(asked)
      give(response, take(left, asked, request.headers.accept), documents)
    })
  })
  const port = await listen(server)
  return {
    port,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

function requestOf(request: IncomingMessage, body: string): RecordedRequest {
  const url = new URL(request.url ?? '/', 'http://localhost')
  return {
    method: request.method ?? '',
    path: url.pathname.replace(/\/$/, ''),
    query: Object.fromEntries([...url.searchParams].sort(([left], [right]) => (left < right ? -1 : 1))),
    body: body === '' ? null : bodyOf(request, body),
  }
}

/** Definitions of workflows are sent as text. */
function bodyOf(request: IncomingMessage, body: string): unknown {
  return request.headers['content-type'] === 'text/plain' ? body : JSON.parse(body)
}

function take(left: RecordedAnswer[], asked: RecordedRequest, accept: string | undefined): RecordedAnswer | undefined {
  const fitting = left.filter((answer) => {
    return answer.method === asked.method && answer.path === asked.path && (answer.accept ?? accept) === accept
  })
  const [first] = fitting
  if (first !== undefined && fitting.length > 1) left.splice(left.indexOf(first), 1)
  return first
}

function give(
  response: ServerResponse,
  answer: RecordedAnswer | undefined,
  documents: Readonly<Record<string, unknown>>,
): void {
  const document = (name: string): unknown => documents[name]
  if (answer === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"faultstring": "no answer is recorded"}')
    return
  }
  const { status = 200, headers = {} } = answer
  if (answer.events !== undefined) {
    const events = answer.events.map(({ event, data, text }) => {
      const value = text ?? JSON.stringify(typeof data === 'string' ? document(data) : data)
      return `event: ${event}\ndata: ${value}\n\n`
    })
    response.writeHead(status, { ...headers, 'content-type': 'text/event-stream' }).end(`\n${events.join('')}`)
  } else if (answer.text !== undefined) {
    response.writeHead(status, { ...headers, 'content-type': 'text/plain' }).end(answer.text)
  } else {
    const { body } = answer
    const value = typeof body === 'string' ? document(body) : (body ?? []).map(document)
    response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(value))
  }
}
