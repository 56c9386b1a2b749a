import { setTimeout as delay } from 'node:timers/promises'
import type { RunIo, RunnerHost, RunOutcome, RunRequest } from '@st2/engine/runner'
import { genericFailure } from '../generic-failure.ts'
import { SessionRecords } from '../process/session-records.ts'
import { FrameError } from './frames.ts'
import { type ExitInfo, HostProcess, warmCodeCache } from './host-process.ts'
import { killLeftovers } from './leftovers.ts'
import type { HostOptions } from './host-options.ts'
import type { HostMessage } from './messages.ts'

export type { HostLog, HostOptions } from './host-options.ts'

/** Starts the runner host of this server, now or with the first run, and keeps one running until it is closed. */
export async function startRunnerHost(options: HostOptions): Promise<RunnerHost & { readonly pid: number | null }> {
  const host = new SupervisedHost(options)
  if (options.waitsForFirstRun !== true) await host.start()
  return host
}

/** First pause before a host that died right after its start is started again; doubles up to the longest one. */
const FIRST_RESTART_PAUSE_MS = 100
const LONGEST_RESTART_PAUSE_MS = 5_000

/** A host that lived this long did not die of its start. */
const STEADY_AFTER_MS = 10_000

/** How long a host may take to end its sessions when it is closed. */
const CLOSE_DEADLINE_MS = 8_000

interface PendingRun {
  readonly io: RunIo
  /** While false the request has not left: the action cannot have started. */
  sent: boolean
  resolve(outcome: RunOutcome): void
}

/**
 * One host process at a time: (waiting for the first run →) starting → up → (died → reaping → pausing → starting …) → closed.
 * Runs asked for while no host is up wait for the next one; runs of a host that dies end `abandoned`, after what they
 * left behind was killed.
 */
class SupervisedHost implements RunnerHost {
  readonly #options: HostOptions
  readonly #records: SessionRecords
  readonly #runs = new Map<number, PendingRun>()
  #process: HostProcess | null = null
  #up = notUpYet()
  #nextRun = 1
  #pauseMs = 0
  #isBegun = false
  #closed = false

  constructor(options: HostOptions) {
    this.#options = options
    this.#records = new SessionRecords(options.dataDir)
  }

  get pid(): number | null {
    return this.#process?.pid ?? null
  }

  /** @throws when the very first host does not come up */
  async start(): Promise<void> {
    this.#isBegun = true
    await warmCodeCache(this.#options)
    const host = this.#spawn()
    try {
      await host.ready
    } catch (error) {
      this.#closed = true
      throw error
    }
    this.#announce(host)
  }

  async run(request: RunRequest, io: RunIo, signal: AbortSignal): Promise<RunOutcome> {
    if (signal.aborted) return CANCELED_BEFORE_START
    const number = this.#nextRun++
    const { promise, resolve } = Promise.withResolvers<RunOutcome>()
    const pending: PendingRun = { io, sent: false, resolve }
    this.#runs.set(number, pending)
    const cancel = (): void => {
      if (pending.sent) this.#process?.send({ type: 'cancel', run: number })
      else resolve(CANCELED_BEFORE_START)
    }
    signal.addEventListener('abort', cancel, { once: true })
    if (!this.#isBegun) void this.#begin()
    this.#up.promise
      .then((host) => {
        if (signal.aborted) return
        host.send({ type: 'run', run: number, request })
        pending.sent = true
      })
      .catch((error: unknown) => resolve(notStarted(error)))
    try {
      return await promise
    } finally {
      this.#runs.delete(number)
      signal.removeEventListener('abort', cancel)
    }
  }

  reapLeftovers(): Promise<string[]> {
    return killLeftovers(this.#records, this.#options.instance, this.#options.epoch - 1)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const host = this.#process
    const closed = new Error('the runner host is closed')
    // Those that wait for a host, and those that come later.
    this.#up.reject(closed)
    this.#up = notUpYet()
    this.#up.reject(closed)
    if (host === null) return
    host.end()
    await Promise.race([host.exited, delay(CLOSE_DEADLINE_MS, undefined, { ref: false })])
    host.kill()
    await host.exited
    await this.#killOwnLeftovers()
    this.#abandonRuns('the server was stopped')
  }

  async #begin(): Promise<void> {
    this.#isBegun = true
    await warmCodeCache(this.#options)
    await this.#bringUp()
  }

  #spawn(): HostProcess {
    const host = new HostProcess(this.#options, (message) => this.#handle(message))
    this.#process = host
    void host.exited.then((info) => this.#hostEnded(host, info))
    return host
  }

  #announce(host: HostProcess): void {
    this.#up.resolve(host)
    this.#options.log.info({ pid: host.pid }, 'runner host started')
  }

  #handle(message: HostMessage): void {
    if (message.type === 'ready') return
    const pending = this.#runs.get(message.run)
    // The run was settled meanwhile: a late line of it interests nobody.
    if (pending === undefined) return
    if (message.type === 'output') pending.io.output(message.stream, message.data)
    else pending.resolve(message.outcome)
  }

  async #hostEnded(host: HostProcess, info: ExitInfo): Promise<void> {
    if (this.#closed) return
    this.#process = null
    this.#up = notUpYet()
    const { log } = this.#options
    log.error({ pid: host.pid, reason: info.reason, runs: this.#runs.size }, 'runner host died, starting another')
    await this.#killOwnLeftovers()
    this.#abandonRuns(`the runner host died (${info.reason})`)
    this.#pauseMs = info.livedMs >= STEADY_AFTER_MS || info.wasReady ? 0 : nextPause(this.#pauseMs)
    await delay(this.#pauseMs, undefined, { ref: false })
    await this.#bringUp()
  }

  /** A host that does not come up ends, and the end of a host starts the next one. */
  async #bringUp(): Promise<void> {
    if (this.#closed) return
    const host = this.#spawn()
    try {
      await host.ready
      this.#announce(host)
    } catch (error) {
      this.#options.log.error({ err: error }, 'runner host did not start')
    }
  }

  async #killOwnLeftovers(): Promise<void> {
    const executions = await killLeftovers(this.#records, this.#options.instance, this.#options.epoch)
    if (executions.length > 0) this.#options.log.warn({ executions }, 'killed what the runner host left behind')
  }

  #abandonRuns(reason: string): void {
    for (const pending of this.#runs.values()) {
      if (pending.sent) pending.resolve({ status: 'abandoned', result: { error: `Action abandoned: ${reason}` } })
    }
  }
}

const CANCELED_BEFORE_START: RunOutcome = {
  status: 'canceled',
  result: { error: 'Action canceled before it was started' },
}

function notUpYet(): PromiseWithResolvers<HostProcess> {
  const up = Promise.withResolvers<HostProcess>()
  // Nobody may be waiting when it is closed.
  up.promise.catch(() => undefined)
  return up
}

function notStarted(error: unknown): RunOutcome {
  if (error instanceof FrameError) return genericFailure(error)
  const reason = error instanceof Error ? error.message : String(error)
  return { status: 'abandoned', result: { error: `Action not started: ${reason}` } }
}

function nextPause(pauseMs: number): number {
  return Math.min(LONGEST_RESTART_PAUSE_MS, Math.max(FIRST_RESTART_PAUSE_MS, pauseMs * 2))
}
