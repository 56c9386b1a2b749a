import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** The only upgrade there is; a request with any other (HTTP/2 in the clear, say) is answered as if it had asked for none. */
export function isSocketUpgrade(request: Pick<IncomingMessage, 'headers'>): boolean {
  return request.headers.upgrade?.toLowerCase() === 'websocket'
}

/** A connection that wanted to become a WebSocket and was answered instead belongs to no HTTP server any more: it ends with the answer. */
export function endRefusedUpgrades(app: FastifyInstance): void {
  app.addHook('onResponse', async (request) => {
    if (isSocketUpgrade(request.raw)) request.raw.socket.destroySoon()
  })
}
