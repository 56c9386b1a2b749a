import { isCompleted, isExecutionStatus } from '@st2/model'
import { parseTimestamp } from '../format/timestamps.ts'

export interface Timed {
  readonly status: string
  readonly start_timestamp?: string | undefined
  readonly end_timestamp?: string | undefined
}

/** `running (12s elapsed)`; whole seconds of the clock, not rounded from the difference. @source cli.md 4 */
export function elapsedStatus(execution: Timed, nowMs: number): string {
  const { status } = execution
  const start = secondsOf(execution.start_timestamp)
  if (start === null) return status
  if (status === 'running') return withElapsed(status, Math.floor(nowMs / 1000) - start)
  const end = secondsOf(execution.end_timestamp)
  if (end === null || !isExecutionStatus(status) || !isCompleted(status)) return status
  return withElapsed(status, end - start)
}

function withElapsed(status: string, seconds: number): string {
  return `${status} (${seconds}s elapsed)`
}

function secondsOf(timestamp: string | undefined): number | null {
  const time = timestamp === undefined ? null : parseTimestamp(timestamp)
  return time === null ? null : Math.floor(time / 1000)
}
