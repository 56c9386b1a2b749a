import type { FastifyReply } from 'fastify'
import type { Announcement, Engine, ExecutionEvent, Log, Subscription } from '@st2/engine'
import { ANNOUNCEMENT_PREFIX, type ExecutionOutput, RateLimitedError, STREAM_EVENTS } from '@st2/model'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'
import { liveactionView } from '../views/execution-view.ts'
import type { StreamEvent, StreamFilter } from './event-filter.ts'
import { SseConnection } from './sse-connection.ts'

interface Client {
  readonly connection: SseConnection
  readonly filter: StreamFilter
}

/** Called with each event of one execution, in order. */
export interface ExecutionListener {
  readonly onOutput: (output: ExecutionOutput) => void
  readonly onChange: (event: ExecutionEvent) => void
}

export interface StreamHubOptions {
  readonly engine: Engine
  readonly presenter: ExecutionPresenter
  readonly log: Log
  /** `[stream] max_clients` */
  readonly maxClients: number
  /** `[stream] max_buffered_bytes` */
  readonly maxBufferedBytes: number
  /** `[stream] heartbeat`, seconds. */
  readonly heartbeatSeconds: number
}

/**
 * Takes every event off the bus once and hands it to the clients that want it. A view is built once per event and
 * only when somebody listens. Events of one execution keep their order.
 */
export class StreamHub {
  readonly #options: StreamHubOptions
  readonly #clients = new Set<Client>()
  readonly #listeners = new Map<string, Set<ExecutionListener>>()
  #subscriptions: Subscription[] = []
  #queue: Promise<void> = Promise.resolve()

  constructor(options: StreamHubOptions) {
    this.#options = options
  }

  /** @throws RateLimitedError when `[stream] max_clients` are connected */
  async add(reply: FastifyReply, filter: StreamFilter): Promise<void> {
    this.#refuseAboveLimit()
    await this.#listen()
    const client = { connection: this.connect(reply), filter }
    this.#clients.add(client)
    const stopBeating = this.#beat(client.connection)
    client.connection.onClose(() => {
      this.#clients.delete(client)
      stopBeating()
      this.#rest()
    })
    client.connection.keepAlive()
  }

  connect(reply: FastifyReply): SseConnection {
    return new SseConnection(reply, this.#options.maxBufferedBytes)
  }

  /** Follows one execution until the returned function is called. */
  async follow(executionId: string, listener: ExecutionListener): Promise<() => void> {
    this.#refuseAboveLimit()
    await this.#listen()
    const listeners = this.#listeners.get(executionId) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(executionId, listeners)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(executionId)
      this.#rest()
    }
  }

  close(): void {
    for (const client of this.#clients) client.connection.end()
  }

  #refuseAboveLimit(): void {
    const count = this.#clients.size + this.#listeners.size
    if (count < this.#options.maxClients) return
    throw new RateLimitedError(`Too many stream clients; stream.max_clients is ${this.#options.maxClients}.`)
  }

  /** The bus is listened to only while somebody is connected: nobody pays for a stream that nobody reads. */
  async #listen(): Promise<void> {
    if (this.#subscriptions.length > 0) return
    const { events } = this.#options.engine
    this.#subscriptions = await Promise.all([
      events.onExecution((event) => this.#enqueue(() => this.#executionChanged(event))),
      events.onOutput((output) => this.#enqueue(() => this.#outputCame(output))),
      events.onAnnouncement((announcement) => this.#enqueue(() => this.#announced(announcement))),
    ])
  }

  #rest(): void {
    if (this.#clients.size > 0 || this.#listeners.size > 0) return
    const subscriptions = this.#subscriptions
    this.#subscriptions = []
    for (const subscription of subscriptions) {
      subscription.stop().catch((err: unknown) => this.#options.log.error({ err }, 'stream could not leave the bus'))
    }
  }

  #enqueue(work: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(work).catch((err: unknown) => {
      this.#options.log.error({ err }, 'an event could not be streamed')
    })
  }

  async #executionChanged(event: ExecutionEvent): Promise<void> {
    const { document, kind } = event
    for (const listener of this.#listeners.get(document.id) ?? []) listener.onChange(event)
    if (this.#clients.size === 0) return
    // NOTE: a result kept as a blob is not sent along, unlike upstream: `result_size` says it is there to be fetched.
    const options = { showSecrets: false, withResult: document.result_blob === undefined }
    const body = await this.#options.presenter.one(document, options)
    const shared = { actionRef: document.action_ref }
    this.#publish({ name: EXECUTION_EVENTS[kind], body, executionId: document.id, ...shared })
    const liveaction = liveactionView(document, body['result'])
    this.#publish({ name: LIVEACTION_EVENTS[kind], body: liveaction, executionId: null, ...shared })
  }

  #outputCame(output: ExecutionOutput): void {
    for (const listener of this.#listeners.get(output.execution_id) ?? []) listener.onOutput(output)
    this.#publish({
      name: STREAM_EVENTS.outputCreate,
      body: { ...output },
      actionRef: output.action_ref,
      executionId: output.execution_id,
    })
  }

  #announced({ route, payload, trace_context }: Announcement): void {
    const body = { payload, trace_context }
    this.#publish({ name: `${ANNOUNCEMENT_PREFIX}${route}`, body, actionRef: null, executionId: null })
  }

  #publish(event: StreamEvent): void {
    let data: string | null = null
    for (const { connection, filter } of this.#clients) {
      if (filter.wants(event)) {
        data ??= JSON.stringify(event.body)
        connection.send(event.name, data)
      }
      if (filter.ends(event)) connection.end()
    }
  }

  #beat(connection: SseConnection): () => void {
    const timer = setInterval(() => connection.keepAlive(), this.#options.heartbeatSeconds * 1000)
    return () => clearInterval(timer)
  }
}

const EXECUTION_EVENTS = {
  create: STREAM_EVENTS.executionCreate,
  update: STREAM_EVENTS.executionUpdate,
  delete: STREAM_EVENTS.executionDelete,
} as const

const LIVEACTION_EVENTS = {
  create: STREAM_EVENTS.liveactionCreate,
  update: STREAM_EVENTS.liveactionUpdate,
  delete: STREAM_EVENTS.liveactionDelete,
} as const
