import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { directUrl } from './http/service-paths.ts'
import { isSocketUpgrade } from './http/socket-upgrade.ts'
import type { HttpService } from './services.ts'

/** A port cannot be listened on; the message is one line. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

export interface Address {
  readonly host: string
  readonly port: number
}

/** Opens the one port; answers where it listens. */
export async function listenOnMainPort(app: FastifyInstance, { host, port }: Address): Promise<Address> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    throw new ListenError(`${reason(cause, host, port)}; choose another with --port or --host`, { cause })
  }
  const address = app.server.address() as AddressInfo
  return { host, port: address.port }
}

/**
 * Opens a service's own port, where clients without any configuration look. It leads into the same routes, and to the health of the
 * process.
 *
 * @throws ListenError
 */
export async function listenOnDirectPort(
  app: FastifyInstance,
  service: HttpService,
  { host, port }: Address,
): Promise<Server> {
  const server = createServer({ shouldUpgradeCallback: isSocketUpgrade }, (request, response) => {
    request.url = urlOnPort(service, request)
    app.routing(request, response)
  })
  server.on('upgrade', (request, socket, head) => {
    request.url = urlOnPort(service, request)
    // Who serves WebSockets listens on the main server only.
    app.server.emit('upgrade', request, socket, head)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new ListenError(reason(cause, host, port), { cause })))
    server.listen(port, host, resolve)
  })
  return server
}

function urlOnPort(service: HttpService, { url = '/' }: IncomingMessage): string {
  return HEALTH_PATHS.includes(url) ? url : directUrl(service, url)
}

const HEALTH_PATHS = ['/healthz', '/readyz']

function reason(cause: unknown, host: string, port: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken`
  if (code === 'EACCES') return `Port ${port} on ${host} may not be used by this user`
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}`
  return `Port ${port} on ${host} cannot be opened (${cause instanceof Error ? cause.message : String(cause)})`
}
