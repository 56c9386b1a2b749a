// Asks /healthz every 10 ms from a thread of its own: the handler does nothing, so its answer is late by what the
// server's event loop is late, and by what the machine's other work costs the client.
import { setTimeout as delay } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { Connection } from './connection.ts'

const INTERVAL_MS = 10

/** Pings until the returned function is called, which answers the ms that each ping took. */
export function startPings(url: string): () => Promise<number[]> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { url } })
  return async () => {
    const answer = new Promise<number[]>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    worker.postMessage('stop')
    const latencies = await answer
    await worker.terminate()
    return latencies
  }
}

async function ping(url: string): Promise<void> {
  using connection = await Connection.open(url)
  const latencies: number[] = []
  let isStopped = false
  parentPort?.once('message', () => (isStopped = true))
  while (!isStopped) {
    const askedAt = performance.now()
    await connection.ask('GET', '/healthz', '')
    latencies.push(performance.now() - askedAt)
    await delay(INTERVAL_MS)
  }
  parentPort?.postMessage(latencies)
}

if (!isMainThread && parentPort !== null) await ping((workerData as { url: string }).url)
