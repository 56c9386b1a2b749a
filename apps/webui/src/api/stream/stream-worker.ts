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
  /** By their keys: how to stop what the page follows. */
  const followed = new Map<number, () => void>()

  const stop = (key: number): void => {
    followed.get(key)?.()
    followed.delete(key)
  }
  const leave = (): void => {
    for (const key of followed.keys()) stop(key)
  }

  line.addEventListener('message', ({ data: message }: MessageEvent<StreamAsk>) => {
    if (message.kind === 'leave') leave()
    else if (message.kind === 'stop') stop(message.key)
    else if (message.kind === 'follow-events') {
      const { key, ask } = message
      followed.set(
        key,
        listenToEvents(ask, (told) => tell({ kind: 'events', key, told })),
      )
    } else {
      const { key, ask } = message
      const end = new AbortController()
      followed.set(key, () => end.abort())
      void followOutput(ask, end.signal, (told) => tell({ kind: 'output', key, told })).finally(() =>
        followed.delete(key),
      )
    }
  })
  // A page that crashed says nothing; browsers that know this event tell it.
  line.addEventListener('close', leave)
}
