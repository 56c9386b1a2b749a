import { type ExecutionDocument, isOrquestaRunner, type WorkflowExecution } from '@st2/model'
import { COMPLETED, type WorkflowRun } from '@st2/orquesta'
import { AwaitedChildren } from './awaited-children.ts'
import { CancelCascade } from './cancel-cascade.ts'
import { pauseChildren, resumeChildren } from './cascade.ts'
import { Children, type PreparedChild } from './children.ts'
import { type Decided, Decisions, type Occurrence } from './decisions.ts'
import { compareRunning, storeMissingEnds } from './journal-gaps.ts'
import { endsWorkflow } from './journal-rows.ts'
import type { LiveDeps } from './live-deps.ts'
import { type LoadedRun, loadRun, writeSnapshot } from './load-run.ts'
import { PendingStarts } from './pending-starts.ts'
import { roundText } from './progress.ts'
import { ProgressOutput } from './progress-output.ts'
import { RoundLoop } from './round-loop.ts'
import { runAhead } from './run-ahead.ts'
import { ShownWorkflow } from './shown-workflow.ts'
import { startChildren } from './start-children.ts'
import { isCancelled, requestedBy } from './workflow-requests.ts'
import { WorkflowSecrets } from './workflow-secrets.ts'

/**
 * A workflow that this process conducts. What happens to it waits in a queue; a round takes what waits, decides it, inserts the rows
 * (which is the compare-and-set: another engine that was faster makes this one load the journal again), and only then does what was
 * decided, under ids that follow from it. So being stopped anywhere and loaded again, here or elsewhere, leads to the same.
 *
 * Modes:
 * - *loaded*: the run is in memory, ahead of the journal by no more than the round under way. Left by `unload` (nothing is under way),
 *   and whenever rows or effects could not be stored: what memory says then is not to be trusted.
 * - *unloaded*: the next round reads the journal first, and does what it says that is left. What is awaited is still known.
 * - *closed*: it is over and nothing is awaited, or it is another engine's. It tells so once and hears nothing more.
 * - *stopped* (`abandon`): this process gives it up. What is under way ends; the journal has what the next engine needs.
 */
export class LiveWorkflow {
  readonly #deps: LiveDeps
  readonly #shown: ShownWorkflow
  readonly #loop: RoundLoop
  readonly #awaited = new AwaitedChildren()
  readonly #starts = new PendingStarts()
  readonly #cancelCascade: CancelCascade
  readonly #progress: ProgressOutput
  /** With the run; null: it is to be loaded. */
  #decisions: Decisions | null
  #children: Children | null = null
  #queue: Occurrence[] = []
  /** The number of the row that the last snapshot led up to. */
  #snapshotSeq = 0
  /** What the execution shows may differ from what the journal says. */
  #mustShow = false
  #isClosed = false
  lastUsed = 0

