/** One event stream per session, however many pages listen. Large events are parsed here and arrive without their results. */
import { ApiError, createClient } from '@st2/client'
import { EXECUTION_EVENT_NAMES, type ExecutionEvent, readExecutionEvent } from './execution-events.ts'
import type { LiveAsk, LiveTell } from './live-protocol.ts'

type Listener = (told: LiveTell) => void

interface Feed {
  readonly listeners: Set<Listener>
  readonly stop: AbortController
  /** What a page that comes later must know; null while the first connection is being made. */
  state: LiveTell | null
}

/** ms that events wait for company, so that a busy server costs few updates of the pages. */
const BATCH_MS = 80

const feeds = new Map<string, Feed>()

/** The returned function stops; the connection ends with its last listener. */
export function listenToEvents(ask: LiveAsk, listener: Listener): () => void {
  const key = JSON.stringify(ask)
  const feed = feeds.get(key) ?? open(key, ask)
  feed.listeners.add(listener)
  if (feed.state !== null) listener(feed.state)
  return () => {
    feed.listeners.delete(listener)
    if (feed.listeners.size > 0) return
    feed.stop.abort()
    forget(key, feed)
  }
}

function open(key: string, ask: LiveAsk): Feed {
  const feed: Feed = { listeners: new Set(), stop: new AbortController(), state: null }
  feeds.set(key, feed)
  void follow(feed, ask).finally(() => forget(key, feed))
  return feed
}

/** Whoever asks after a refusal tries anew. */
function forget(key: string, feed: Feed): void {
  if (feeds.get(key) === feed) feeds.delete(key)
}

async function follow(feed: Feed, ask: LiveAsk): Promise<void> {
  const { signal } = feed.stop
  const client = createClient({ ...ask.endpoints, token: ask.token })
  const collect = batched((events) => tell(feed, { kind: 'events', events }))
  try {
    for await (const item of client.stream.events({ events: EXECUTION_EVENT_NAMES, signal })) {
      if (item.kind === 'event') collect(readExecutionEvent(item.event, item.data), ask.maxResultSize)
      else enter(feed, item.kind === 'lost' ? { kind: 'lost', reason: item.reason.message } : { kind: 'open' })
    }
  } catch (error) {
    if (signal.aborted) return
    const status = error instanceof ApiError ? error.status : 0
    enter(feed, { kind: 'refused', status, reason: error instanceof Error ? error.message : String(error) })
  }
}

function enter(feed: Feed, state: LiveTell): void {
  feed.state = state
  tell(feed, state)
}

function tell(feed: Feed, told: LiveTell): void {
  for (const listener of feed.listeners) listener(told)
}

function batched(flush: (events: readonly ExecutionEvent[]) => void) {
  let batch: ExecutionEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  return (event: ExecutionEvent | null, maxResultSize: number): void => {
    if (event === null) return
    batch.push({ ...event, execution: withoutLargeResult(event.execution, maxResultSize) })
    timer ??= setTimeout(() => {
      timer = undefined
      const events = batch
      batch = []
      flush(events)
    }, BATCH_MS)
  }
}

function withoutLargeResult(
  execution: ExecutionEvent['execution'],
  maxResultSize: number,
): ExecutionEvent['execution'] {
  if ((execution.result_size ?? 0) <= maxResultSize) return execution
  const { result: _result, ...rest } = execution
  return rest
}
