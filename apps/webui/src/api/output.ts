import { authHeaders, currentEndpoints } from './client.ts'
import type { OutputTell } from './stream/output-protocol.ts'
import { expireSession } from './session.ts'
import { askStreams, newStreamKey, onStreams } from './stream/stream-line.ts'

/**
 * Follows what an execution prints; the returned function stops. A hidden page gives its connection back and, seen
 * again, is told everything again; `restart` comes before either.
 */
export function followOutput(executionId: string, listen: (told: OutputTell) => void): () => void {
  let key: number | null = null
  let isOver = false

  const start = (): void => {
    if (key !== null || isOver) return
    listen({ kind: 'restart' })
    key = newStreamKey()
    const ask = { endpoints: currentEndpoints(), token: authHeaders()['x-auth-token'] ?? null, executionId }
    askStreams({ kind: 'follow-output', key, ask })
  }
  const stop = (): void => {
    if (key !== null) askStreams({ kind: 'stop', key })
    key = null
  }
  const look = (): void => (document.visibilityState === 'hidden' ? stop() : start())

  const unsubscribe = onStreams((message) => {
    if (message.kind !== 'output' || message.key !== key) return
    const { told } = message
    if (told.kind === 'failed' && told.status === 401) expireSession()
    isOver = told.kind === 'ended'
    listen(told)
  })
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    unsubscribe()
    stop()
  }
}
