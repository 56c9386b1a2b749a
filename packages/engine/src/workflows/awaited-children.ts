import { type ExecutionDocument, type ExecutionStatus, isCompleted } from '@st2/model'
import { storedResult } from '../executions/result-store.ts'
import type { ActionOccurrence } from './decisions.ts'

/** Executions that a workflow has asked for and that have not ended, and what the workflow was told of them. */
export class AwaitedChildren {
  /** Ids of executions, and of the actions that they are for. */
  readonly #actions = new Map<string, string>()
  /** Of those, which were reported pending or paused. */
  readonly #held = new Map<string, ExecutionStatus>()

  get ids(): string[] {
    return [...this.#actions.keys()]
  }

  /** Of those, which wait themselves. */
  get held(): string[] {
    return [...this.#held.keys()]
  }

  get isEmpty(): boolean {
    return this.#actions.size === 0
  }

  has(execution: string): boolean {
    return this.#actions.has(execution)
  }

  add(execution: string, action: string): void {
    this.#actions.set(execution, action)
  }

  clear(): void {
    this.#actions.clear()
    this.#held.clear()
  }

  /** What the execution's state is to the workflow; none: nothing that it does not know. */
  heard(child: ExecutionDocument): readonly ActionOccurrence[] {
    const id = this.#actions.get(child.id)
    if (id === undefined) return []
    const { status } = child
    if (isCompleted(status)) {
      this.#actions.delete(child.id)
      this.#held.delete(child.id)
      const end = { type: 'action', id, status, result: storedResult(child) } as const
      return wentOnUnseen(child) ? [{ type: 'action', id, status: 'running' }, end] : [end]
    }
    if (status === 'pending' || status === 'paused') {
      if (this.#held.get(child.id) === status) return []
      this.#held.set(child.id, status)
      return [{ type: 'action', id, status }]
    }
    return status === 'running' && this.#held.delete(child.id) ? [{ type: 'action', id, status }] : []
  }

  /** The execution was removed: nobody will tell of its end. */
  lost(execution: string): ActionOccurrence | null {
    const id = this.#actions.get(execution)
    if (id === undefined) return null
    this.#actions.delete(execution)
    this.#held.delete(execution)
    return { type: 'action', id, status: 'canceled' }
  }
}

/** It was paused and came to its end without being seen to run in between: that it went on is what wakes a workflow that paused with it. */
function wentOnUnseen({ status, log }: ExecutionDocument): boolean {
  const statuses = log.map((entry) => entry.status)
  return status !== 'canceled' && statuses.lastIndexOf('paused') > statuses.lastIndexOf('running')
}