  /** @param run null: the journal is to be read */
  constructor(deps: LiveDeps, record: WorkflowExecution, execution: ExecutionDocument, run: WorkflowRun | null) {
    this.#deps = deps
    this.#shown = new ShownWorkflow(deps, record, execution)
    this.#progress = new ProgressOutput(deps)
    this.#cancelCascade = new CancelCascade(deps, () => this.wake())
    this.#loop = new RoundLoop(deps.clock, {
      hasWork: () => this.#hasWork,
      round: () => this.#round(),
      failed: (error) => this.#failed(error),
      resting: () => this.#progress.store(this.execution),
    })
    this.#decisions = run === null ? null : this.#newDecisions(run, new WorkflowSecrets())
  }

  get id(): string {
    return this.#shown.record.id
  }

  get execution(): ExecutionDocument {
    return this.#shown.execution
  }

  get isIdle(): boolean {
    return this.#loop.isResting
  }

  get isLoaded(): boolean {
    return this.#decisions !== null
  }

  /** Ids of what may change without this process hearing of it. */
  get watched(): string[] {
    return [this.execution.id, ...this.#awaited.ids]
  }

  /** Of those, which wait themselves. */
  get held(): string[] {
    return this.#awaited.held
  }

  /** The run goes from memory; it is read again when something happens. What it waits for is still known. */
  unload(): void {
    if (!this.isIdle) return
    this.#decisions = null
    this.#children = null
  }

  settled(): Promise<void> {
    return this.#loop.settled()
  }

  /** Another process has it: nothing more is done here. */
  abandon(): Promise<void> {
    this.#cancelCascade.end()
    return this.#loop.stop()
  }

  /** Reads the journal and does what it says that is left. */
  wakeToShow(): void {
    this.#mustShow = true
    this.wake()
  }

  push(occurrence: Occurrence): void {
    if (this.#loop.isStopped) return
    this.#queue.push(occurrence)
    this.wake()
  }

  wake(): void {
    if (this.#loop.isStopped || this.#isClosed) return
    this.lastUsed = this.#deps.clock.monotonic()
    this.#loop.wake()
  }

  /** Somebody has changed the execution of an action, or it has ended. */
  childChanged(child: ExecutionDocument): void {
    if (!this.#awaited.has(child.id)) return
    const occurrences = this.#awaited.heard(child)
    for (const occurrence of occurrences) this.push(occurrence)
    if (occurrences.length > 0) return
    if (child.status === 'canceling' && isOrquestaRunner(child.runner_name)) this.#cancelAlong()
  }

  /** A workflow below is cancelled: so is this one, while that one waits for what runs. @source orquesta.md 24 */
  #cancelAlong(): void {
    const status = this.#decisions?.run.conductor.status ?? 'running'
    if (!isCancelled(status) && !COMPLETED.has(status)) this.push({ type: 'request', status: 'canceled' })
  }

  /** Somebody asks for something by the status of the workflow's execution. */
  executionChanged(execution: ExecutionDocument): void {
    if (execution.id !== this.execution.id) return
    this.#shown.heard(execution)
    const run = this.#decisions?.run
    const request = requestedBy(execution.status, run?.hasBegun === true ? run.conductor.status : null)
    if (request !== null) this.push({ type: 'request', status: request })
  }

  get #hasWork(): boolean {
    if (this.#isClosed) return false
    return this.#queue.length > 0 || this.#starts.all.length > 0 || this.#mustShow || this.#cancelCascade.isDue
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
    if (!(await this.#store(decided, [...finishedOf(taken), ...ahead.map(({ document }) => document)]))) {
      this.#forget()
      this.#mustShow = true
      return
    }
    decisions.stored()
    await this.#effect(decisions, decided, new Set(ahead.map(({ start }) => start.id)))
    if (this.#cancelCascade.isDue) this.#queue.push(...(await this.#cancelCascade.run(this.execution, this.#awaited)))
    await this.#startSome(decisions)
    await this.#snapshot(decisions)
    await this.#closeIfOver(decisions.run)
  }

  /** Memory may be ahead of the store: loading the journal finds again what was in hand. */
  #failed(err: unknown): void {
    this.#deps.log.error({ err, workflow_execution: this.id }, 'a workflow could not go on; it is tried again')
    this.#forget()
    this.#mustShow = true
  }

  async #runAhead(decisions: Decisions): Promise<PreparedChild[]> {
    if (!decisions.run.hasBegun) return []
    const { clock, settings } = this.#deps
    const children = (this.#children ??= this.#newChildren(decisions))
    return runAhead(decisions, children, { clock, maxRows: settings.batchSize })
  }

  /** One group of writes. @returns false when another engine was faster */
  async #store(decided: readonly Decided[], finished: readonly ExecutionDocument[]): Promise<boolean> {
    if (decided.length > 0) this.#progress.store(this.execution)
    const [isStored] = await Promise.all([
      decided.length === 0 || this.#deps.workflows.append(decided.map(({ row }) => row)),
      this.#children?.store(finished),
      decided[0]?.occurrence.type === 'begin' ? this.#begin() : null,
    ])
    return isStored
  }

  async #begin(): Promise<void> {
    if (!(await this.#shown.begin())) this.#mustShow = true
  }

  /** Does what was decided, now that it is stored. @param ran ids of starts that were run ahead */
  async #effect(decisions: Decisions, decided: readonly Decided[], ran: ReadonlySet<string>): Promise<void> {
    for (const { entry } of decided) {
      // What was decided before the workflow ended is given up; what is decided with its end was to run beside `fail`.
      if (endsWorkflow(entry.effects)) this.#starts.giveUp()
      this.#starts.decided(entry, ran)
    }
    const rows = decided.map(({ row }) => row)
    this.#progress.add(roundText(this.#shown.record, rows))
    const requests = decided.flatMap(({ occurrence }) => (occurrence.type === 'request' ? [occurrence.status] : []))
    const hasMoved = decided.some(({ entry }) => entry.effects.some(({ type }) => type === 'status'))
    if (hasMoved || this.#mustShow) await this.#show(decisions)
    if (hasMoved && isCancelled(decisions.run.conductor.status)) this.#cancelCascade.ask()
    const ids = this.#awaited.ids
    if (requests.includes('paused')) await pauseChildren(this.#deps, this.execution, ids)
    if (requests.includes('resuming')) await resumeChildren(this.#deps, this.execution, ids)
  }

  #show(decisions: Decisions): Promise<void> {
    this.#mustShow = false
    return this.#shown.show(decisions)
  }

  async #startSome(decisions: Decisions): Promise<void> {
    const children = (this.#children ??= this.#newChildren(decisions))
    const starts = this.#starts.all.slice(0, this.#deps.settings.batchSize)
    if (starts.length === 0) return
    const { occurrences, hasUnderWay } = await startChildren(children, this.#awaited, starts)
    // Decided before it was cancelled.
    if (hasUnderWay && isCancelled(decisions.run.conductor.status)) this.#cancelCascade.ask()
    this.#starts.done(starts)
    this.#queue.push(...occurrences)
  }

  async #snapshot({ run, secrets }: Decisions): Promise<void> {
    if (run.seq - this.#snapshotSeq < this.#deps.settings.snapshotInterval) return
    const unstored = this.#queue.flatMap((occurrence) =>
      occurrence.type === 'action' && occurrence.start !== undefined ? [occurrence.start] : [],
    )
    // What ran at once and is not stored is started after a crash as any other.
    const starts = [...this.#starts.all, ...unstored]
    this.#snapshotSeq = run.seq
    await writeSnapshot(this.#deps, this.#shown.record, run, starts, secrets)
  }

  async #closeIfOver(run: WorkflowRun): Promise<void> {
    const isOver = COMPLETED.has(run.conductor.status) && this.#awaited.isEmpty
    if (!isOver || this.#queue.length > 0 || this.#starts.all.length > 0) return
    this.#close()
    await this.#deps.workflows.change(this.id, { due_at: undefined, claimed_by: undefined })
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
    this.#shown.read(record, execution)
    const loaded = await loadRun(this.#deps, record)
    this.#snapshotSeq = loaded.snapshotSeq
    const decisions = (this.#decisions = this.#newDecisions(loaded.run, loaded.secrets))
    if (loaded.run.hasBegun) await this.#takeUp(decisions, loaded)
    else if (this.#queue[0]?.type !== 'begin') this.#queue.unshift({ type: 'begin' })
    return decisions
  }

  async #takeUp(decisions: Decisions, { run, starts, givenUp, ended }: LoadedRun): Promise<void> {
    const { executions } = this.#deps
    const { record, execution } = this.#shown
    const children = (this.#children = this.#newChildren(decisions))
    const running = run.running.map(([action]) => action)
    const wanted = starts.filter(({ id }) => !givenUp.has(id))
    const { found, missing } = await compareRunning(executions, record, running, wanted)
    for (const { action, child } of found) {
      this.#awaited.add(child.id, action)
      this.childChanged(child)
    }
    for (const start of missing) this.#starts.leftOver(start)
    await storeMissingEnds(executions, record, children, { starts, ended })
    this.#mustShow = true
    if (isCancelled(run.conductor.status)) this.#cancelCascade.ask()
    this.executionChanged(execution)
  }

  #newDecisions(run: WorkflowRun, secrets: WorkflowSecrets): Decisions {
    secrets.addInputs(this.#deps.sealer, this.execution)
    return new Decisions(this.#deps, this.#shown.record, run, secrets)
  }

  #newChildren({ run, secrets }: Decisions): Children {
    const { record, execution } = this.#shown
    const of = { record, execution, spec: run.conductor.spec, secrets }
    return new Children(this.#deps, of, this.#starts.delayed)
  }

  #forget(): void {
    this.#decisions = null
    this.#children = null
    this.#starts.giveUp()
    this.#awaited.clear()
  }

  #close(): void {
    this.#isClosed = true
    this.#cancelCascade.end()
    this.#deps.closed(this.id)
  }
}

/** Executions that are over and are stored with the rows that tell of it. */
function finishedOf(taken: readonly Occurrence[]): ExecutionDocument[] {
  return taken.flatMap((occurrence) =>
    occurrence.type === 'action' && occurrence.finished !== undefined ? [occurrence.finished] : [],
  )
}
