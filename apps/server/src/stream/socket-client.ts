import type { WebSocket } from '@fastify/websocket'
import { type Engine, type Log, type Principal, timestampOf } from '@st2/engine'
import { type ExecutionDocument, St2Error, UnauthenticatedError } from '@st2/model'
import type { EventBody } from './event-body.ts'
import { type StreamEvent, streamFilter } from './event-filter.ts'
import type { ExecutionTree, ExecutionTrees, TreeHolder } from './execution-trees.ts'
import {
  readSocketRequest,
  type SocketRequest,
  SocketRequestError,
  type SubscriptionRequest,
} from './socket-messages.ts'
import type { StreamListener } from './stream-listener.ts'

/** Why the server closes; what a client is to do about it stands in docs/stream-socket.md. */
const CLOSE = {
  goingAway: 1001,
  binary: 1003,
  unauthenticated: 4401,
  tooSlow: 4408,
  tooManyRequests: 4429,
} as const

/** Requests of one client that wait for the one under way. */
const MAX_WAITING_REQUESTS = 100
/** ms that a client has to take note of a close before its connection is cut. */
const CLOSE_GRACE_MS = 2000
/** The most a timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1

export interface SocketClientOptions {
  readonly engine: Pick<Engine, 'executions' | 'clock'>
  readonly trees: ExecutionTrees
  readonly log: Log
  readonly principal: Principal
  /** Asks again who the client is; null where nobody is asked. */
  readonly authenticate: (() => Promise<Principal>) | null
  /** `[stream] heartbeat` */
  readonly heartbeatSeconds: number
  /** `[stream] max_buffered_bytes` */
  readonly maxBufferedBytes: number
  /** `[stream] max_subscriptions` */
  readonly maxSubscriptions: number
}

interface Subscription {
  readonly request: SubscriptionRequest
  readonly passes: (event: StreamEvent) => boolean
  /** null: it is not bound to trees. */
  readonly trees: ReadonlySet<ExecutionTree> | null
}

/**
 * One WebSocket and what it is subscribed to. Requests are answered one after the other. It closes itself when the client is gone, does not
 * keep up, or is nobody any more.
 */
export class SocketClient implements StreamListener, TreeHolder {
  readonly #socket: WebSocket
  readonly #options: SocketClientOptions
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #timers: NodeJS.Timeout[] = []
  readonly #told = Promise.withResolvers<void>()
  #requests: Promise<void> = this.#told.promise
  #waiting = 0
  #isAlive = true
  #isOpen = true

  constructor(socket: WebSocket, options: SocketClientOptions) {
    this.#socket = socket
    this.#options = options
    socket.on('message', (data, isBinary) => {
      this.#isAlive = true
      if (isBinary) this.#close(CLOSE.binary, 'messages are texts')
      else this.#receive(String(data))
    })
    socket.on('pong', () => (this.#isAlive = true))
    socket.on('close', () => this.#closed())
    this.#timers.push(setInterval(() => this.#beat(), options.heartbeatSeconds * 1000))
    this.#watchExpiry()
  }

  /** From now on it is told of events: what came from the client before is answered, too. */
  open(): void {
    const { principal, heartbeatSeconds } = this.#options
    const { tokenExpiresAt } = principal
    const token_expires_at = tokenExpiresAt === undefined ? null : timestampOf(tokenExpiresAt)
    this.#send({ open: { user: principal.user, token_expires_at, heartbeat_seconds: heartbeatSeconds } })
    this.#told.resolve()
  }

  wants(event: StreamEvent): boolean {
    for (const subscription of this.#subscriptions.values()) if (this.#fits(subscription, event)) return true
    return false
  }

  tell(event: StreamEvent, body: EventBody): void {
    for (const [id, subscription] of this.#subscriptions) {
      if (!this.#fits(subscription, event)) continue
      // Attributes are those of executions: what else is told is told whole.
      const include = event.executionId === event.id ? subscription.request.include : null
      this.#sendText(
        `{"event":${JSON.stringify(event.name)},"subscription":${JSON.stringify(id)},"data":${body.text(include)}}`,
      )
    }
  }

  missed(): void {
    this.#send({ lost: { reason: 'Events may have been lost on their way to the server.' } })
  }

  treeOverflowed(tree: ExecutionTree): void {
    for (const [id, { trees }] of this.#subscriptions) {
      if (trees?.has(tree) !== true) continue
      this.#drop(id)
      this.#refuse(tooLarge(tree.rootId, id))
    }
  }

  close(): void {
    this.#close(CLOSE.goingAway, 'the server stops')
  }

  #fits({ passes, trees, request }: Subscription, event: StreamEvent): boolean {
    if (!passes(event)) return false
    if (request.topLevelOnly && event.isTopLevel !== true) return false
    if (trees === null) return true
    if (event.executionId === null) return false
    for (const tree of this.#options.trees.holding(event.executionId)) if (trees.has(tree)) return true
    return false
  }

  #receive(text: string): void {
    if (!this.#isOpen) return
    if (this.#waiting === MAX_WAITING_REQUESTS) {
      this.#close(CLOSE.tooManyRequests, `more than ${MAX_WAITING_REQUESTS} messages wait for an answer`)
      return
    }
    this.#waiting += 1
    this.#requests = this.#requests.then(async () => {
      await this.#answer(text)
      this.#waiting -= 1
    })
  }

  /** Never rejects. */
  async #answer(text: string): Promise<void> {
    if (!this.#isOpen) return
    try {
      await this.#follow(readSocketRequest(text))
    } catch (error) {
      this.#refuse(error)
    }
  }

  async #follow(request: SocketRequest): Promise<void> {
    switch (request.kind) {
      case 'ping':
        return this.#send({ pong: request.payload })
      case 'unsubscribe':
        this.#drop(request.id)
        return this.#send({ unsubscribed: { id: request.id } })
      case 'subscribe':
        return this.#subscribe(request.subscription)
    }
  }

  async #subscribe(request: SubscriptionRequest): Promise<void> {
    const { id } = request
    const { maxSubscriptions } = this.#options
    if (!this.#subscriptions.has(id) && this.#subscriptions.size >= maxSubscriptions) {
      const message = `There are ${maxSubscriptions} subscriptions, and no more are allowed (stream.max_subscriptions).`
      throw new SocketRequestError(message, 'subscribe', id)
    }
    const roots = request.executions === undefined ? null : await this.#roots(request.executions)
    const trees = roots === null ? null : await this.#join(roots, id)
    // What it followed before is left only now: what stays need not be learnt anew.
    const before = this.#subscriptions.get(id)
    const { passes, isOpen } = { passes: passesOf(request), isOpen: this.#isOpen }
    if (isOpen) this.#subscriptions.set(id, { request, passes, trees })
    this.#leave(before?.trees)
    if (!isOpen) return this.#leave(trees)
    const found = new Set(roots?.map((root) => root.id))
    const missing = request.executions?.filter((root) => !found.has(root.toLowerCase())) ?? []
    this.#send({ subscribed: { id, executions: [...found], missing } })
  }

  async #roots(ids: readonly string[]): Promise<ExecutionDocument[]> {
    const unique = [...new Set(ids.map((id) => id.toLowerCase()))]
    return unique.length === 0 ? [] : this.#options.engine.executions.findByIds(unique)
  }

