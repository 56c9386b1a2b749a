import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HttpTarget extends AsyncDisposable {
  readonly url: string
}

/** What core.http is pointed at: `/index.json` answers JSON, every other path 404 with a page. */
export async function startHttpTarget(): Promise<HttpTarget> {
  const server = createServer((request, response) => {
    if (request.url === '/index.json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"a": [1, 2], "b": "text"}')
    } else {
      const page = '<p>not found</p>'
      response.shouldKeepAlive = false
      response
        .writeHead(404, { Server: 'target', 'Content-Type': 'text/html;charset=utf-8', 'Content-Length': page.length })
        .end(page)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
