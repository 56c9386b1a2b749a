import type { ExecutionDocument } from '@st2/model'
import { WAKE_ACTIONRUNNER } from '../executions/execution-events.ts'
import type { ExecutionEvents } from '../executions/execution-events.ts'
import { finishExecution } from '../executions/finish-execution.ts'
import { type RunDeps, runExecution, runnerInfo } from '../executions/run-execution.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

export interface ActionrunnerDeps extends RunDeps {
  readonly events: ExecutionEvents
  readonly bus: Bus
  readonly clock: Clock
  /** `<instance>:<epoch>` of this process: claims name it. */
  readonly owner: string
  /** Called with each wake: it may be meant for what is driven beside. */
  readonly woken: () => void
  readonly pool: {
    /** `[actionrunner] actions_pool_size`: actions running at once in this process. */
    readonly size: number
    readonly sweepIntervalMs: number
  }
}

/**
 * Claims scheduled executions while there is room, runs them, and passes cancels on to them. @source services.md 1.6
 *
 * Stopping: no more claims; what runs may end within the deadline; what still runs then is stopped and ends
 * `abandoned`, with the reason in its result.
 */
export function actionrunner(deps: ActionrunnerDeps): Service {
  return {
    name: 'actionrunner',
    async start() {
      const pool = new Pool(deps)
      const info = runnerInfo()
      const { sweepIntervalMs: sweepMs } = deps.pool
      const loop = new WakeableLoop({ name: 'actionrunner', sweepMs, clock: deps.clock, log: deps.log }, async () => {
        await pool.stopCanceled()
        for (const document of await pool.lostClaims()) pool.run(document, () => loop.wake())
        const room = deps.pool.size - pool.size
        if (room <= 0) return 'idle'
        const claimed = await deps.executions.claimForRunning(room, deps.owner, info)
        for (const document of claimed) pool.run(document, () => loop.wake())
        return claimed.length === room ? 'more' : 'idle'
      })
      const wakes = await deps.bus.consume(WAKE_ACTIONRUNNER, { prefetch: 100, maxDeliveries: 3 }, async () => {
        loop.wake()
        deps.woken()
      })
      const cancels = await deps.events.onCancel((id) => pool.cancel(id))
      loop.wake()
      return {
        async stop(deadlineMs) {
          await wakes.stop()
          await loop.stop()
          await pool.drain(deadlineMs)
          await cancels.stop()
        },
      }
    },
  }
}

/** ms between two looks for claims whose answer was lost. */
const LOST_CLAIMS_INTERVAL_MS = 10_000

interface Run {
  readonly document: ExecutionDocument
  readonly abort: AbortController
  readonly done: Promise<void>
}

/** What runs right now in this process. */
class Pool {
  readonly #deps: ActionrunnerDeps
  readonly #runs = new Map<string, Run>()
  /** Ran here and could not be ended: they are the take-over's. */
  readonly #unsettled = new Set<string>()
  #lookedAt = 0
  #lookedForLostAt = 0

  constructor(deps: ActionrunnerDeps) {
    this.#deps = deps
  }

  get size(): number {
    return this.#runs.size
  }

  run(document: ExecutionDocument, onRoom: () => void): void {
    const abort = new AbortController()
    const done = runExecution(this.#deps, document, abort.signal)
      .catch((err: unknown) => {
        // The outcome could not be written; the claim stays, and the take-over ends it.
        this.#unsettled.add(document.id)
        this.#deps.log.error({ err, execution_id: document.id }, 'the end of an execution could not be stored')
      })
      .finally(() => {
        this.#runs.delete(document.id)
        onRoom()
      })
    this.#runs.set(document.id, { document, abort, done })
  }

  /** The cancel message is a hint; what the store says is stopped in any case. */
  async stopCanceled(): Promise<void> {
    const now = this.#deps.clock.monotonic()
    if (this.#runs.size === 0 || now - this.#lookedAt < this.#deps.pool.sweepIntervalMs) return
    this.#lookedAt = now
    for (const document of await this.#deps.executions.cancelingOf(this.#deps.owner, this.#deps.pool.size)) {
      this.cancel(document.id)
    }
  }

  /**
   * What the store says is this process's and nobody runs: a claim whose answer was lost on the way. Called between claims, so nothing
   * is being claimed meanwhile.
   */
  async lostClaims(): Promise<readonly ExecutionDocument[]> {
    const now = this.#deps.clock.monotonic()
    if (now - this.#lookedForLostAt < LOST_CLAIMS_INTERVAL_MS) return []
    this.#lookedForLostAt = now
    const claimed = await this.#deps.executions.actionsOf(this.#deps.owner, this.#deps.pool.size + this.#unsettled.size)
    return claimed.filter(({ id, status }) => status === 'running' && !this.#runs.has(id) && !this.#unsettled.has(id))
  }

  cancel(id: string): void {
    this.#runs.get(id)?.abort.abort()
  }

  async drain(deadlineMs: number): Promise<void> {
    const ended = Promise.all([...this.#runs.values()].map((run) => run.done)).then(() => 'ended' as const)
    const { promise: deadline, resolve } = Promise.withResolvers<'late'>()
    const timer = this.#deps.clock.after(deadlineMs, () => resolve('late'))
    if ((await Promise.race([ended, deadline])) === 'late') await this.#abandonAll()
    timer.cancel()
    await ended
  }

  async #abandonAll(): Promise<void> {
    await Promise.all(
      [...this.#runs.values()].map(async ({ document, abort }) => {
        const result = { error: 'The server was shut down while this action ran; it was stopped.', reason: 'shutdown' }
        await finishExecution(this.#deps, document, { status: 'abandoned', result })
        abort.abort()
      }),
    )
  }
}
