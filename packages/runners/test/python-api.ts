import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo } from 'node:net'

/** One request as it came. */
export interface SeenRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly token: string | null
  readonly body: unknown
}

export interface TestApi extends AsyncDisposable {
  readonly url: string
  readonly seen: readonly SeenRequest[]
}

export interface Answer {
  readonly status?: number
  readonly body?: unknown
}

/** An HTTP server that answers as told. */
export async function openApi(answer: (request: SeenRequest) => Answer): Promise<TestApi> {
  const seen: SeenRequest[] = []
  const server = createServer((incoming, outgoing) => {
    void readBody(incoming).then((body) => {
      const token = incoming.headers['x-auth-token']
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        token: typeof token === 'string' ? token : null,
        body,
      }
      seen.push(request)
      const { status = 200, body: reply } = answer(request)
      outgoing.writeHead(status, { 'content-type': 'application/json' })
      outgoing.end(reply === undefined ? '' : JSON.stringify(reply))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The datastore of the API, as far as clients of packs use it. */
export function keyStore(): (request: SeenRequest) => Answer | null {
  const items = new Map<string, Record<string, unknown>>()
  return ({ method, url, body }) => {
    const { pathname, searchParams } = new URL(url, 'http://any')
    if (pathname === '/v1/user') return { body: { username: 'ann', rbac: {}, authentication: {} } }
    if (pathname === '/v1/keys') {
      const prefix = searchParams.get('prefix') ?? ''
      const found = [...items.values()].filter(({ name }) => String(name).startsWith(prefix))
      return { body: found.slice(0, Number(searchParams.get('limit') ?? 100)) }
    }
    const name = /^\/v1\/keys\/([^/]+)$/.exec(pathname)?.[1]
    if (name === undefined) return null
    const key = decodeURIComponent(name)
    const item = items.get(key)
    if (method === 'PUT') items.set(key, { ...Object(body) })
    else if (item === undefined)
      return { status: 404, body: { faultstring: `KeyValuePair with name: ${key} not found` } }
    else if (method === 'DELETE') {
      items.delete(key)
      return { status: 204 }
    }
    const stored = items.get(key) ?? {}
    const isHidden = stored['secret'] === true && searchParams.get('decrypt') !== 'true'
    return { body: isHidden ? { ...stored, value: 'CIPHERTEXT' } : stored }
  }
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? null : JSON.parse(text)
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen')
  return address.port
}
