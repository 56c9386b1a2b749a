import { CREDENTIAL_PROTOCOLS, STREAM_SOCKET_PROTOCOL } from '@st2/model'
import { type BackOff, DEFAULT_BACK_OFF } from './connection.ts'

/** What a subscription is told, in order. */
export type SocketItem =
  /** From here on nothing is missed: read the state now. It comes again after each loss, and when the server may have missed events. */
  | { readonly kind: 'subscribed'; readonly missing: readonly string[] }
  | { readonly kind: 'event'; readonly event: string; readonly data: unknown }
  | { readonly kind: 'lost'; readonly reason: SocketClosedError; readonly retryInMs: number }
  /** The server does not follow what was asked for, or no longer; the subscription is over. */
  | { readonly kind: 'refused'; readonly field: string | null; readonly message: string }

export interface SocketSubscription {
  /** Each stands for its whole tree; absent: all executions. */
  readonly executions?: readonly string[] | undefined
  /** Names or shell-style globs; the server's default choice when absent. */
  readonly events?: readonly string[] | undefined
  readonly actionRefs?: readonly string[] | undefined
  readonly topLevel?: boolean | undefined
  readonly includeAttributes?: readonly string[] | undefined
}

/** The connection is gone. @source docs/stream-socket.md for the codes; 1006: it was cut, or refused */
export class SocketClosedError extends Error {
  override readonly name = 'SocketClosedError'
  readonly code: number
  constructor(code: number, reason: string) {
    super(reason === '' ? `the connection was closed (${code})` : reason)
    this.code = code
  }
}

/** What is used of a WebSocket: the browser's, and Node's. */
export interface SocketLike {
  send(text: string): void
  close(): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void
}

export interface StreamSocketOptions {
  readonly backOff?: BackOff | undefined
  /** @default the platform's WebSocket */
  readonly connect?: ((url: string, protocols: readonly string[]) => SocketLike) | undefined
}

/** Where the socket is, and who asks. */
export interface SocketAddress {
  readonly url: string
  readonly protocols: readonly string[]
}

interface Subscriber {
  readonly request: SocketSubscription
  readonly listener: (item: SocketItem) => void
}

/** Heartbeats without a word after which the line counts as dead. */
const SILENT_BEATS = 2

/**
 * One connection for all who want events by subscription, open while anybody does. It opens itself again whenever it is lost, and
 * subscribes anew: each subscriber is told `lost` and then `subscribed`, and reads what happened in between.
 */
export class StreamSocket {
  readonly #address: () => SocketAddress
  readonly #backOff: BackOff
  readonly #connect: NonNullable<StreamSocketOptions['connect']>
  readonly #subscribers = new Map<string, Subscriber>()
  #socket: SocketLike | null = null
  #isReady = false
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #beatTimer: ReturnType<typeof setInterval> | undefined
  #losses = 0
  #silentBeats = 0
  #nextId = 1

  /** @param address asked for before each connection: it may hold a credential */
  constructor(address: () => SocketAddress, options: StreamSocketOptions = {}) {
    this.#address = address
    this.#backOff = options.backOff ?? DEFAULT_BACK_OFF
    this.#connect = options.connect ?? ((url, protocols) => new WebSocket(url, [...protocols]))
  }

