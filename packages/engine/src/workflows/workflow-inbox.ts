import type { ExecutionDocument } from '@st2/model'
import { isOrquestaRunner } from '@st2/model'
import type { Bus } from '../ports/bus.ts'

/** Tells every workflow engine that an execution has changed. */
export const WORKFLOW_NEWS = 'st2.workflow.action.update'
/** Tells them that a workflow may begin. */
export const WAKE_WORKFLOWENGINE = 'st2.workflow.work'

/** How engines hear what becomes of executions: in this process at once, in others by a message. What is lost is swept up. */
export class WorkflowInbox {
  readonly #bus: Bus
  #take: ((document: ExecutionDocument) => boolean) | null = null

  constructor(bus: Bus) {
    this.#bus = bus
  }

  /** @param take answers whether the execution concerns what this process conducts */
  open(take: (document: ExecutionDocument) => boolean): void {
    this.#take = take
  }

  close(): void {
    this.#take = null
  }

  put(document: ExecutionDocument): void {
    if (document.workflow_execution === undefined && !isOrquestaRunner(document.runner_name)) return
    if (this.#take?.(document) === true) return
    this.#bus.broadcast(WORKFLOW_NEWS, document.id)
  }

  wake(): void {
    this.#bus.broadcast(WAKE_WORKFLOWENGINE, null)
  }
}
