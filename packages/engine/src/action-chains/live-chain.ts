import {
  ConflictError,
  type ExecutionDocument,
  type ExecutionStatus,
  INQUIRER_RUNNER,
  InvalidError,
  isCompleted,
} from '@st2/model'
import { onBehalfOf } from '../access/principal.ts'
import type { CancelDeps } from '../executions/cancel-execution.ts'
import { CancelGrace } from '../executions/cancel-grace.ts'
import type { Outcomes } from '../executions/outcomes.ts'
import { prepareExecution, type RequestDeps } from '../executions/request-execution.ts'
import { type StoredResult, storedResult } from '../executions/result-store.ts'
import type { SnapshotStore } from '../executions/snapshot-store.ts'
import { cancelChild, pauseChild, resumeChild } from '../executions/steer-child.ts'
import { type WakeDeps, wakeWorkers } from '../executions/wake-workers.ts'
import type { Clock } from '../ports/clock.ts'
import { derivedId } from '../ports/derived-id.ts'
import { isRunningAction } from '../workflows/cascade.ts'
import { type ChainDefinition, findTask, parseChain } from './chain-definition.ts'
import type { ChainJournal } from './chain-journal.ts'
import type { ChainDecision, ChainState, ChainStep } from './chain-state.ts'
import { type DecideDeps, decideBegin, decideNext, type EndedTask, entryOf, refusedEntry } from './decide-chain.ts'

export interface LiveChainDeps extends CancelDeps, WakeDeps {
  readonly journal: ChainJournal
  readonly outcomes: Outcomes
  readonly decide: DecideDeps
  readonly requestDeps: RequestDeps
  readonly snapshots: SnapshotStore
  readonly clock: Clock
  /** `[workflow_engine] cancel_grace_ms`: how long the running action of a cancelled chain may take to end; −1: as long as it wants. */
  readonly cancelGraceMs: number
  /** Nothing is left to do in it. */
  readonly closed: (id: string) => void
}

/** ms before a chain is looked at again that could not go on. */
const RETRY_MS = 500

/**
 * A chain that this process drives. It compares what its journal says with how its execution and its task stand, does what is
 * missing, and looks again whenever one of them has changed: so being stopped anywhere and looked at again, here or elsewhere,
 * leads to the same. One look at a time.
 */
export class LiveChain {
  readonly id: string
  readonly #deps: LiveChainDeps
  #state: ChainState | null = null
  #definition: ChainDefinition | null = null
  #child: string | null = null
  #looking: Promise<void> | null = null
  #mustLook = false
  #isStopped = false
  readonly #cancelGrace: CancelGrace

  constructor(deps: LiveChainDeps, id: string) {
    this.#deps = deps
    this.id = id
    this.#cancelGrace = new CancelGrace(deps.clock, deps.cancelGraceMs)
  }

  /** Ids of what may change without this process hearing of it. */
  get watched(): string[] {
    return this.#child === null ? [this.id] : [this.id, this.#child]
  }

  look(): void {
    if (this.#isStopped) return
    this.#mustLook = true
    this.#looking ??= this.#lookUntilStill()
  }

  /** What is in memory goes; it is read again when something happens. */
  unload(): void {
    if (this.#looking === null) this.#forget()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelGrace.end()
    await this.#looking
  }

  async #lookUntilStill(): Promise<void> {
    // What comes in the same turn joins the look.
    await Promise.resolve()
    while (this.#mustLook && !this.#isStopped) {
      this.#mustLook = false
      try {
        while (!this.#isStopped && (await this.#step()) === 'again');
      } catch (err) {
        this.#deps.log.error({ err, execution_id: this.id }, 'an action chain could not go on; it is tried again')
        this.#forget()
        this.#deps.clock.after(RETRY_MS, () => this.look())
      }
    }
    this.#looking = null
  }

  #forget(): void {
    this.#state = null
    this.#definition = null
  }

  async #step(): Promise<'again' | 'wait'> {
    const execution = await this.#deps.executions.get(this.id)
    if (execution === null || isCompleted(execution.status)) return this.#close(execution)
    const state = (this.#state ??= await this.#deps.journal.read(execution))
    if (state.rows === 0) return this.#begin(execution)
    if (state.end !== null) return this.#finish(execution, state)
    const step = state.next
    // A row either ends the chain or names the next task.
    if (step === null) throw new Error(`row ${state.current} of the journal of chain ${this.id} decides nothing`)
    this.#child = childId(execution, state.current)
    const child = await this.#deps.executions.get(this.#child)
    if (pausedItself(execution) && !isHeld(child)) return this.#move(execution, 'resuming')
    if (child === null) return this.#beforeTask(execution, state, step)
    return isCompleted(child.status)
      ? this.#afterTask(execution, state, step, child)
      : this.#duringTask(execution, child)
  }

  async #begin(execution: ExecutionDocument): Promise<'again' | 'wait'> {
    if (execution.status === 'canceling') return this.#cancelled(execution)
    try {
      const runner = await this.#deps.snapshots.runner(execution.runner_snapshot)
      if (!runner.enabled) {
        throw new InvalidError(`Runner "${runner.name}" has been disabled by the administrator.`)
      }
      return await this.#append(execution, await decideBegin(this.#deps.decide, execution), null)
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      const result = await this.#deps.results.keep({ error: error.message, traceback: error.message })
      return this.#move(execution, 'failed', result)
    }
  }

