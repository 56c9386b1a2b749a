/** The page's line to the worker that holds the streams. */
import type { StreamAsk, StreamTell } from './stream-protocol.ts'

type Line = Pick<MessagePort, 'postMessage'>

let line: Line | null = null
let lastKey = 0
const listeners = new Set<(told: StreamTell) => void>()

/** For what is followed next; none comes twice. */
export function newStreamKey(): number {
  return ++lastKey
}

export function askStreams(message: StreamAsk): void {
  // Who never followed anything has nothing to stop: the login needs no worker.
  if (line === null && message.kind !== 'follow-events' && message.kind !== 'follow-output') return
  line ??= openLine()
  line.postMessage(message)
}

export function onStreams(listener: (told: StreamTell) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * One worker for all tabs, so that they share the connection: a browser opens six to a server over HTTP/1.1, and as many
 * tabs with one each would leave none for anything else. Where there is no shared worker every tab has its own.
 */
function openLine(): Line {
  const shared = openShared()
  if (shared !== null) {
    shared.port.addEventListener('message', hear)
    shared.port.start()
    return shared.port
  }
  const own = new Worker(new URL('./stream-worker.ts', import.meta.url), { type: 'module' })
  own.addEventListener('message', hear)
  return own
}

function openShared(): SharedWorker | null {
  if (typeof SharedWorker === 'undefined') return null
  try {
    return new SharedWorker(new URL('./stream-worker.ts', import.meta.url), { type: 'module', name: 'st2 streams' })
  } catch {
    return null // a page whose storage is closed may not share
  }
}

function hear(message: MessageEvent<StreamTell>): void {
  for (const listener of listeners) listener(message.data)
}
