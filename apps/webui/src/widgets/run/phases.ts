import { type Execution, type ExecutionStatus, isCompleted } from '@st2/model'

/** What an execution does with its time. */
export type PhaseKind = 'queue' | 'run' | 'pause' | 'stop'

export interface Phase {
  readonly kind: PhaseKind
  /** ms since 1970. */
  readonly start: number
  readonly end: number
}

const KINDS: Readonly<Record<ExecutionStatus, PhaseKind | null>> = {
  requested: 'queue',
  delayed: 'queue',
  scheduled: 'queue',
  running: 'run',
  resuming: 'run',
  pausing: 'run',
  paused: 'pause',
  pending: 'pause',
  canceling: 'stop',
  succeeded: null,
  failed: null,
  timeout: null,
  abandoned: null,
  canceled: null,
}

export const PHASE_WORDS: Readonly<Record<PhaseKind, string>> = {
  queue: 'waiting',
  run: 'running',
  pause: 'paused',
  stop: 'being canceled',
}

/** From the log of statuses; neighbours of one kind are one phase, and what goes on lasts until now. Pure. */
export function ganttPhases({ log = [], status, start_timestamp, end_timestamp }: Execution, nowMs: number): Phase[] {
  const entries = log.length > 0 ? log : [{ status, timestamp: start_timestamp }]
  const over = end_timestamp === undefined ? (isCompleted(status) ? null : nowMs) : Date.parse(end_timestamp)
  const phases: Phase[] = []
  entries.forEach((entry, index) => {
    const kind = KINDS[entry.status]
    if (kind === null) return
    const start = Date.parse(entry.timestamp)
    const next = entries[index + 1]
    // Clocks of different machines differ: nothing ends before it starts.
    const end = Math.max(start, next === undefined ? (over ?? start) : Date.parse(next.timestamp))
    const last = phases.at(-1)
    if (last?.kind === kind) phases[phases.length - 1] = { ...last, end }
    else phases.push({ kind, start, end })
  })
  return phases
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** From the start of the first to the end of the last; what goes on lasts until now. */
export function spanOf(executions: Iterable<Execution>, nowMs: number): Span | null {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const { start_timestamp, end_timestamp, status } of executions) {
    start = Math.min(start, Date.parse(start_timestamp))
    const ended = end_timestamp === undefined ? Number.NaN : Date.parse(end_timestamp)
    end = Math.max(end, Number.isNaN(ended) ? (isCompleted(status) ? start : nowMs) : ended)
  }
  return Number.isFinite(start) ? { start, end: Math.max(start, end) } : null
}
