import { onBehalfOf } from '../access/principal.ts'
import type { ExecutionStore } from '../executions/execution-store.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock, Timer } from '../ports/clock.ts'
import type { Coordinator } from '../ports/coordinator.ts'
import type { Log } from '../ports/log.ts'
import { cancelOrphans } from '../workflows/cancel-orphans.ts'
import { pauseRunning, resumePaused } from '../workflows/pause-between-engines.ts'
import { LiveWorkflows, type LiveWorkflowsDeps } from '../workflows/live-workflows.ts'
import { WAKE_WORKFLOWENGINE, WORKFLOW_NEWS, type WorkflowInbox } from '../workflows/workflow-inbox.ts'
import { EngineRollCall } from './engine-roll-call.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

export interface WorkflowengineDeps extends LiveWorkflowsDeps {
  readonly executions: ExecutionStore
  readonly inbox: WorkflowInbox
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  readonly coordinator: Coordinator
  readonly engine: {
    /** `[scheduler] sweep_interval_ms` */
    readonly sweepIntervalMs: number
    /** `[workflow_engine] batch_size`: workflows begun in one go. */
    readonly batchSize: number
    /** This process has the store to itself: what others left is theirs who are dead. */
    readonly isAlone: boolean
    /** `[workflow_engine] gc_max_idle_sec`; 0: never. */
    readonly maxIdleSeconds: number
    /** `[coordination] service_registry`: workflows pause while there is no engine. */
    readonly registers: boolean
    /** `<hostname>_<pid>`, by which others know it. */
    readonly memberId: string
  }
}

/**
 * Conducts workflows: begins them, hears what becomes of their actions, decides what is next. It holds no slot of an action
 * runner, and what it knows is in the journal: another engine goes on where it was stopped. Where services register, the last one to
 * stop pauses what runs, and the next one to start resumes it.
 *
 * @source services.md 1.7; orquesta.md 22
 */
export function workflowengine(deps: WorkflowengineDeps): Service {
  return {
    name: 'workflowengine',
    async start() {
      const { clock, log, bus, inbox, engine } = deps
      const live = new LiveWorkflows(deps)
      const loop = new WakeableLoop({ name: 'workflowengine', sweepMs: engine.sweepIntervalMs, clock, log }, async () =>
        begin(deps, live),
      )
      const care = new Care(deps, live)
      const rollCall = engine.registers ? new EngineRollCall({ ...deps, memberId: engine.memberId }) : null
      inbox.open((document) => live.hear(document))
      const news = await bus.subscribe(WORKFLOW_NEWS, (message) => {
        live
          .hearOf(String(message))
          .catch((err: unknown) => log.warn({ err }, 'news of an execution were not understood'))
      })
      const wakes = await bus.subscribe(WAKE_WORKFLOWENGINE, () => loop.wake())
      while (engine.isAlone && (await live.takeOver(true)) === 'more');
      loop.wake()
      care.start()
      return {
        async stop(deadlineMs) {
          await Promise.all([wakes.stop(), loop.stop(), care.stop()])
          await rollCall?.leave(() => pauseAll(deps, live, deadlineMs))
          inbox.close()
          await news.stop()
          await live.stop()
        },
      }
    },
  }
}

/** What only waits is paused when this ends; where something runs, the next engine sees to it. */
async function pauseAll(deps: WorkflowengineDeps, live: LiveWorkflows, deadlineMs: number): Promise<void> {
  const count = await pauseRunning(deps)
  if (count === 0) return
  deps.log.info({ count }, 'no workflow engine is left: workflows pause until the next one starts')
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = deps.clock.after(Math.min(deadlineMs, SETTLE_MS), resolve)
  await Promise.race([live.settled(), late])
  timer.cancel()
}

async function begin({ executions, engine }: WorkflowengineDeps, live: LiveWorkflows): Promise<'more' | 'idle'> {
  const scheduled = await executions.scheduledWorkflows(engine.batchSize)
  const begun = await Promise.all(scheduled.map((execution) => live.begin(execution)))
  return begun.length === engine.batchSize ? 'more' : 'idle'
}

/** ms that workflows may take to pause when the engine stops; what is asked of them is stored. */
const SETTLE_MS = 5000

/** ms between two looks for workflows in which nothing happens any more. */
const ORPHANS_INTERVAL_MS = 60_000

/** ms between two looks for workflows that are paused because there was no engine. */
const RESUME_INTERVAL_MS = 30_000

/** Looks, about once a second, for what was missed; keeps the claims; takes what others left. */
class Care {
  readonly #deps: WorkflowengineDeps
  readonly #live: LiveWorkflows
  readonly #loop: WakeableLoop
  #keptAt = 0
  #orphansAt = 0
  /** Shorter while workflows are known that are yet to be paused. */
  #resumeEveryMs = 0
  #resumedAt = Number.NEGATIVE_INFINITY
  #timer: Timer | null = null

  constructor(deps: WorkflowengineDeps, live: LiveWorkflows) {
    this.#deps = deps
    this.#live = live
    const { clock, log, engine } = deps
    this.#loop = new WakeableLoop({ name: 'workflowengine', sweepMs: engine.sweepIntervalMs, clock, log }, () =>
      this.#round(),
    )
  }

  start(): void {
    this.#timer = this.#deps.clock.after(this.#deps.engine.sweepIntervalMs, () => this.#loop.wake())
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    await this.#loop.stop()
  }

  async #round(): Promise<'more' | 'idle'> {
    const { clock, begin: settings } = this.#deps
    await this.#live.sweep()
    this.#live.unloadSome()
    const now = clock.monotonic()
    if (now - this.#keptAt > settings.leaseMs / 3) {
      this.#keptAt = now
      if (this.#live.size > 0) await this.#live.keepClaims()
    }
    if (now - this.#resumedAt > this.#resumeEveryMs) {
      this.#resumedAt = now
      const pausing = await resumePaused(this.#deps)
      this.#resumeEveryMs = pausing > 0 ? 0 : RESUME_INTERVAL_MS
    }
    await this.#cancelOrphans()
    return this.#live.takeOver(false)
  }

  async #cancelOrphans(): Promise<void> {
    const { clock, log, engine, begin: settings } = this.#deps
    const idleMs = engine.maxIdleSeconds * 1000
    const now = clock.monotonic()
    if (idleMs === 0 || now - this.#orphansAt < Math.min(idleMs, ORPHANS_INTERVAL_MS)) return
    this.#orphansAt = now
    const count = await cancelOrphans(this.#deps, onBehalfOf(settings.systemUser), clock.now() - idleMs)
    if (count > 0) log.warn({ count }, 'workflows in which nothing happened any more were cancelled')
  }
}
