import {
  type ExecutionDocument,
  type ExecutionStatus,
  isCompleted,
  isExecutionStatus,
  isOrquestaRunner,
  type WorkflowExecution,
} from '@st2/model'
import { COMPLETED, type JournalEntry, type WorkflowRun } from '@st2/orquesta'
import type { CancelDeps } from '../executions/cancel-execution.ts'
import { CancelGrace } from '../executions/cancel-grace.ts'
import type { Outcomes } from '../executions/outcomes.ts'
import type { OutputStore } from '../executions/output-store.ts'
import { storedResult } from '../executions/result-store.ts'
import { SecretTexts } from '../executions/secret-texts.ts'
import { cancelChildren, pauseChildren, resumeChildren } from './cascade.ts'
import { type ChildDeps, Children, isPrepared, type PreparedChild, type RefusedChild } from './children.ts'
import { type Decided, type DecisionDeps, Decisions, type Occurrence } from './decisions.ts'
import { endsWorkflow, type StartEffect } from './journal-rows.ts'
import { runAhead } from './run-ahead.ts'
import { type LoadDeps, loadRun, writeSnapshot } from './load-run.ts'
import { roundText } from './progress.ts'
import { runKey } from './task-records.ts'
import { childId } from './workflow-ids.ts'
import { workflowAnswer } from './workflow-result.ts'

export interface LiveDeps extends LoadDeps, DecisionDeps, ChildDeps, CancelDeps {
  readonly outputs: OutputStore
  readonly outcomes: Outcomes
  /** `<instance>:<epoch>` of this process: records that it conducts name it. */
  readonly owner: string
  readonly settings: LiveSettings
  /** Nothing is left to do in it. */
  readonly closed: (workflow: LiveWorkflow) => void
}

export interface LiveSettings {
  /** `[workflow_engine] snapshot_interval`: rows after which a snapshot is written. */
  readonly snapshotInterval: number
  /** `[workflow_engine] batch_size`: what is decided, or started, in one write. */
  readonly batchSize: number
  /** `[workflow_engine] cancel_grace_ms`: how long running actions of a cancelled workflow may take to end; −1: as long as they want. */
  readonly cancelGraceMs: number
  /** `[actionrunner] stream_output` */
  readonly streamOutput: boolean
  /** `[actionrunner] max_result_size`, bytes. */
  readonly maxResultSize: number
}

/** ms before a workflow is looked at again that could not be written. */
const RETRY_MS = 500
/** Children read at once. */
const PAGE = 1000

/**
 * A workflow that this process conducts. What happens to it waits in a queue; a round takes what waits, decides it, inserts the rows
 * (which is the compare-and-set: another engine that was faster makes this one load the journal again), and only then does what was
 * decided, under ids that follow from it. So being stopped anywhere and loaded again, here or elsewhere, leads to the same.
 *
 * Modes: *loaded* (a run in memory), *unloaded* (the journal is read when something happens), *closed* (nothing is left to do).
 */
export class LiveWorkflow {
  record: WorkflowExecution
  readonly #deps: LiveDeps
  #execution: ExecutionDocument
  /** With the run; null: it is to be loaded. */
  #decisions: Decisions | null
  #children: Children | null = null
  #queue: Occurrence[] = []
  /** Decided and not handed to the store. */
  #starts: StartEffect[] = []
  /** Of those, whose delay counts. */
  #delays = new Set<string>()
  /** Executions that were asked for and have not ended, and their actions. */
  readonly #waiting = new Map<string, string>()
  /** Of those, which were reported pending or paused. */
  readonly #held = new Map<string, ExecutionStatus>()
  #snapshotSeq = 0
  #pumping: Promise<void> | null = null
  #isClosed = false
  #isStopped = false
  #mustShow = false
  #mustCancel = false
  readonly #cancelGrace: CancelGrace
  /** Of the progress, not stored yet. */
  #text = ''
  lastUsed = 0

  /** @param run null: the journal is to be read */
  constructor(deps: LiveDeps, record: WorkflowExecution, execution: ExecutionDocument, run: WorkflowRun | null) {
    this.#deps = deps
    this.record = record
    this.#execution = execution
    this.#cancelGrace = new CancelGrace(deps.clock, deps.settings.cancelGraceMs)
    this.#decisions = run === null ? null : this.#newDecisions(run, new SecretTexts())
  }

  get id(): string {
    return this.record.id
  }

