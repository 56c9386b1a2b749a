import { type Execution, isCompleted, type StatusLogEntry } from '@st2/model'

/** Seconds from start to end, or to now; null before anything began. */
export function elapsedSeconds(execution: Execution, nowMs: number): number | null {
  const { start_timestamp: start, end_timestamp: end, elapsed_seconds: told, status } = execution
  // Rows and details need not both carry what the server counted; from the two instants both tell the same.
  if (end === undefined && isCompleted(status)) return told ?? null
  const started = Date.parse(start)
  const ended = end === undefined ? nowMs : Date.parse(end)
  if (Number.isNaN(started)) return null
  return Math.max(0, (ended - started) / 1000)
}

export interface Phase {
  readonly status: StatusLogEntry['status']
  readonly timestamp: string
  /** Seconds until the next status; null for a final one. */
  readonly seconds: number | null
}

/** How long each status lasted; the last one of an open execution lasts until now. */
export function phasesOf(log: readonly StatusLogEntry[], nowMs: number): Phase[] {
  return log.map(({ status, timestamp }, index) => {
    const next = log[index + 1]
    const until = next === undefined ? (isCompleted(status) ? null : nowMs) : Date.parse(next.timestamp)
    return { status, timestamp, seconds: until === null ? null : Math.max(0, (until - Date.parse(timestamp)) / 1000) }
  })
}
