import type { FastifyReply } from 'fastify'
import type { Announcement, Engine, ExecutionEvent, Log, Subscription } from '@st2/engine'
import { type ExecutionOutput, RateLimitedError } from '@st2/model'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'
import { liveactionView } from '../views/execution-view.ts'
import { EventBody } from './event-body.ts'
import type { StreamEvent, StreamFilter } from './event-filter.ts'
import type { ExecutionTrees } from './execution-trees.ts'
import { SseConnection } from './sse-connection.ts'
import { SseListener } from './sse-listener.ts'
import type { StreamListener } from './stream-listener.ts'
import { announcementEvent, executionEvent, liveactionEvent, outputEvent } from './stream-events.ts'

/** Called with each event of one execution, in order. */
export interface ExecutionListener {
  readonly onOutput: (output: ExecutionOutput) => void
  readonly onChange: (event: ExecutionEvent) => void
}

export interface StreamHubOptions {
  readonly engine: Pick<Engine, 'events'>
  readonly presenter: ExecutionPresenter
  readonly trees: ExecutionTrees
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
 * only when somebody wants it. Events of one execution keep their order.
 */
export class StreamHub {
  readonly #options: StreamHubOptions
  readonly #clients = new Set<StreamListener>()
  readonly #listeners = new Map<string, Set<ExecutionListener>>()
  /** Who is connected, or is about to be. */
  #holders = 0
  #subscriptions: Promise<AsyncDisposableStack> | null = null
  #queue: Promise<void> = Promise.resolve()

  constructor(options: StreamHubOptions) {
    this.#options = options
  }

  /** @throws RateLimitedError when `[stream] max_clients` are connected */
  async add(reply: FastifyReply, filter: StreamFilter): Promise<void> {
    this.refuseAboveLimit()
    const release = await this.#listen()
    const connection = this.connect(reply)
    const listener = new SseListener(connection, filter)
    this.#clients.add(listener)
    const stopBeating = this.#beat(connection)
    connection.onClose(() => {
      this.#clients.delete(listener)
      stopBeating()
      release()
    })
    connection.keepAlive()
  }

  /** Tells the listener from when the promise resolves until the answered function is called. */
  async listen(listener: StreamListener): Promise<() => void> {
    const release = await this.#listen()
    this.#clients.add(listener)
    return () => {
      this.#clients.delete(listener)
      release()
    }
  }

  connect(reply: FastifyReply): SseConnection {
    return new SseConnection(reply, this.#options.maxBufferedBytes)
  }

  /** Follows one execution until the returned function is called. */
  async follow(executionId: string, listener: ExecutionListener): Promise<() => void> {
    this.refuseAboveLimit()
    const release = await this.#listen()
    const listeners = this.#listeners.get(executionId) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(executionId, listeners)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(executionId)
      release()
    }
  }

  close(): void {
    for (const client of this.#clients) client.close()
  }

  /** @throws RateLimitedError */
  refuseAboveLimit(): void {
    if (this.#holders < this.#options.maxClients) return
    throw new RateLimitedError(`Too many stream clients; stream.max_clients is ${this.#options.maxClients}.`)
  }

  /**
   * The bus is listened to only while somebody is connected: nobody pays for a stream that nobody reads.
   * @returns to be called once, when who asked is gone
   */
  async #listen(): Promise<() => void> {
    const subscriptions = (this.#subscriptions ??= this.#subscribe())
    this.#holders += 1
    try {
      await subscriptions
    } catch (error) {
      this.#holders -= 1
      if (this.#subscriptions === subscriptions) this.#subscriptions = null
      throw error
    }
    return () => this.#release(subscriptions)
  }

  /** All of them, or none. */
  async #subscribe(): Promise<AsyncDisposableStack> {
    const { events } = this.#options.engine
    await using subscriptions = new AsyncDisposableStack()
    const keep = (subscription: Subscription): void => subscriptions.defer(() => subscription.stop())
    keep(
      await events.onExecution(
        (event) => this.#enqueue(() => this.#executionChanged(event)),
        () => this.#missed(),
      ),
    )
    keep(await events.onOutput((output) => this.#enqueue(() => this.#outputCame(output))))
    keep(await events.onAnnouncement((announcement) => this.#enqueue(() => this.#announced(announcement))))
    return subscriptions.move()
  }

  #release(subscriptions: Promise<AsyncDisposableStack>): void {
    this.#holders -= 1
    if (this.#holders > 0) return
    this.#subscriptions = null
    subscriptions
      .then((all) => all.disposeAsync())
      .catch((err: unknown) => this.#options.log.error({ err }, 'stream could not leave the bus'))
  }

  #enqueue(work: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(work).catch((err: unknown) => {
      this.#options.log.error({ err }, 'an event could not be streamed')
    })
  }

  #missed(): void {
    this.#enqueue(async () => {
      try {
        await this.#options.trees.learnAgain()
      } finally {
        for (const client of this.#clients) client.missed()
      }
    })
  }

  async #executionChanged(event: ExecutionEvent): Promise<void> {
    const { document } = event
    for (const listener of this.#listeners.get(document.id) ?? []) listener.onChange(event)
    this.#options.trees.follow(document)
    await this.#publishExecution(event)
    if (event.kind === 'delete') this.#options.trees.forget(document.id)
  }

  async #publishExecution(event: ExecutionEvent): Promise<void> {
    const { document } = event
    const [execution, liveaction] = [executionEvent(event), liveactionEvent(event)]
    if (!this.#isWanted(execution) && !this.#isWanted(liveaction)) return
    // NOTE: a result kept as a blob is not sent along, unlike upstream: `result_size` says it is there to be fetched.
    const options = { showSecrets: false, withResult: document.result_blob === undefined }
    const body = await this.#options.presenter.one(document, options)
    this.#publish(execution, () => body)
    this.#publish(liveaction, () => liveactionView(document, body['result']))
  }

  #outputCame(output: ExecutionOutput): void {
    for (const listener of this.#listeners.get(output.execution_id) ?? []) listener.onOutput(output)
    this.#publish(outputEvent(output), () => ({ ...output }))
  }

  #announced(announcement: Announcement): void {
    const { payload, trace_context } = announcement
    this.#publish(announcementEvent(announcement), () => ({ payload, trace_context }))
  }

  #isWanted(event: StreamEvent): boolean {
    for (const client of this.#clients) if (client.wants(event)) return true
    return false
  }

  #publish(event: StreamEvent, build: () => Record<string, unknown>): void {
    if (!this.#isWanted(event)) return
    const body = new EventBody(build())
    for (const client of this.#clients) client.tell(event, body)
  }

  #beat(connection: SseConnection): () => void {
    const timer = setInterval(() => connection.keepAlive(), this.#options.heartbeatSeconds * 1000)
    return () => clearInterval(timer)
  }
}
