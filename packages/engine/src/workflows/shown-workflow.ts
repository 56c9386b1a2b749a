import {
  type ExecutionDocument,
  type ExecutionStatus,
  isCompleted,
  isExecutionStatus,
  type WorkflowExecution,
} from '@st2/model'
import type { ExecutionStore } from '../executions/execution-store.ts'
import type { Outcomes } from '../executions/outcomes.ts'
import type { Clock } from '../ports/clock.ts'
import type { Decisions } from './decisions.ts'
import { workflowAnswer } from './workflow-result.ts'
import type { WorkflowStore } from './workflow-store.ts'

export interface ShownDeps {
  readonly executions: ExecutionStore
  readonly workflows: WorkflowStore
  readonly outcomes: Outcomes
  readonly clock: Clock
  readonly settings: { readonly maxResultSize: number }
}

/** What is seen of a workflow: its execution and its record, which follow the status that its journal leads to. */
export class ShownWorkflow {
  readonly #deps: ShownDeps
  #record: WorkflowExecution
  #execution: ExecutionDocument

  constructor(deps: ShownDeps, record: WorkflowExecution, execution: ExecutionDocument) {
    this.#deps = deps
    this.#record = record
    this.#execution = execution
  }

  get record(): WorkflowExecution {
    return this.#record
  }

  /** As it was read, written or heard of last. */
  get execution(): ExecutionDocument {
    return this.#execution
  }

  read(record: WorkflowExecution, execution: ExecutionDocument): void {
    this.#record = record
    this.#execution = execution
  }

  heard(execution: ExecutionDocument): void {
    if (execution.rev > this.#execution.rev) this.#execution = execution
  }

  /**
   * The record and the execution's new status are written beside the journal's first row; being stopped between them is repaired.
   *
   * @returns false when the execution stands otherwise: somebody has asked for something meanwhile
   */
  async begin(): Promise<boolean> {
    const [, isRunning] = await Promise.all([this.#deps.workflows.insert(this.#record), this.#showRunning()])
    return isRunning
  }

  async #showRunning(): Promise<boolean> {
    const changed = await this.#deps.executions.change(
      this.#execution.id,
      (current) =>
        current.status === 'scheduled'
          ? {
              status: 'running',
              due_at: undefined,
              result: {},
              result_size: 2,
              context: { ...current.context, workflow_execution: this.#record.id },
            }
          : null,
      this.#execution,
    )
    if (changed === null) return true
    this.#execution = changed
    return changed.status === 'running'
  }

  /** Gives the execution the workflow's status, and the result once there is one. */
  async show({ run, secrets }: Decisions): Promise<void> {
    const { conductor } = run
    const { status } = conductor
    if (!isExecutionStatus(status) || awaitsRerun(this.#execution, status)) return
    const { executions, outcomes, workflows, clock, settings } = this.#deps
    const isOver = isCompleted(status)
    const answer = workflowAnswer(conductor, status, settings.maxResultSize, secrets)
    const hasResult = isOver || status === 'paused'
    const outcome = hasResult ? await outcomes.keep(this.#execution, answer) : { status: answer.status, kept: {} }
    // A rerun takes away what is written of the end before it.
    const end = { end_timestamp: isOver ? clock.timestamp() : undefined }
    const [changed] = await Promise.all([
      executions.change(
        this.#execution.id,
        (current) => {
          if (isCompleted(current.status) || (current.status === status && !isOver)) return null
          const context = { ...current.context, workflow_execution: this.#record.id }
          // Nobody paused what has just begun.
          const isBegun = current.status === 'scheduled' && status === 'resuming'
          return { ...outcome.kept, status: isBegun ? 'running' : outcome.status, context, due_at: undefined }
        },
        this.#execution,
      ),
      this.#record.status === status ? null : workflows.change(this.#record.id, { status, ...end }),
    ])
    this.#record = { ...this.#record, status, ...end }
    if (changed !== null) this.#execution = changed
  }
}

/** It was made to go on in a workflow that is over, which has not been told yet. */
function awaitsRerun({ status, context }: ExecutionDocument, ofWorkflow: ExecutionStatus): boolean {
  return status === 'scheduled' && context['re-run'] !== undefined && isCompleted(ofWorkflow)
}
