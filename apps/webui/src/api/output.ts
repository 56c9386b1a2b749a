import { authHeaders, currentEndpoints } from './client.ts'
import type { OutputAsk, OutputTell } from './output-protocol.ts'
import { expireSession } from './session.ts'

/** Follows what an execution prints; the returned function stops. */
export function followOutput(executionId: string, listen: (told: OutputTell) => void): () => void {
  const worker = new Worker(new URL('./output-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (message: MessageEvent<OutputTell>) => {
    if (message.data.kind === 'failed' && message.data.status === 401) expireSession()
    listen(message.data)
  })
  const ask: OutputAsk = { endpoints: currentEndpoints(), token: authHeaders()['x-auth-token'] ?? null, executionId }
  worker.postMessage(ask)
  return () => worker.terminate()
}
