import { readdirSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

/** One living process as Linux shows it. Zombies are dead: they hold nothing and wait only for their parent. */
export interface ProcessEntry {
  readonly pid: number
  readonly parent: number
  readonly session: number
  /** Ticks since boot; with pid and boot id it names one process for good. */
  readonly startTime: string
}

/** Value of the variable in `/proc/<pid>/environ`, null when it is not there or may not be read. */
export type MarkerOf = (pid: number) => string | null

export interface ProcessSnapshot {
  /** `performance.now()` before the first read: what started later may be missing. */
  readonly takenAt: number
  readonly processes: readonly ProcessEntry[]
  readonly markerOf: MarkerOf
}

/** What every process started by an action carries: `<instance>:<epoch>:<execution id>`. */
export const MARKER_VARIABLE = 'ST2_RUNNER_SESSION'

const DEAD_STATES = 'ZXx'

/** @returns null when there is no such process, or when it is a zombie */
export function readProcess(pid: number): ProcessEntry | null {
  const stat = readStat(pid)
  return stat === null || DEAD_STATES.includes(stat.state) ? null : stat.entry
}

/** Of a zombie too. */
export function readStartTime(pid: number): string | null {
  return readStat(pid)?.entry.startTime ?? null
}

function readStat(pid: number): { state: string; entry: ProcessEntry } | null {
  const text = readProcFile(`/proc/${pid}/stat`)
  // The name stands in brackets and may hold brackets and blanks itself.
  const nameEnd = text?.lastIndexOf(')') ?? -1
  if (text === null || nameEnd === -1) return null
  const [state = '', parent = '', , session = '', ...rest] = text.slice(nameEnd + 2).split(' ')
  // Field 22 of the whole line; `rest` begins with field 7.
  return { state, entry: { pid, parent: Number(parent), session: Number(session), startTime: rest[15] ?? '' } }
}

export function takeSnapshot(): ProcessSnapshot {
  const takenAt = performance.now()
  const processes = listPids().flatMap((pid) => readProcess(pid) ?? [])
  const markers = new Map<number, string | null>()
  const markerOf = (pid: number): string | null => {
    const known = markers.get(pid)
    if (known !== undefined) return known
    const marker = readMarker(pid)
    markers.set(pid, marker)
    return marker
  }
  return { takenAt, processes, markerOf }
}

let lastSnapshot: ProcessSnapshot | null = null

/** A snapshot not older than `notBefore` (`performance.now()`): many sessions that end at once share one scan. */
export function snapshotSince(notBefore: number): ProcessSnapshot {
  if (lastSnapshot === null || lastSnapshot.takenAt < notBefore) lastSnapshot = takeSnapshot()
  return lastSnapshot
}

/** Changes with every start of the machine, so that pids of an earlier one are never taken for ours. */
export function readBootId(): string {
  return readProcFile('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

function listPids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

function readMarker(pid: number): string | null {
  const variables = readProcFile(`/proc/${pid}/environ`)?.split('\0') ?? []
  const found = variables.find((variable) => variable.startsWith(`${MARKER_VARIABLE}=`))
  return found === undefined ? null : found.slice(MARKER_VARIABLE.length + 1)
}

/** null for a process that ended meanwhile and for one of another user. */
function readProcFile(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

const ABSENT = ['ENOENT', 'ESRCH', 'EACCES', 'EPERM']

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ABSENT.includes(String(error.code))
}
