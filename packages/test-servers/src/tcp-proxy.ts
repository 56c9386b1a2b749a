import { createConnection, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, and does what networks do. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** Ends all connections; new ones are made as before. */
  cut(): void
  /** Ends all connections, and refuses new ones until `accept`. */
  refuse(): void
  accept(): void
  /** Holds all bytes back, without ending anything, until `flow`. */
  freeze(): void
  flow(): void
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let isRefusing = false
  let isFrozen = false
  const server = createServer((client) => {
    if (isRefusing) {
      client.destroy()
      return
    }
    const upstream = createConnection(target)
    const pair = [client, upstream] as const
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      client.destroy()
      upstream.destroy()
    }
    for (const socket of pair) {
      socket.setNoDelay(true)
      socket.on('error', end)
      socket.on('close', end)
    }
    client.pipe(upstream)
    upstream.pipe(client)
    if (isFrozen) stall(pair)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
  }
  return {
    port: address.port,
    cut,
    refuse: () => {
      isRefusing = true
      cut()
    },
    accept: () => {
      isRefusing = false
    },
    freeze: () => {
      isFrozen = true
      for (const pair of pairs) stall(pair)
    },
    flow: () => {
      isFrozen = false
      for (const [client, upstream] of pairs) {
        client.pipe(upstream)
        upstream.pipe(client)
      }
    },
    [Symbol.asyncDispose]: async () => {
      cut()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function stall([client, upstream]: readonly [Socket, Socket]): void {
  client.unpipe(upstream)
  upstream.unpipe(client)
  client.pause()
  upstream.pause()
}
