import { Worker, type Transferable } from 'node:worker_threads'
import { UnavailableError } from '@st2/model'
import type { Log } from '../../ports/log.ts'
import { errorOf, StoreVersionError } from './store-errors.ts'
import { isFailure, type Answer, type Operation, type Result } from './protocol.ts'
import type { ThreadSetup } from './thread-setup.ts'

export interface LaneOptions {
  readonly entry: URL
  readonly setup: ThreadSetup
  readonly log: Log
  /** Operations that may wait for an answer; more are refused. */
  readonly maxWaiting: number
  /** Heap of the thread, MiB. */
  readonly maxHeapMiB: number
  readonly progress: (message: string) => void
  readonly logGrown: () => void
}

interface Waiting {
  readonly resolve: (result: Exclude<Result, { failure: string }>) => void
  readonly reject: (error: Error) => void
}

/**
 * The calling side of a store thread. Operations of one turn of the event loop go in one message; while two messages
 * are unanswered, more operations gather for the next. The thread starts with the first operation, and again when it
 * died: what was under way then is refused, what comes later is served.
 */
export class Lane {
  static readonly #MAX_MESSAGES_UNDERWAY = 2

  readonly #options: LaneOptions
  #worker: Worker | null = null
  #started: Promise<void> | null = null
  #gathered: Operation[] = []
  #transfers: Transferable[] = []
  /** The callers of all operations that have no answer yet, in their order. */
  #waiting: Waiting[] = []
  #answered = 0
  /** How many operations each unanswered message carries. */
  #underway: number[] = []
  #isFlushScheduled = false
  #isClosed = false

  constructor(options: LaneOptions) {
    this.#options = options
  }

  /** Resolves when the thread has opened the store. */
  start(): Promise<void> {
    this.#started ??= this.#start()
    return this.#started
  }

  call(operation: Operation, transfer?: Transferable): Promise<Exclude<Result, { failure: string }>> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new UnavailableError('the store is closed'))
      if (this.#waiting.length - this.#answered >= this.#options.maxWaiting)
        return reject(new UnavailableError(`the store is busy: ${this.#options.maxWaiting} operations are waiting`))
      this.#waiting.push({ resolve, reject })
      this.#gathered.push(operation)
      if (transfer !== undefined) this.#transfers.push(transfer)
      this.#scheduleFlush()
    })
  }

  /** Answers what is under way, closes the thread's connection and ends the thread. */
  async close(): Promise<void> {
    if (this.#started === null || this.#isClosed) {
      this.#isClosed = true
      return
    }
    const worker = this.#worker
    const closed = this.call(['close'])
    this.#isClosed = true
    await closed
    this.#worker = null
    await worker?.terminate()
  }

  async #start(): Promise<void> {
    const { entry, setup, maxHeapMiB } = this.#options
    const worker = new Worker(entry, {
      workerData: setup,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB, maxYoungGenerationSizeMb: 8 },
    })
    this.#worker = worker
    const opened = Promise.withResolvers<void>()
    worker.on('message', (answer: Answer) => this.#hear(answer, opened))
    worker.on('error', (error) => this.#lose(worker, error, opened))
    worker.on('exit', () => this.#lose(worker, new Error('the thread ended'), opened))
    await opened.promise
  }

  #hear(answer: Answer, opened: PromiseWithResolvers<void>): void {
    switch (answer.kind) {
      case 'results':
        return this.#answer(answer.results)
      case 'ready':
        return opened.resolve()
      case 'progress':
        return this.#options.progress(answer.message)
      case 'warning':
        return this.#options.log.warn({ path: this.#options.setup.path }, answer.message)
      case 'log-grown':
        return this.#options.logGrown()
      case 'refused':
        return this.#refuse(errorOf(answer.failure), opened)
      case 'newer-version':
        return this.#refuse(new StoreVersionError(this.#options.setup.path, answer.found, answer.supported), opened)
    }
  }

  /** The thread said why it cannot open, and ends: nothing unexpected. */
  #refuse(error: Error, opened: PromiseWithResolvers<void>): void {
    this.#worker = null
    this.#started = null
    opened.reject(error)
    this.#refuseAll(error)
  }

  #answer(results: readonly Result[]): void {
    for (const result of results) {
      const caller = this.#waiting[this.#answered]
      this.#answered += 1
      if (isFailure(result)) caller?.reject(errorOf(result))
      else caller?.resolve(result)
    }
    this.#forgetMessages(results.length)
    if (this.#answered === this.#waiting.length || this.#answered > 1_000) {
      this.#waiting.splice(0, this.#answered)
      this.#answered = 0
    }
    if (this.#gathered.length > 0) this.#scheduleFlush()
  }

  #forgetMessages(answers: number): void {
    let left = answers
    while (left > 0) {
      const first = this.#underway[0] ?? 0
      if (first > left) this.#underway[0] = first - left
      else this.#underway.shift()
      left -= first
    }
  }

  #scheduleFlush(): void {
    if (this.#isFlushScheduled || this.#underway.length >= Lane.#MAX_MESSAGES_UNDERWAY) return
    this.#isFlushScheduled = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#isFlushScheduled = false
    if (this.#gathered.length === 0) return
    // NOTE: a thread that does not open rejects all that waits, in `#lose`.
    this.start().catch((error: unknown) => this.#refuseAll(error))
    this.#underway.push(this.#gathered.length)
    this.#worker?.postMessage(this.#gathered, this.#transfers)
    this.#gathered = []
    this.#transfers = []
  }

  #lose(worker: Worker, cause: unknown, opened: PromiseWithResolvers<void>): void {
    if (this.#worker !== worker) return
    const error = new UnavailableError('a thread of the store ended unexpectedly', { cause })
    this.#worker = null
    this.#started = null
    opened.reject(error)
    if (!this.#isClosed) this.#options.log.error({ err: cause }, 'a thread of the store ended unexpectedly')
    this.#refuseAll(error)
  }

  #refuseAll(cause: unknown): void {
    const error = cause instanceof Error ? cause : new UnavailableError('the store did not open', { cause })
    const waiting = this.#waiting.slice(this.#answered)
    this.#waiting = []
    this.#answered = 0
    this.#underway = []
    this.#gathered = []
    this.#transfers = []
    for (const caller of waiting) caller.reject(error)
  }
}