  /** Tells the listener until the returned function is called. */
  subscribe(request: SocketSubscription, listener: (item: SocketItem) => void): () => void {
    const id = `s${this.#nextId++}`
    this.#subscribers.set(id, { request, listener })
    if (this.#isReady) this.#ask(id, request)
    else if (this.#socket === null && this.#retryTimer === undefined) this.#open()
    return () => {
      if (!this.#subscribers.delete(id)) return
      if (this.#subscribers.size === 0) this.close()
      else if (this.#isReady) this.#send({ unsubscribe: { id } })
    }
  }

  /** Connects at once instead of when the pause is over: somebody has logged in, or the network is back. */
  reconnect(): void {
    if (this.#retryTimer === undefined) return
    clearTimeout(this.#retryTimer)
    this.#open()
  }

  /** Closes the connection; a later subscription opens it again. */
  close(): void {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = undefined
    this.#losses = 0
    this.#subscribers.clear()
    const socket = this.#socket
    this.#release()
    socket?.close()
  }

  #open(): void {
    this.#retryTimer = undefined
    const { url, protocols } = this.#address()
    const socket = this.#connect(url, protocols)
    this.#socket = socket
    // What a socket says that was given up concerns nobody.
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#heard(String(data))
    })
    socket.addEventListener('close', ({ code, reason }) => {
      if (socket === this.#socket) this.#lose(new SocketClosedError(code, reason))
    })
  }

  #heard(text: string): void {
    this.#silentBeats = 0
    // The server's own messages: their shapes are its promise.
    const message: ServerMessage = JSON.parse(text)
    if (message.open !== undefined) this.#opened(message.open.heartbeat_seconds)
    else if (message.event !== undefined)
      this.#tell(message.subscription, { kind: 'event', event: message.event, data: message.data })
    else if (message.subscribed !== undefined)
      this.#tell(message.subscribed.id, { kind: 'subscribed', missing: message.subscribed.missing })
    else if (message.lost !== undefined) this.#tellAll({ kind: 'subscribed', missing: [] })
    else if (message.error !== undefined) this.#refused(message.error)
  }

  #opened(heartbeatSeconds: number): void {
    this.#isReady = true
    this.#losses = 0
    for (const [id, { request }] of this.#subscribers) this.#ask(id, request)
    this.#beatTimer = setInterval(() => this.#beat(), heartbeatSeconds * 1000)
  }

  /** NOTE: a dead line is silent, and a browser does not say so. */
  #beat(): void {
    if (this.#silentBeats >= SILENT_BEATS) {
      const socket = this.#socket
      this.#lose(new SocketClosedError(1006, 'the server is silent'))
      socket?.close()
      return
    }
    this.#silentBeats += 1
    this.#send({ ping: null })
  }

  #ask(id: string, { executions, events, actionRefs, topLevel, includeAttributes }: SocketSubscription): void {
    const asked = { id, executions, events, action_refs: actionRefs, top_level: topLevel }
    this.#send({ subscribe: { ...asked, include_attributes: includeAttributes } })
  }

  #send(message: object): void {
    this.#socket?.send(JSON.stringify(message))
  }

  #lose(reason: SocketClosedError): void {
    this.#release()
    const retryInMs = Math.min(this.#backOff.initialMs * 2 ** this.#losses, this.#backOff.maxMs)
    this.#losses += 1
    this.#retryTimer = setTimeout(() => this.#open(), retryInMs)
    this.#tellAll({ kind: 'lost', reason, retryInMs })
  }

  #release(): void {
    clearInterval(this.#beatTimer)
    this.#socket = null
    this.#isReady = false
    this.#silentBeats = 0
  }

  #refused({ id, field, faultstring }: ServerError): void {
    if (id === null) return
    const subscriber = this.#subscribers.get(id)
    this.#subscribers.delete(id)
    subscriber?.listener({ kind: 'refused', field, message: faultstring })
    if (this.#subscribers.size === 0) this.close()
  }

  #tell(id: string | undefined, item: SocketItem): void {
    if (id !== undefined) this.#subscribers.get(id)?.listener(item)
  }

  #tellAll(item: SocketItem): void {
    for (const { listener } of this.#subscribers.values()) listener(item)
  }
}

interface ServerError {
  readonly id: string | null
  readonly field: string | null
  readonly faultstring: string
}

interface ServerMessage {
  readonly open?: { readonly heartbeat_seconds: number }
  readonly subscribed?: { readonly id: string; readonly missing: readonly string[] }
  readonly lost?: object
  readonly error?: ServerError
  readonly event?: string
  readonly subscription?: string
  readonly data?: unknown
}

/** Where the socket is, for a stream that stands at `url`; a relative one is taken from the page. */
export function socketUrl(url: string): string {
  const page: unknown = Reflect.get(globalThis, 'location')
  const base = typeof page === 'object' && page !== null && 'href' in page ? String(page.href) : undefined
  const address = new URL(url, base)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return address.href
}

/** What names the credential when a socket is opened. */
export function socketProtocols(token: string | null | undefined, apiKey: string | null | undefined): string[] {
  const given = [
    ...(token ? [CREDENTIAL_PROTOCOLS.token + base64Url(token)] : []),
    ...(apiKey ? [CREDENTIAL_PROTOCOLS.apiKey + base64Url(apiKey)] : []),
  ]
  return [STREAM_SOCKET_PROTOCOL, ...given]
}

function base64Url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text))
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