  async #join(roots: readonly ExecutionDocument[], id: string): Promise<ReadonlySet<ExecutionTree>> {
    const trees = new Set<ExecutionTree>()
    try {
      for (const root of roots) trees.add(await this.#options.trees.join(root, this))
      // Any of them may have ended meanwhile.
      for (const { rootId, members } of trees) if (!members.has(rootId)) throw tooLarge(rootId, id)
    } catch (error) {
      this.#leave(trees)
      throw error
    }
    return trees
  }

  #drop(id: string): void {
    const subscription = this.#subscriptions.get(id)
    this.#subscriptions.delete(id)
    this.#leave(subscription?.trees)
  }

  /** Trees that no subscription names any more. */
  #leave(trees: ReadonlySet<ExecutionTree> | null | undefined): void {
    for (const tree of trees ?? []) {
      const isHeld = [...this.#subscriptions.values()].some((subscription) => subscription.trees?.has(tree) === true)
      if (!isHeld) this.#options.trees.leave(tree, this)
    }
  }

  #refuse(error: unknown): void {
    const { field, subscriptionId } =
      error instanceof SocketRequestError ? error : { field: null, subscriptionId: null }
    if (!(error instanceof St2Error)) this.#options.log.error({ err: error }, 'a message of a stream client failed')
    const faultstring = error instanceof St2Error ? error.message : 'Internal Server Error'
    this.#send({ error: { id: subscriptionId, field, faultstring } })
  }

  #beat(): void {
    if (!this.#isAlive) {
      this.#socket.terminate()
      return
    }
    this.#isAlive = false
    this.#socket.ping()
    void this.#checkCredential()
  }

  /** Never rejects. */
  async #checkCredential(): Promise<void> {
    try {
      await this.#options.authenticate?.()
    } catch (error) {
      if (error instanceof UnauthenticatedError) this.#close(CLOSE.unauthenticated, error.message)
      else this.#options.log.warn({ err: error }, 'the credential of a stream client could not be checked')
    }
  }

  #watchExpiry(): void {
    const { principal, engine } = this.#options
    if (principal.tokenExpiresAt === undefined) return
    const leftMs = principal.tokenExpiresAt - engine.clock.now()
    if (leftMs <= 0) void this.#checkCredential()
    else this.#timers.push(setTimeout(() => this.#watchExpiry(), Math.min(leftMs, MAX_TIMER_MS)))
  }

  #send(message: object): void {
    this.#sendText(JSON.stringify(message))
  }

  #sendText(text: string): void {
    if (!this.#isOpen) return
    this.#socket.send(text)
    const { maxBufferedBytes } = this.#options
    if (this.#socket.bufferedAmount <= maxBufferedBytes) return
    this.#close(CLOSE.tooSlow, `more than ${maxBufferedBytes} bytes wait for the client (stream.max_buffered_bytes)`)
  }

  #close(code: number, reason: string): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#socket.close(code, reason)
    const timer = setTimeout(() => this.#socket.terminate(), CLOSE_GRACE_MS)
    this.#socket.once('close', () => clearTimeout(timer))
  }

  #closed(): void {
    this.#isOpen = false
    for (const timer of this.#timers) clearTimeout(timer)
    for (const id of this.#subscriptions.keys()) this.#drop(id)
  }
}

function passesOf({ events, actionRefs }: SubscriptionRequest): (event: StreamEvent) => boolean {
  const nothing = { executionIds: undefined, endEvent: undefined, endExecutionId: undefined }
  return streamFilter({ events, actionRefs, ...nothing }).wants
}

function tooLarge(rootId: string, subscriptionId: string): SocketRequestError {
  const message = `More executions are below ${rootId} than can be followed (stream.max_tree_executions).`
  return new SocketRequestError(message, 'subscribe.executions', subscriptionId)
}
