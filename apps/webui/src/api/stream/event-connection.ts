/** What happens to executions, by WebSocket; by the event stream where something on the way lets no WebSocket through. */
import { ApiError, type Client, type SocketItem, type SocketSubscription } from '@st2/client'
import { EXECUTION_EVENT_NAMES, type ExecutionEvent, readExecutionEvent } from '../execution-events.ts'
import type { LiveTell } from './live-protocol.ts'

export type ConnectionItem =
  | Exclude<LiveTell, { readonly kind: 'events' }>
  | { readonly kind: 'event'; readonly event: ExecutionEvent }

type Listener = (item: ConnectionItem) => void

interface Subscriber {
  readonly subscription: SocketSubscription
  readonly listener: Listener
  leaveSocket: () => void
}

const UNAUTHORIZED = 401
/** The server closes so when the token is over. @source docs/stream-socket.md */
const TOKEN_IS_OVER = 4401

/**
 * One connection to a server with one token, for any number of subscriptions. As long as no WebSocket has ever opened, each failure may be
 * a proxy's: then the event stream is tried beside it, and the first that opens stays.
 */
export class EventConnection {
  readonly #client: Client
  readonly #socket: ReturnType<Client['stream']['socket']>
  readonly #subscribers = new Set<Subscriber>()
  #hasSocketOpened = false
  #eventStream: { readonly stop: AbortController; isOpen: boolean } | null = null

  constructor(client: Client) {
    this.#client = client
    this.#socket = client.stream.socket()
  }

  /** Tells the listener until the returned function is called; the connection is open while anybody listens. */
  subscribe(subscription: SocketSubscription, listener: Listener): () => void {
    const subscriber: Subscriber = { subscription, listener, leaveSocket: () => undefined }
    this.#subscribers.add(subscriber)
    if (this.#eventStream?.isOpen === true) listener({ kind: 'subscribed', missing: [] })
    else this.#enterSocket(subscriber)
    return () => {
      this.#subscribers.delete(subscriber)
      subscriber.leaveSocket()
      if (this.#subscribers.size === 0) this.#closeEventStream()
    }
  }

  #enterSocket(subscriber: Subscriber): void {
    const request = { ...subscriber.subscription, events: EXECUTION_EVENT_NAMES }
    subscriber.leaveSocket = this.#socket.subscribe(request, (item) => this.#heard(subscriber, item))
  }

  #heard({ listener }: Subscriber, item: SocketItem): void {
    if (item.kind === 'event') {
      const event = readExecutionEvent(item.event, item.data)
      if (event !== null) listener({ kind: 'event', event })
    } else if (item.kind === 'subscribed') {
      this.#hasSocketOpened = true
      this.#closeEventStream()
      listener({ kind: 'subscribed', missing: item.missing })
    } else if (item.kind === 'refused') listener({ kind: 'refused', status: 0, reason: item.message })
    else if (item.reason.code === TOKEN_IS_OVER) this.#refuse(UNAUTHORIZED, item.reason.message)
    else if (this.#hasSocketOpened) listener({ kind: 'lost', reason: item.reason.message })
    else if (this.#eventStream === null) void this.#tryEventStream()
  }

  /** Never rejects. Ends when the event stream does not open either; once it has opened, with the last listener. */
  async #tryEventStream(): Promise<void> {
    const stop = new AbortController()
    const own = { stop, isOpen: false }
    this.#eventStream = own
    try {
      for await (const item of this.#client.stream.events({ events: EXECUTION_EVENT_NAMES, signal: stop.signal })) {
        if (item.kind === 'event') this.#tellOf(readExecutionEvent(item.event, item.data))
        else if (item.kind === 'lost') {
          // Neither way leads there: the socket goes on trying.
          this.#tellAll({ kind: 'lost', reason: item.reason.message })
          if (!own.isOpen) return
        } else {
          own.isOpen = true
          for (const { leaveSocket } of this.#subscribers) leaveSocket()
          this.#tellAll({ kind: 'subscribed', missing: [] })
        }
      }
    } catch (error) {
      if (stop.signal.aborted) return
      this.#refuse(error instanceof ApiError ? error.status : 0, error instanceof Error ? error.message : String(error))
    } finally {
      if (this.#eventStream === own) this.#eventStream = null
    }
  }

  /** It tells of all executions: who follows lists wants those at the top, who follows runs cannot know all that is below them. */
  #tellOf(event: ExecutionEvent | null): void {
    if (event === null) return
    for (const { subscription, listener } of this.#subscribers)
      if (subscription.topLevel !== true || !event.execution.parent) listener({ kind: 'event', event })
  }

  #refuse(status: number, reason: string): void {
    for (const { leaveSocket } of this.#subscribers) leaveSocket()
    this.#tellAll({ kind: 'refused', status, reason })
  }

  #closeEventStream(): void {
    this.#eventStream?.stop.abort()
    this.#eventStream = null
  }

  #tellAll(item: ConnectionItem): void {
    for (const { listener } of this.#subscribers) listener(item)
  }
}
