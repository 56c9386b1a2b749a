/**
 * Holds the streams of the pages that are connected to it: as a shared worker those of all tabs of the browser, as a
 * plain worker those of one.
 */
import { listenToEvents } from './event-feeds.ts'
import { followOutput } from './output-feed.ts'
import type { StreamAsk, StreamTell } from './stream-protocol.ts'

/** The end of a page's line: the port of a shared worker, or the worker itself. */
type Line = Pick<MessagePort, 'addEventListener'> & { readonly postMessage: (message: StreamTell) => void }

if ('onconnect' in self) self.addEventListener('connect', (event) => connect(event))
else serve(self)

function connect(event: Event): void {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  if (port === undefined) return
  serve(port)
  port.start()
}

function serve(line: Line): void {
  const tell = (message: StreamTell): void => line.postMessage(message)
  const outputs = new Map<number, AbortController>()
  let stopEvents: (() => void) | null = null

  const leaveEvents = (): void => {
    stopEvents?.()
    stopEvents = null
  }
  const leaveOutput = (key: number): void => {
    outputs.get(key)?.abort()
    outputs.delete(key)
  }
  const leave = (): void => {
    leaveEvents()
    for (const key of outputs.keys()) leaveOutput(key)
  }

  line.addEventListener('message', ({ data: message }: MessageEvent<StreamAsk>) => {
    if (message.kind === 'leave') leave()
    else if (message.kind === 'stop-events') leaveEvents()
    else if (message.kind === 'stop-output') leaveOutput(message.key)
    else if (message.kind === 'follow-events') {
      const { key, ask } = message
      leaveEvents()
      stopEvents = listenToEvents(ask, (told) => tell({ kind: 'events', key, told }))
    } else {
      const { key, ask } = message
      const stop = new AbortController()
      outputs.set(key, stop)
      void followOutput(ask, stop.signal, (told) => tell({ kind: 'output', key, told })).finally(() =>
        outputs.delete(key),
      )
    }
  })
  // A page that crashed says nothing; browsers that know this event tell it.
  line.addEventListener('close', leave)
}
