import { createServer, request } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

export interface CountingProxy extends AsyncDisposable {
  readonly url: string
  /** Of what has been answered: what it takes compressed, by path. */
  readonly compressedBytes: ReadonlyMap<string, number>
}

/** What a front such as nginx compresses. */
const COMPRESSIBLE = /javascript|json|css|html|svg|^text\/(?!event-stream)/

/** In front of a server: tells what everything that a browser asks for would take compressed, workers' requests too. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const compressedBytes = new Map<string, number>()
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/'
    const passedOn = request(new URL(path, target), { method: asked.method ?? 'GET', headers: asked.headers })
    passedOn.on('response', (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      const type = answered.headers['content-type'] ?? ''
      const isRaw = answered.headers['content-encoding'] === undefined && COMPRESSIBLE.test(type)
      const chunks: Buffer[] = []
      answered.on('data', (chunk: Buffer) => chunks.push(chunk))
      answered.on('end', () => {
        const body = Buffer.concat(chunks)
        const bytes = isRaw ? gzipSync(body).length : body.length
        compressedBytes.set(path, (compressedBytes.get(path) ?? 0) + bytes)
      })
      answered.pipe(answer)
    })
    passedOn.on('error', (error) => answer.destroy(error))
    answer.on('close', () => passedOn.destroy())
    asked.pipe(passedOn)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    compressedBytes,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
