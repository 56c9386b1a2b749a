/** What pages follow: one connection per session and one subscription per wish, however many pages listen. */
import { createClient } from '@st2/client'
import type { ExecutionEvent } from '../execution-events.ts'
import { batched } from './batched.ts'
import { EventConnection } from './event-connection.ts'
import type { LiveAsk, LiveTell } from './live-protocol.ts'

type Listener = (told: LiveTell) => void

interface Feed {
  readonly listeners: Set<Listener>
  stop: () => void
  /** What a page that comes later must know; null until the server has answered. */
  state: LiveTell | null
}

/** ms that events wait for company, so that a busy server costs few updates of the pages. */
const BATCH_MS = 80

const feeds = new Map<string, Feed>()
const connections = new Map<string, { readonly connection: EventConnection; feeds: number }>()

/** The returned function stops; a subscription ends with its last listener, the connection with its last subscription. */
export function listenToEvents(ask: LiveAsk, listener: Listener): () => void {
  const key = JSON.stringify(ask)
  const feed = feeds.get(key) ?? open(key, ask)
  feed.listeners.add(listener)
  if (feed.state !== null) listener(feed.state)
  return () => {
    if (feed.listeners.delete(listener) && feed.listeners.size === 0) close(key, feed)
  }
}

function open(key: string, ask: LiveAsk): Feed {
  const { connection, leave } = connectionFor(ask)
  const feed: Feed = { listeners: new Set(), stop: leave, state: null }
  feeds.set(key, feed)
  const tell = (told: LiveTell): void => {
    for (const listener of feed.listeners) listener(told)
  }
  const batch = batched<ExecutionEvent>(BATCH_MS, (events) => tell({ kind: 'events', events }))
  // Who asks for everything looks everywhere, for a filter on results, say.
  const isWhole = ask.subscription.includeAttributes === undefined
  const unsubscribe = connection.subscribe(ask.subscription, (item) => {
    if (item.kind === 'event') return batch.add(isWhole ? item.event : withoutResult(item.event))
    // What was told before comes before.
    batch.flush()
    feed.state = item
    tell(item)
    // Whoever asks after a refusal tries anew.
    if (item.kind === 'refused') close(key, feed)
  })
  feed.stop = () => {
    unsubscribe()
    batch.close()
    leave()
  }
  return feed
}

function close(key: string, feed: Feed): void {
  if (feeds.get(key) !== feed) return
  feeds.delete(key)
  feed.stop()
}

function connectionFor({ endpoints, token }: LiveAsk) {
  const key = JSON.stringify([endpoints, token])
  const held = connections.get(key) ?? {
    connection: new EventConnection(createClient({ ...endpoints, token })),
    feeds: 0,
  }
  connections.set(key, held)
  held.feeds += 1
  const leave = (): void => {
    held.feeds -= 1
    if (held.feeds === 0) connections.delete(key)
  }
  return { connection: held.connection, leave }
}

/** Whoever shows a result asks for it. */
function withoutResult({ kind, execution: { result: _result, ...execution } }: ExecutionEvent): ExecutionEvent {
  return { kind, execution }
}
