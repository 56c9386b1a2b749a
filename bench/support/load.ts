import { setTimeout as delay } from 'node:timers/promises'
import { Connection, type Reply } from './connection.ts'

export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: string
  readonly body: string
  readonly expected: number
}

export interface LoadFigures {
  readonly count: number
  readonly seconds: number
  readonly perSecond: number
  /** ms of each request. */
  readonly latencies: readonly number[]
}

/** How long a load goes on: seconds, or so many requests. */
export type Extent = { readonly seconds: number } | { readonly count: number }

/** `clients` connections that ask again as soon as they are answered. @throws when an answer is not the expected one */
export async function fullLoad(url: string, request: Request, clients: number, extent: Extent): Promise<LoadFigures> {
  using connections = new DisposableStack()
  const opened = await Promise.all(Array.from({ length: clients }, () => Connection.open(url)))
  for (const connection of opened) connections.use(connection)
  const latencies: number[] = []
  const startedAt = performance.now()
  let asked = 0
  const goesOn = (): boolean =>
    'count' in extent ? asked < extent.count : performance.now() < startedAt + extent.seconds * 1000
  await Promise.all(
    opened.map(async (connection) => {
      while (goesOn()) {
        asked++
        latencies.push(await timed(connection, request))
      }
    }),
  )
  return figures(latencies, startedAt)
}

/** So many a second, whatever the answers take. */
export async function pacedLoad(url: string, request: Request, rate: number, seconds: number): Promise<LoadFigures> {
  using connections = new DisposableStack()
  const idle: Connection[] = []
  const latencies: number[] = []
  const asked: Promise<void>[] = []
  const startedAt = performance.now()
  for (let number = 0; number < rate * seconds; number++) {
    const due = startedAt + (number * 1000) / rate
    await delay(Math.max(0, due - performance.now()))
    const connection = idle.pop() ?? connections.use(await Connection.open(url))
    asked.push(
      timed(connection, request).then((latency) => {
        latencies.push(latency)
        idle.push(connection)
      }),
    )
  }
  await Promise.all(asked)
  return figures(latencies, startedAt)
}

async function timed(connection: Connection, request: Request): Promise<number> {
  const askedAt = performance.now()
  const reply = await connection.ask(request.method, request.path, request.headers, request.body)
  if (reply.status !== request.expected) throw new Error(unexpected(reply))
  return performance.now() - askedAt
}

function unexpected(reply: Reply): string {
  return `answered ${reply.status}: ${reply.body.toString('utf8', 0, 300)}`
}

function figures(latencies: readonly number[], startedAt: number): LoadFigures {
  const seconds = (performance.now() - startedAt) / 1000
  return { count: latencies.length, seconds, perSecond: latencies.length / seconds, latencies }
}
