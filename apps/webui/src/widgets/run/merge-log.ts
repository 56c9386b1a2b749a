import { type Execution, FAILED_STATUSES } from '@st2/model'
import type { Stream } from '../../ui/output/log-buffer.ts'

export type LogLevel = 'status' | 'error' | Stream

/** One line of the log of a run. */
export interface LogEntry {
  /** Of an execution and its own count of lines: it stays the same however many others come before. */
  readonly key: string
  /** ms since 1970. */
  readonly at: number
  /** Of the task in the run itself. */
  readonly task: string
  /** `task, item 2`, with what it belongs to. */
  readonly title: string
  readonly level: LogLevel
  readonly text: string
  /** Colour codes still in force from earlier lines. */
  readonly carried: string
}

export interface TimedLine {
  readonly at: number
  readonly stream: Stream
  readonly text: string
  readonly carried: string
}

export interface LogSource {
  readonly execution: Execution
  readonly task: string
  readonly title: string
  readonly lines: readonly TimedLine[]
}

/** That something waited its turn for less than that says nothing. */
const SHORT_MS = 1000
const QUEUE: ReadonlySet<string> = new Set(['requested', 'scheduled', 'delayed'])
const BAD: ReadonlySet<string> = new Set(FAILED_STATUSES)

/** What the workflow itself noted against a task, or against all of it. */
export interface WorkflowFault {
  readonly at: number
  readonly task: string
  readonly text: string
}

/** Its errors as lines, under the name of the task, or of the workflow. Pure. */
export function faultEntries(execution: string, faults: readonly WorkflowFault[]): LogEntry[] {
  return faults.map(({ at, task, text }, index) => ({
    key: `${execution}.e${index}`,
    at,
    task,
    title: task === '' ? 'workflow' : task,
    level: 'error',
    text,
    carried: '',
  }))
}

/**
 * Everything that happened in a run in the order of time: what became of each execution, and what it printed. Lines of one
 * execution keep their order even where a clock went back. Pure.
 */
export function mergeLog(sources: readonly LogSource[], faults: readonly LogEntry[] = []): LogEntry[] {
  const entries = [...sources.flatMap(entriesOf), ...faults]
  return entries.sort((a, b) => a.at - b.at)
}

function entriesOf({ execution, task, title, lines }: LogSource): LogEntry[] {
  const { id, log = [] } = execution
  const about = { task, title }
  const statuses = log.flatMap(({ status, timestamp }, index): LogEntry[] => {
    const at = Date.parse(timestamp)
    const next = log[index + 1]
    if (QUEUE.has(status) && next !== undefined && Date.parse(next.timestamp) - at < SHORT_MS) return []
    const level = BAD.has(status) ? 'error' : 'status'
    return [{ ...about, key: `${id}.s${index}`, at, level, text: status, carried: '' }]
  })
  let latest = Number.NEGATIVE_INFINITY
  const printed = lines.map((line, index): LogEntry => {
    latest = Math.max(latest, line.at)
    const { stream: level, text, carried } = line
    return { ...about, key: `${id}.${index}`, at: latest, level, text, carried }
  })
  return [...statuses, ...printed]
}

export interface LogFilter {
  readonly task: string
  readonly level: 'all' | 'status' | 'output' | 'error'
  readonly text: string
}

const LEVELS: Readonly<Record<LogFilter['level'], (level: LogLevel) => boolean>> = {
  all: () => true,
  status: (level) => level === 'status' || level === 'error',
  output: (level) => level === 'stdout' || level === 'stderr' || level === 'output',
  error: (level) => level === 'error' || level === 'stderr',
}

/** The lines that somebody wants to see; the same list when that is all. Pure. */
export function filterLog(entries: readonly LogEntry[], { task, level, text }: LogFilter): readonly LogEntry[] {
  if (task === '' && level === 'all' && text === '') return entries
  const wanted = text.toLowerCase()
  return entries.filter(
    (entry) =>
      (task === '' || entry.task === task) &&
      LEVELS[level](entry.level) &&
      (wanted === '' || entry.text.toLowerCase().includes(wanted)),
  )
}

/** As text, for the clipboard. Pure. */
export function logText(entries: readonly LogEntry[]): string {
  return entries
    .map(({ at, title, level, text }) => `${new Date(at).toISOString()} ${title} ${level} ${text}`)
    .join('\n')
}