  /** The task is decided and not asked for yet. */
  async #beforeTask(execution: ExecutionDocument, state: ChainState, step: ChainStep): Promise<'again' | 'wait'> {
    switch (execution.status) {
      case 'canceling':
        return this.#cancelled(execution)
      case 'pausing':
        return this.#moveWithResult(execution, 'paused', state)
      case 'paused':
        return 'wait'
      case 'resuming':
        return this.#move(execution, 'running')
      default:
        return this.#start(execution, state, step)
    }
  }

  async #duringTask(execution: ExecutionDocument, child: ExecutionDocument): Promise<'again' | 'wait'> {
    switch (execution.status) {
      case 'canceling':
        return this.#cancelTask(execution, child)
      case 'pausing':
        if (isHeld(child)) return this.#pause(execution)
        await pauseChild(this.#deps.executions, execution, child)
        return 'wait'
      case 'paused':
        return 'wait'
      case 'resuming':
        await resumeChild(this.#deps.executions, execution, child)
        return this.#move(execution, 'running')
      default:
        return isHeld(child) ? this.#pauseItself(execution) : 'wait'
    }
  }

  /** An action that runs may come to its end for a while, and is stopped then. */
  async #cancelTask(execution: ExecutionDocument, child: ExecutionDocument): Promise<'wait'> {
    if (!isRunningAction(child) || this.#cancelGrace.isOver()) await cancelChild(this.#deps, execution, child)
    this.#cancelGrace.lookAgain(() => this.look())
    return 'wait'
  }

  async #afterTask(
    execution: ExecutionDocument,
    state: ChainState,
    step: ChainStep,
    child: ExecutionDocument,
  ): Promise<'again' | 'wait'> {
    const { status } = execution
    if (status === 'canceling') return this.#cancelled(execution)
    if (status === 'paused') return 'wait'
    if (status === 'resuming') return this.#move(execution, 'running')
    const entry = entryOf(step.task, child, this.#deps.clock.timestamp())
    const isInquiry = child.runner_name === INQUIRER_RUNNER
    const result = await this.#deps.results.reveal(child)
    const shown = await this.#deps.results.load(child)
    return this.#ended(execution, state, { entry, result, shown, isInquiry }, storedResult(child))
  }

  async #ended(
    execution: ExecutionDocument,
    state: ChainState,
    ended: EndedTask,
    stored: StoredResult,
  ): Promise<'again' | 'wait'> {
    this.#definition ??= parseChain(await this.#deps.journal.definition(state.definition), '')
    const decision = await decideNext(this.#deps.decide, execution, this.#definition, state, ended)
    return this.#append(execution, decision, { ...ended, stored })
  }

  async #append(
    execution: ExecutionDocument,
    decision: ChainDecision,
    ended: (Pick<EndedTask, 'result' | 'shown'> & { readonly stored: StoredResult }) | null,
  ): Promise<'again'> {
    const { journal, clock } = this.#deps
    const seq = this.#state?.rows ?? 0
    const isStored = await journal.append(execution, seq, decision, ended?.stored ?? null, clock.now())
    // Another process was faster: what it decided is read.
    if (isStored) this.#state?.apply(decision, ended?.result ?? null, ended?.shown)
    else this.#forget()
    return 'again'
  }

  async #start(execution: ExecutionDocument, state: ChainState, step: ChainStep): Promise<'again' | 'wait'> {
    try {
      const child = await this.#prepare(execution, state, step)
      await this.#store(child)
      wakeWorkers(this.#deps, [child])
      return 'wait'
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      const result = {
        error: `Failed running task "${step.task}".. ${error.message}`,
        traceback: `${error.name}: ${error.message}`,
      }
      const entry = refusedEntry(step.task, this.#deps.clock.timestamp())
      return this.#ended(execution, state, { entry, result }, await this.#deps.results.keep(result))
    }
  }

  async #prepare(execution: ExecutionDocument, state: ChainState, step: ChainStep): Promise<ExecutionDocument> {
    const { requestDeps, journal, clock } = this.#deps
    this.#definition ??= parseChain(await journal.definition(state.definition), '')
    const task = findTask(this.#definition, step.task)
    const { context } = execution
    const { user, trace_context, api_user, source_channel } = context
    const child = await prepareExecution(requestDeps, onBehalfOf(user), {
      id: childId(execution, state.current),
      action: step.action,
      parameters: {},
      earlier: { values: step.parameters, secret: step.secret },
      notify: state.skipsNotify.includes(step.task) ? undefined : (task?.notify ?? execution.notify),
      cause: {
        ...(trace_context === undefined ? {} : { trace_context }),
        ...(api_user === undefined ? {} : { api_user }),
        ...(source_channel === undefined ? {} : { source_channel }),
        parent: { ...context, execution_id: execution.id },
        chain: task?.written ?? { name: step.task, ref: step.action },
      },
      belongsTo: { parent: execution.id },
    })
    if (child.policy_queue !== undefined) return child
    return { ...child, status: 'scheduled', log: [...child.log, { timestamp: clock.timestamp(), status: 'scheduled' }] }
  }

  async #store(child: ExecutionDocument): Promise<void> {
    try {
      await this.#deps.executions.insert(child)
    } catch (error) {
      // Another process has just stored it.
      if (!(error instanceof ConflictError)) throw error
    }
  }

  /** Its task waits: nobody asked the chain to pause. */
  async #pauseItself(execution: ExecutionDocument): Promise<'again'> {
    const context = { ...execution.context, paused_by: undefined }
    await this.#deps.executions.change(
      execution.id,
      ({ status }) => (status === 'running' ? { status: 'pausing', context } : null),
      execution,
    )
    return 'again'
  }

  async #pause(execution: ExecutionDocument): Promise<'again'> {
    return this.#moveWithResult(execution, 'paused', this.#state)
  }

  async #finish(execution: ExecutionDocument, state: ChainState): Promise<'again'> {
    if (execution.status === 'canceling' || state.end?.status === 'canceled') return this.#cancelled(execution)
    return this.#moveWithResult(execution, state.end?.status ?? 'failed', state)
  }

  /** Who asked for it stands in the result already; a chain whose task was cancelled tells its tasks. */
  async #cancelled(execution: ExecutionDocument): Promise<'again'> {
    if (execution.status === 'canceling') return this.#move(execution, 'canceled')
    return this.#moveWithResult(execution, 'canceled', this.#state)
  }

  async #moveWithResult(
    execution: ExecutionDocument,
    status: ExecutionStatus,
    state: ChainState | null,
  ): Promise<'again'> {
    const told = { status, result: state?.result ?? {}, shown: state?.shownResult }
    const outcome = await this.#deps.outcomes.keep(execution, told)
    return this.#move(execution, outcome.status, outcome.kept)
  }

  /** Loses to whoever moved it meanwhile; then it is looked at again. */
  async #move(execution: ExecutionDocument, status: ExecutionStatus, result: StoredResult = {}): Promise<'again'> {
    await this.#deps.executions.change(
      execution.id,
      (current) => (current.status === execution.status ? { ...result, status } : null),
      execution,
    )
    return 'again'
  }

  /** Whatever ended it, nothing of it goes on. */
  async #close(execution: ExecutionDocument | null): Promise<'wait'> {
    if (execution !== null) {
      const state = this.#state ?? (await this.#deps.journal.read(execution))
      const child = state.rows === 0 ? null : await this.#deps.executions.get(childId(execution, state.current))
      if (child !== null && !isCompleted(child.status)) await cancelChild(this.#deps, execution, child)
      await this.#deps.journal.remove(execution)
    }
    this.#isStopped = true
    this.#cancelGrace.end()
    this.#deps.closed(this.id)
    return 'wait'
  }
}

/** Of the execution of a task, by its number. */
function childId({ id, start_timestamp }: ExecutionDocument, number: number): string {
  return derivedId(Date.parse(start_timestamp), 'chain-task', id, number)
}

/** It pauses because its task does, and goes on with it. */
function pausedItself({ status, context }: ExecutionDocument): boolean {
  return (status === 'pausing' || status === 'paused') && context['paused_by'] === undefined
}

/** It waits for people, or for somebody to let it go on. */
function isHeld(child: ExecutionDocument | null): boolean {
  return child?.status === 'pending' || child?.status === 'paused'
}
