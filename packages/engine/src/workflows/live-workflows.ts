import { type ExecutionDocument, InvalidError, type WorkflowExecution } from '@st2/model'
import type { WorkflowRun } from '@st2/orquesta'
import { MissedChanges } from '../executions/missed-changes.ts'
import { type BeginDeps, prepareWorkflow, WorkflowRefusedError } from './begin-workflow.ts'
import type { LiveDeps } from './live-deps.ts'
import { LiveWorkflow } from './live-workflow.ts'
import { workflowId } from './workflow-ids.ts'
import { type RerunOrder, rerunOf } from './rerun-order.ts'
import { prepareRerun } from './rerun-workflow.ts'

export interface LiveWorkflowsDeps extends Omit<LiveDeps, 'closed'>, BeginDeps {
  readonly limits: {
    /** `[workflow_engine] max_loaded`: workflows kept in memory; others are read again when something happens. */
    readonly maxLoaded: number
  }
}

/** Records taken over in one go. */
const TAKEN_AT_ONCE = 200

/** The workflows that this process conducts. */
export class LiveWorkflows {
  readonly #deps: LiveWorkflowsDeps & LiveDeps
  readonly #live = new Map<string, LiveWorkflow>()
  readonly #beginning = new Set<string>()
  readonly #missed: MissedChanges
  /** Of those that wait, which go on. */
  readonly #resumed: MissedChanges

  constructor(deps: LiveWorkflowsDeps) {
    this.#deps = { ...deps, closed: (id) => this.#live.delete(id) }
    this.#missed = new MissedChanges(deps.executions)
    this.#resumed = new MissedChanges(deps.executions, ['running'])
  }

  get size(): number {
    return this.#live.size
  }

  /** Begins what a scheduled execution asks for. */
  async begin(execution: ExecutionDocument): Promise<void> {
    if (this.#beginning.has(execution.id)) return
    this.#beginning.add(execution.id)
    try {
      const rerun = rerunOf(execution)
      if (rerun === null) await this.#beginNew(execution)
      else await this.#rerun(execution, rerun)
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      await this.#refuse(execution, error)
    } finally {
      this.#beginning.delete(execution.id)
    }
  }

  async #beginNew(execution: ExecutionDocument): Promise<void> {
    if (this.#live.has(workflowId(execution.id, execution.start_timestamp))) return
    const { record, run } = await prepareWorkflow(this.#deps, execution)
    if (this.#live.has(record.id)) return
    const workflow = this.#add(record, execution, run)
    workflow.push({ type: 'begin' })
  }

  async #rerun(execution: ExecutionDocument, rerun: RerunOrder): Promise<void> {
    const { record, requests } = await prepareRerun(this.#deps, execution, rerun)
    const known = this.#live.get(record.id)
    if (known?.execution.id === execution.id) return
    // It only waits for what runs beside a failure; so does the new one.
    await known?.abandon()
    const workflow = this.#add(record, execution, null)
    if (requests === null) workflow.wakeToShow()
    else workflow.push({ type: 'rerun', tasks: requests, execution: execution.id })
  }

  /** @source orquesta.md 21.1 */
  async #refuse(execution: ExecutionDocument, error: InvalidError): Promise<void> {
    const errors = error instanceof WorkflowRefusedError ? error.errors : [{ message: error.message }]
    const kept = await this.#deps.results.keep({ output: null, errors })
    await this.#deps.executions.change(
      execution.id,
      ({ status }) => (status === 'scheduled' ? { ...kept, status: 'failed' } : null),
      execution,
    )
  }

  #add(record: WorkflowExecution, execution: ExecutionDocument, run: WorkflowRun | null): LiveWorkflow {
    const workflow = new LiveWorkflow(this.#deps, record, execution, run)
    this.#live.set(record.id, workflow)
    return workflow
  }

  /** Conducts records that were taken over. */
  async take(records: readonly WorkflowExecution[]): Promise<void> {
    for (const record of records) {
      if (this.#live.has(record.id)) continue
      const execution = await this.#deps.executions.get(record.action_execution)
      if (execution === null) await this.#deps.workflows.change(record.id, { due_at: undefined, claimed_by: undefined })
      else this.#add(record, execution, null).wakeToShow()
    }
  }

  /** Takes records that nobody looks after. @param isAlone what others left is known to be dead */
  async takeOver(isAlone: boolean): Promise<'more' | 'idle'> {
    const { workflows, owner, clock, begin } = this.#deps
    const until = clock.now() + begin.leaseMs
    const records = isAlone
      ? await workflows.claimOfDead(owner, TAKEN_AT_ONCE, until)
      : await workflows.claimDue(owner, TAKEN_AT_ONCE, clock.now(), until)
    await this.take(records)
    return records.length === TAKEN_AT_ONCE ? 'more' : 'idle'
  }

  /** Whether the execution concerns one of them. */
  hear(execution: ExecutionDocument): boolean {
    const above = this.#live.get(execution.workflow_execution ?? '')
    above?.childChanged(execution)
    const own = this.#live.get(String(execution.context['workflow_execution'] ?? ''))
    own?.executionChanged(execution)
    // Only an engine that conducts all that it concerns need not tell others.
    const isHeardAbove = execution.workflow_execution === undefined || above !== undefined
    return isHeardAbove && (own !== undefined || execution.context['workflow_execution'] === undefined)
  }

  /** What another process tells of. */
  async hearOf(id: string): Promise<void> {
    if (this.#live.size === 0) return
    const execution = await this.#deps.executions.get(id)
    if (execution !== null) this.hear(execution)
  }

  /** Keeps the claims; what is no longer this process's is let go. */
  async keepClaims(): Promise<void> {
    const { workflows, owner, clock, begin } = this.#deps
    const before = [...this.#live.values()]
    const kept = new Set(await workflows.keepClaims(owner, clock.now() + begin.leaseMs))
    for (const workflow of before) {
      if (kept.has(workflow.id) || !this.#live.has(workflow.id) || !workflow.isIdle) continue
      const record = await workflows.get(workflow.id)
      if (record?.claimed_by === owner) continue
      this.#live.delete(workflow.id)
      await workflow.abandon()
    }
  }

  /** Looks up what nobody told of: a part of it each time, when there is much. */
  async sweep(): Promise<void> {
    const watched = [...this.#live.values()].flatMap((workflow) => workflow.watched)
    for (const execution of await this.#missed.among(watched)) this.hear(execution)
    const held = [...this.#live.values()].flatMap((workflow) => workflow.held)
    for (const execution of await this.#resumed.among(held)) this.hear(execution)
  }

  /** Keeps no more in memory than allowed: those go of which nothing was heard for longest. */
  unloadSome(): void {
    const loaded = [...this.#live.values()].filter((workflow) => workflow.isLoaded)
    const surplus = loaded.length - this.#deps.limits.maxLoaded
    if (surplus <= 0) return
    const idle = loaded.filter((workflow) => workflow.isIdle).sort((a, b) => a.lastUsed - b.lastUsed)
    for (const workflow of idle.slice(0, surplus)) workflow.unload()
  }

  /** What is known by now is done. */
  async settled(): Promise<void> {
    await Promise.all([...this.#live.values()].map((workflow) => workflow.settled()))
  }

  /** What is under way ends; the rest waits for the next engine. */
  async stop(): Promise<void> {
    await Promise.all([...this.#live.values()].map((workflow) => workflow.abandon()))
    this.#live.clear()
    await this.#deps.workflows.giveUp(this.#deps.owner)
  }
}
