/** When executions started and what became of them, as bars. Pure. */
import {
  type ExecutionStatistics,
  type ExecutionStatus,
  FAILED_STATUSES,
  isCompleted,
  isExecutionStatus,
  type StatisticsInterval,
} from '@st2/model'
import { rangeStart, type TimeRange } from '../../../api/time-range.ts'

/** What a bar is made of, from its foot to its head. */
export const PARTS = ['failed', 'open', 'canceled', 'succeeded'] as const
export type Part = (typeof PARTS)[number]
export type Counts = Readonly<Record<Part, number>>

/** What is asked for, and how it is drawn. */
export interface ActivityRange {
  readonly fromMs: number
  /** Not included. */
  readonly toMs: number
  /** Where it begins, as it is asked for: between two bars when a filter says so. */
  readonly since: string
  readonly interval: StatisticsInterval
  /** Of one bar: some intervals. */
  readonly barMs: number
}

export interface Bar {
  readonly fromMs: number
  readonly toMs: number
  readonly counts: Counts
  readonly total: number
}

const MINUTE = 60_000
const INTERVALS: readonly { readonly name: StatisticsInterval; readonly ms: number }[] = [
  { name: 'minute', ms: MINUTE },
  { name: 'ten_minutes', ms: 10 * MINUTE },
  { name: 'hour', ms: 60 * MINUTE },
  { name: 'day', ms: 24 * 60 * MINUTE },
]

/** Intervals of one answer; a shorter one would make more of them. */
const MAX_INTERVALS = 180
/** More would be thinner than a pointer can choose. */
const MAX_BARS = 60
/** What is looked at where no filter says when. */
const USUAL_MS = 24 * 60 * MINUTE

/** The time that the filters leave, in whole intervals; where they leave all of it, the last day. */
export function activityRange(filters: TimeRange, nowMs: number): ActivityRange {
  const end = filters.timestamp_lt === '' ? nowMs : Date.parse(filters.timestamp_lt)
  const begin = rangeStart(filters, nowMs)
  const start = Math.min(begin === '' ? end - USUAL_MS : Date.parse(begin), end)
  const { name, ms } = INTERVALS.find((interval) => (end - start) / interval.ms <= MAX_INTERVALS) ?? DAYS
  const fromMs = Math.floor(start / ms) * ms
  const intervals = Math.max(1, Math.ceil((end + 1 - fromMs) / ms))
  const barMs = Math.ceil(intervals / MAX_BARS) * ms
  const toMs = fromMs + Math.ceil((intervals * ms) / barMs) * barMs
  // NOTE: what moves with the clock is asked for by the interval, so that the question stays the same meanwhile.
  const since =
    filters.last === '' && filters.timestamp_gt !== '' ? filters.timestamp_gt : new Date(fromMs).toISOString()
  return { fromMs, toMs, since, interval: name, barMs }
}

const DAYS = { name: 'day', ms: 24 * 60 * MINUTE } as const

/** One after the other, also where nothing started. */
export function barsOf({ groups }: Pick<ExecutionStatistics, 'groups'>, range: ActivityRange): readonly Bar[] {
  const { fromMs, toMs, barMs } = range
  const counts = Array.from({ length: Math.round((toMs - fromMs) / barMs) }, () => ({ ...NONE }))
  for (const { timestamp, value, count } of groups) {
    const bar = counts[Math.floor((Date.parse(timestamp) - fromMs) / barMs)]
    if (bar !== undefined && isExecutionStatus(value)) bar[partOf(value)] += count
  }
  return counts.map((bar, at) => ({
    fromMs: fromMs + at * barMs,
    toMs: fromMs + (at + 1) * barMs,
    counts: bar,
    total: totalOf(bar),
  }))
}

export function sumOf(bars: readonly Bar[]): Counts {
  const sum = { ...NONE }
  for (const { counts } of bars) for (const part of PARTS) sum[part] += counts[part]
  return sum
}

function totalOf(counts: Counts): number {
  return PARTS.reduce((sum, part) => sum + counts[part], 0)
}

/** `1,204 executions, 12 failed, 3 open`; what there is none of is not mentioned. */
export function wordsOf(counts: Counts): string {
  const total = totalOf(counts)
  const others = PARTS.filter((part) => part !== 'succeeded' && counts[part] > 0)
  const words = others.map((part) => `${counts[part].toLocaleString('en')} ${part}`)
  return [`${total.toLocaleString('en')} ${total === 1 ? 'execution' : 'executions'}`, ...words].join(', ')
}

const NONE: Record<Part, number> = { failed: 0, open: 0, canceled: 0, succeeded: 0 }

function partOf(status: ExecutionStatus): Part {
  if (FAILED_STATUSES.some((failed) => failed === status)) return 'failed'
  if (!isCompleted(status)) return 'open'
  return status === 'canceled' ? 'canceled' : 'succeeded'
}
