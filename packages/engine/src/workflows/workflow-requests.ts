import { type ExecutionStatus, isCompleted } from '@st2/model'
import { COMPLETED, type Status } from '@st2/orquesta'

/**
 * What the status of a workflow's execution asks for, set by others; null: nothing.
 *
 * @param current the workflow's own status; null before it has begun
 */
export function requestedBy(status: ExecutionStatus, current: Status | null): string | null {
  if (status === current || (current !== null && COMPLETED.has(current))) return null
  if (status === 'pausing') return 'paused'
  if (status === 'resuming') return 'resuming'
  if (status === 'canceling' || status === 'canceled') return 'canceled'
  return isCompleted(status) ? 'failed' : null
}

export function isCancelled(status: string): boolean {
  return status === 'canceling' || status === 'canceled'
}