  get execution(): ExecutionDocument {
    return this.#execution
  }

  get isIdle(): boolean {
    return this.#pumping === null
  }

  get isLoaded(): boolean {
    return this.#decisions !== null
  }

  /** Ids of what may change without this process hearing of it. */
  get watched(): string[] {
    return [this.#execution.id, ...this.#waiting.keys()]
  }

  /** Of those, which wait themselves. */
  get held(): string[] {
    return [...this.#held.keys()]
  }

  /** The run goes from memory; it is read again when something happens. What it waits for is still known. */
  unload(): void {
    if (this.#pumping !== null) return
    this.#decisions = null
    this.#children = null
  }

  async settled(): Promise<void> {
    while (this.#pumping !== null) await this.#pumping
  }

  /** Another process has it: nothing more is done here. */
  async abandon(): Promise<void> {
    this.#isStopped = true
    this.#cancelGrace.end()
    await this.#pumping
  }

  /** Reads the journal and does what it says that is left. */
  wakeToShow(): void {
    this.#mustShow = true
    this.wake()
  }

  push(occurrence: Occurrence): void {
    if (this.#isStopped) return
    this.#queue.push(occurrence)
    this.wake()
  }

  wake(): void {
    if (this.#isStopped || this.#isClosed) return
    this.lastUsed = this.#deps.clock.monotonic()
    this.#pumping ??= this.#pump()
  }

  /** Somebody has changed the execution of an action, or it has ended. */
  childChanged(child: ExecutionDocument): void {
    const id = this.#waiting.get(child.id)
    if (id === undefined) return
    const { status } = child
    if (isCompleted(status)) {
      this.#waiting.delete(child.id)
      this.#held.delete(child.id)
      this.push({ type: 'action', id, status, result: storedResult(child) })
    } else if (status === 'pending' || status === 'paused') {
      if (this.#held.get(child.id) === status) return
      this.#held.set(child.id, status)
      this.push({ type: 'action', id, status })
    } else if (status === 'running' && this.#held.delete(child.id)) this.push({ type: 'action', id, status })
    else if (status === 'canceling' && isOrquestaRunner(child.runner_name)) this.#cancelAlong()
  }

  /** A workflow below is cancelled: so is this one, while that one waits for what runs. @source orquesta.md 24 */
  #cancelAlong(): void {
    const status = this.#decisions?.run.conductor.status ?? 'running'
    if (!isCancelled(status) && !COMPLETED.has(status)) this.push({ type: 'request', status: 'canceled' })
  }

  /** Somebody asks for something by the status of the workflow's execution. */
  executionChanged(execution: ExecutionDocument): void {
    if (execution.id !== this.#execution.id) return
    if (execution.rev > this.#execution.rev) this.#execution = execution
    const run = this.#decisions?.run
    const status = run?.hasBegun === true ? run.conductor.status : null
    if (status === execution.status || (status !== null && COMPLETED.has(status))) return
    const request = requestOf(execution.status)
    if (request !== null) this.push({ type: 'request', status: request })
  }

  async #pump(): Promise<void> {
    // What comes in the same turn joins the round.
    await Promise.resolve()
    try {
      while (this.#hasWork && !this.#isStopped) await this.#tryRound()
    } finally {
      this.#tell()
      this.#pumping = null
    }
    if (this.#hasWork && !this.#isStopped) this.wake()
  }

  get #hasWork(): boolean {
    return !this.#isClosed && (this.#queue.length > 0 || this.#starts.length > 0 || this.#mustShow || this.#mustCancel)
  }

  async #tryRound(): Promise<void> {
    try {
      await this.#round()
    } catch (err) {
      this.#deps.log.error({ err, workflow_execution: this.id }, 'a workflow could not go on; it is tried again')
      this.#forget()
      // Loading it finds again what was in hand.
      this.#mustShow = true
      await new Promise<void>((resolve) => this.#deps.clock.after(RETRY_MS, resolve))
    }
  }

  async #round(): Promise<void> {
    const decisions = this.#decisions ?? (await this.#load())
    if (decisions === null) return
    const taken = this.#queue.splice(0, this.#deps.settings.batchSize)
    for (const occurrence of taken) {
      // The execution shows what it was asked for, and is to show what the workflow goes on with.
      if ((await decisions.decide(occurrence)) === 'refused') this.#mustShow = true
    }
    const ahead = await this.#runAhead(decisions)
    const decided = decisions.unstored
    const finished = taken.flatMap((occurrence) =>
      occurrence.type === 'action' && occurrence.finished !== undefined ? [occurrence.finished] : [],
    )
    finished.push(...ahead.map(({ document }) => document))
    if (decided.length > 0) this.#tell()
    const [isStored] = await Promise.all([
      decided.length === 0 || this.#deps.workflows.append(decided.map(({ row }) => row)),
      this.#children?.store(finished),
      this.#begins(decided),
    ])
    if (!isStored) {
      this.#forget()
      this.#mustShow = true
      return
    }
    decisions.stored()
    await this.#effect(decisions, decided, new Set(ahead.map(({ start }) => start.id)))
    if (this.#mustCancel) await this.#cancelSome()
    await this.#startSome(decisions)
    await this.#snapshot(decisions)
    await this.#closeIfOver(decisions.run)
  }

  async #runAhead(decisions: Decisions): Promise<PreparedChild[]> {
    if (!decisions.run.hasBegun) return []
    const { clock, settings } = this.#deps
    const children = (this.#children ??= this.#newChildren(decisions))
    return runAhead(decisions, children, { clock, maxRows: settings.batchSize })
  }

  /** The first row, the record and the execution's new status are one group of writes; being stopped between them is repaired. */
  async #begins(decided: readonly Decided[]): Promise<void> {
    if (decided[0]?.occurrence.type !== 'begin') return
    await Promise.all([this.#deps.workflows.insert(this.record), this.#showRunning()])
  }

  async #showRunning(): Promise<void> {
    const { executions } = this.#deps
    const changed = await executions.change(
      this.#execution.id,
      (current) =>
        current.status === 'scheduled'
          ? {
              status: 'running',
              due_at: undefined,
              result: {},
              result_size: 2,
              context: { ...current.context, workflow_execution: this.id },
            }
          : null,
      this.#execution,
    )
    if (changed !== null) this.#execution = changed
    if (changed !== null && changed.status !== 'running') this.#mustShow = true
  }

  /** Reads the journal and compares what it says with what is stored: what was to be done and is not is done now. */
  async #load(): Promise<Decisions | null> {
    const { workflows, executions } = this.#deps
    this.#forget()
    const record = await workflows.get(this.id)
    const execution = record === null ? null : await executions.get(record.action_execution)
    if (record === null || execution === null) {
      this.#close()
      throw new Error(`workflow ${this.id} or its execution was removed while it ran`)
    }
    if (record.claimed_by !== this.#deps.owner) {
      // Another engine has taken it.
      this.#close()
      return null
    }
    this.record = record
    this.#execution = execution
    const { run, starts, givenUp, ended, snapshotSeq, secrets } = await loadRun(this.#deps, record)
    this.#snapshotSeq = snapshotSeq
    const decisions = (this.#decisions = this.#newDecisions(run, secrets))
    if (!run.hasBegun) {
      if (this.#queue[0]?.type !== 'begin') this.#queue.unshift({ type: 'begin' })
      return decisions
    }
    this.#children = this.#newChildren(decisions)
    await this.#findChildren(
      run,
      starts.filter(({ id }) => !givenUp.has(id)),
    )
    await this.#restoreEnded(this.#children, starts, ended)
    this.#mustShow = true
    this.#mustCancel ||= isCancelled(run.conductor.status)
    this.executionChanged(execution)
    return decisions
  }

  #newDecisions(run: WorkflowRun, secrets: SecretTexts): Decisions {
    secrets.addParameters(this.#deps.sealer, this.#execution)
    return new Decisions(this.#deps, this.record, run, secrets)
  }

  #newChildren({ run, secrets }: Decisions): Children {
    const of = { record: this.record, execution: this.#execution, spec: run.conductor.spec, secrets }
    return new Children(this.#deps, of, this.#delays)
  }

  async #findChildren(run: WorkflowRun, starts: readonly StartEffect[]): Promise<void> {
    const byId = new Map(starts.map((start) => [start.id, start]))
    const actions = new Map(run.running.map(([id]) => [childId(this.record, id), id]))
    const found = new Map<string, ExecutionDocument>()
    const ids = [...actions.keys()]
    for (let from = 0; from < ids.length; from += PAGE) {
      for (const child of await this.#deps.executions.findByIds(ids.slice(from, from + PAGE)))
        found.set(child.id, child)
    }
    for (const [id, action] of actions) {
      const child = found.get(id)
      if (child !== undefined) {
        this.#waiting.set(id, action)
        this.childChanged(child)
        continue
      }
      const start = byId.get(action)
      if (start === undefined) continue
      this.#starts.push(start)
      this.#delays.add(action)
    }
  }

  /**
   * What ran at once is stored together with the row of its end, and being stopped between the two leaves the row alone. It had no
   * effect, so running it once more gives the same.
   */
  async #restoreEnded(children: Children, starts: readonly StartEffect[], ended: readonly string[]): Promise<void> {
    const ids = new Map(ended.map((action) => [childId(this.record, action), action]))
    if (ids.size === 0) return
    for (const { id } of await this.#deps.executions.findByIds([...ids.keys()])) ids.delete(id)
    const missing = new Set(ids.values())
    for (const start of starts.filter(({ id }) => missing.has(id))) {
      const child = await children.prepare(start)
      if (isPrepared(child) && child.isOver) await children.store([child.document])
    }
  }

  #forget(): void {
    this.#decisions = null
    this.#children = null
    this.#starts = []
    this.#delays = new Set()
    this.#waiting.clear()
    this.#held.clear()
  }

  /** Does what was decided, now that it is stored. */
  async #effect(decisions: Decisions, decided: readonly Decided[], ran: ReadonlySet<string>): Promise<void> {
    for (const { entry } of decided) {
      // What was decided before the workflow ended is given up; what is decided with its end was to run beside `fail`.
      if (endsWorkflow(entry.effects)) this.#starts = []
      this.#takeStarts(entry, ran)
    }
    const text = roundText(
      this.record,
      decided.map(({ row }) => row),
    )
    if (this.#deps.settings.streamOutput) this.#text += text
    const requests = decided.flatMap(({ occurrence }) => (occurrence.type === 'request' ? [occurrence.status] : []))
    const hasMoved = decided.some(({ entry }) => entry.effects.some(({ type }) => type === 'status'))
    if (hasMoved || this.#mustShow) await this.#show(decisions)
    const { status } = decisions.run.conductor
    const ids = [...this.#waiting.keys()]
    if (hasMoved && isCancelled(status)) this.#mustCancel = true
    if (requests.includes('paused')) await pauseChildren(this.#deps, this.#execution, ids)
    if (requests.includes('resuming')) await resumeChildren(this.#deps, this.#execution, ids)
  }

  /** What does not run yet is stopped at once; what runs may come to its end for a while, and is stopped then. */
  async #cancelSome(): Promise<void> {
    this.#mustCancel = false
    const which = this.#cancelGrace.isOver() ? 'all' : 'not running'
    for (const id of await cancelChildren(this.#deps, this.#execution, [...this.#waiting.keys()], which)) this.#lost(id)
    if (this.#waiting.size === 0) return
    this.#cancelGrace.lookAgain(() => {
      this.#mustCancel = true
      this.wake()
    })
  }

  /** The execution of an action was removed: nobody will tell of its end. */
  #lost(child: string): void {
    const id = this.#waiting.get(child)
    if (id === undefined) return
    this.#waiting.delete(child)
    this.#queue.push({ type: 'action', id, status: 'canceled' })
  }

  /** @param ran those that ran already */
  #takeStarts({ effects }: JournalEntry, ran: ReadonlySet<string>): void {
    const starts = effects.filter((effect) => effect.type === 'start')
    // Items that are started later, when there is room, do not wait once more.
    const first = new Set(starts.filter(({ item }) => item === null || item === 0).map(runKey))
    for (const start of starts) {
      if (ran.has(start.id)) continue
      this.#starts.push(start)
      if (start.delay !== null && first.has(runKey(start))) this.#delays.add(start.id)
    }
  }

  /** What is to be read of the progress goes with the next rows: a write of its own would make them wait for it. */
  #tell(): void {
    const text = this.#text
    if (text === '') return
    this.#text = ''
    const { id, action_ref, runner_name } = this.#execution
    this.#deps.outputs
      .append({ execution_id: id, action_ref, runner_ref: runner_name }, 'stdout', text)
      .catch((err: unknown) =>
        this.#deps.log.error({ err, execution_id: id }, 'progress of a workflow could not be stored'),
      )
  }

  /** The execution always has the workflow's status. */
  async #show({ run, secrets }: Decisions): Promise<void> {
    this.#mustShow = false
    const { conductor } = run
    const { status } = conductor
    if (!isExecutionStatus(status) || awaitsRerun(this.#execution, status)) return
    const { executions, outcomes, workflows, clock } = this.#deps
    const isOver = isCompleted(status)
    const answer = workflowAnswer(conductor, status, this.#deps.settings.maxResultSize, secrets)
    const hasResult = isOver || status === 'paused'
    const outcome = hasResult ? await outcomes.keep(this.#execution, answer) : { status: answer.status, kept: {} }
    const end = isOver ? { end_timestamp: clock.timestamp() } : {}
    const [changed] = await Promise.all([
      executions.change(
        this.#execution.id,
        (current) => {
          if (isCompleted(current.status) || (current.status === status && !isOver)) return null
          const context = { ...current.context, workflow_execution: this.id }
          // Nobody paused what has just begun.
          const isBegun = current.status === 'scheduled' && status === 'resuming'
          return { ...outcome.kept, status: isBegun ? 'running' : outcome.status, context, due_at: undefined }
        },
        this.#execution,
      ),
      this.record.status === status ? null : workflows.change(this.id, { status, ...end }),
    ])
    this.record = { ...this.record, status, ...end }
    if (changed !== null) this.#execution = changed
  }

  async #startSome(decisions: Decisions): Promise<void> {
    const children = (this.#children ??= this.#newChildren(decisions))
    const starts = this.#starts.slice(0, this.#deps.settings.batchSize)
    if (starts.length === 0) return
    const prepared = await Promise.all(starts.map((start) => children.prepare(start)))
    const documents: ExecutionDocument[] = []
    for (const child of prepared) if (isPrepared(child) && !child.isOver) documents.push(this.#await(child))
    await children.store(documents)
    // Decided before it was cancelled.
    if (documents.length > 0 && isCancelled(decisions.run.conductor.status)) this.#mustCancel = true
    this.#starts.splice(0, starts.length)
    for (const child of prepared) this.#startedOne(child)
  }

  #await({ start, document }: PreparedChild): ExecutionDocument {
    this.#waiting.set(document.id, start.id)
    return document
  }

  #startedOne(child: PreparedChild | RefusedChild): void {
    const { start } = child
    this.#delays.delete(start.id)
    if (!isPrepared(child)) this.#queue.push({ type: 'fault', start, message: child.message })
    else if (child.isOver) {
      const { document } = child
      const { status } = document
      this.#queue.push({
        type: 'action',
        id: start.id,
        status,
        result: storedResult(document),
        finished: document,
        start,
      })
    }
  }

  async #snapshot({ run, secrets }: Decisions): Promise<void> {
    if (run.seq - this.#snapshotSeq < this.#deps.settings.snapshotInterval) return
    const unstored = this.#queue.flatMap((occurrence) =>
      occurrence.type === 'action' && occurrence.start !== undefined ? [occurrence.start] : [],
    )
    // What ran at once and is not stored is started after a crash as any other.
    const starts = [...this.#starts, ...unstored]
    this.#snapshotSeq = run.seq
    await writeSnapshot(this.#deps, this.record, run, starts, secrets)
  }

  async #closeIfOver(run: WorkflowRun): Promise<void> {
    const isOver = COMPLETED.has(run.conductor.status) && this.#waiting.size === 0
    if (!isOver || this.#queue.length > 0 || this.#starts.length > 0) return
    this.#close()
    await this.#deps.workflows.change(this.id, { due_at: undefined, claimed_by: undefined })
  }

  #close(): void {
    this.#isClosed = true
    this.#cancelGrace.end()
    this.#deps.closed(this)
  }
}

/** It was made to go on in a workflow that is over, which has not been told yet. */
function awaitsRerun({ status, context }: ExecutionDocument, ofWorkflow: ExecutionStatus): boolean {
  return status === 'scheduled' && context['re-run'] !== undefined && isCompleted(ofWorkflow)
}

function isCancelled(status: string): boolean {
  return status === 'canceling' || status === 'canceled'
}

/** What the status of a workflow's execution asks for, set by others. */
function requestOf(status: ExecutionStatus): string | null {
  if (status === 'pausing') return 'paused'
  if (status === 'resuming') return 'resuming'
  if (status === 'canceling' || status === 'canceled') return 'canceled'
  return isCompleted(status) ? 'failed' : null
}
