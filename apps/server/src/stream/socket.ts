import fastifyWebsocket, { type WebSocket } from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { authenticate, type Config, type Engine, type Log } from '@st2/engine'
import { AccessDeniedError, STREAM_SOCKET_PROTOCOL } from '@st2/model'
import { findCredential, ownCredential } from '../http/credentials.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { isTrustedOrigin } from '../http/origin.ts'
import { isSocketUpgrade } from '../http/socket-upgrade.ts'
import type { ExecutionTrees } from './execution-trees.ts'
import { SocketClient } from './socket-client.ts'
import type { StreamHub } from './stream-hub.ts'

export interface StreamSocketOptions {
  readonly engine: Engine
  readonly hub: StreamHub
  readonly trees: ExecutionTrees
  readonly config: Pick<Config, 'auth' | 'api' | 'stream'>
  readonly log: Log
}

/** Bytes of one message of a client. */
const MAX_MESSAGE_BYTES = 64 * 1024
const PATH = '/stream/v1/ws'
/** Closes a connection that the server could not serve. */
const INTERNAL_ERROR = 1011

/**
 * The events of the stream by WebSocket, to those who subscribe to them: a client that shows one run is told of that run and of nothing
 * else. The messages stand in docs/stream-socket.md.
 */
export function streamSocketRoutes(app: FastifyInstance, options: StreamSocketOptions): void {
  app.register(async (sockets) => {
    await sockets.register(fastifyWebsocket, {
      options: {
        maxPayload: MAX_MESSAGE_BYTES,
        // Never one that carries a credential: the answer's headers are nobody's secret.
        handleProtocols: (named) => named.has(STREAM_SOCKET_PROTOCOL) && STREAM_SOCKET_PROTOCOL,
      },
      // The hub closes its clients itself, and says why.
      preClose: (done) => done(),
      // A broken frame: the library closes the connection with the code for it.
      errorHandler: (error, _socket, request) => request.log.info({ err: error }, 'a stream client was dropped'),
    })
    addRefusals(sockets, options)
    sockets.route({
      method: 'GET',
      url: PATH,
      config: {
        permission: 'stream_view',
        api: { summary: 'Events as they happen, by WebSocket, to those who subscribe to them', status: 101 },
      },
      handler: (_request, reply) =>
        sendJson(reply.header('upgrade', 'websocket'), { faultstring: 'This address speaks WebSocket only.' }, 426),
      wsHandler: (socket, request) => serve(socket, request, options),
    })
  })
}

/** What is refused is refused before the connection becomes a WebSocket, so that a client sees the status. */
function addRefusals(app: FastifyInstance, { hub, config }: StreamSocketOptions): void {
  app.addHook('onRequest', async (request) => {
    // NOTE: browsers let any page open a WebSocket anywhere, cookies included, and no CORS header keeps it from reading.
    const isForeign = request.headers.origin !== undefined && !isTrustedOrigin(request, config.api.allow_origin)
    const saysWhoItIs = config.auth.enable && ownCredential(request) !== null
    const mustSayFrom = config.auth.enable && request.headers.origin === undefined
    if (!saysWhoItIs && (isForeign || mustSayFrom))
      throw new AccessDeniedError('The origin of the page is neither this server nor listed in api.allow_origin.')
    if (isSocketUpgrade(request.raw)) hub.refuseAboveLimit()
  })
}

async function serve(socket: WebSocket, request: FastifyRequest, options: StreamSocketOptions): Promise<void> {
  const { engine, hub, trees, config, log } = options
  const credential = findCredential(request)
  const client = new SocketClient(socket, {
    engine,
    trees,
    log,
    principal: principalOf(request),
    authenticate: config.auth.enable ? () => authenticate(engine.authenticateDeps, credential) : null,
    heartbeatSeconds: config.stream.heartbeat,
    maxBufferedBytes: config.stream.max_buffered_bytes,
    maxSubscriptions: config.stream.max_subscriptions,
  })
  try {
    const leave = await hub.listen(client)
    if (socket.readyState === socket.OPEN) {
      socket.once('close', leave)
      client.open()
    } else leave()
  } catch (err) {
    log.error({ err }, 'a stream client could not be served')
    socket.close(INTERNAL_ERROR, 'Internal Server Error')
  }
}
