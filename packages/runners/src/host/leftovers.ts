import { setTimeout as delay } from 'node:timers/promises'
import { performance } from 'node:perf_hooks'
import { trySignal } from '../process/live-sessions.ts'
import { type ProcessEntry, type ProcessSnapshot, readBootId, takeSnapshot } from '../process/proc-table.ts'
import { signalThroughSudo } from '../process/sudo-signal.ts'
import type { SessionRecord, SessionRecords } from '../process/session-records.ts'

export interface Leftover {
  readonly pid: number
  readonly executionId: string
}

/**
 * Kills what earlier runner hosts of this instance left behind and waits until it is gone.
 *
 * Found in two ways: (a) the record of a session, whose leader still has the recorded start time, or whose remaining
 * members carry this instance's marker; (b) the marker itself, which also finds processes that left their session.
 * A pid that another process has meanwhile is neither.
 *
 * @param lastEpoch the newest epoch whose processes have nobody any more
 * @returns the executions whose processes were found
 */
export async function killLeftovers(records: SessionRecords, instance: string, lastEpoch: number): Promise<string[]> {
  const executions = new Set<string>()
  const deadline = performance.now() + GONE_DEADLINE_MS
  const stale = records.list().filter((record) => record.epoch <= lastEpoch)
  for (let emptyLooks = 0; emptyLooks < 2; ) {
    const found = findLeftovers(takeSnapshot(), stale, instance, lastEpoch)
    emptyLooks = found.length === 0 ? emptyLooks + 1 : 0
    for (const { executionId } of found) if (executionId !== '') executions.add(executionId)
    const refused = found.filter(({ pid }) => !trySignal(pid, 'SIGKILL')).map(({ pid }) => pid)
    if (refused.length > 0) await signalThroughSudo(refused, 'SIGKILL', null)
    if (performance.now() > deadline) break
    if (found.length > 0) await delay(LOOK_INTERVAL_MS)
  }
  for (const { pid } of stale) records.remove(pid)
  return [...executions]
}

/** How long killed processes may take to go. */
const GONE_DEADLINE_MS = 5_000

const LOOK_INTERVAL_MS = 10

export function findLeftovers(
  snapshot: ProcessSnapshot,
  records: readonly SessionRecord[],
  instance: string,
  lastEpoch: number,
): Leftover[] {
  const bootId = readBootId()
  const ours = new Map(records.filter((record) => record.boot_id === bootId).map((record) => [record.pid, record]))
  const byPid = new Map(snapshot.processes.map((entry) => [entry.pid, entry]))
  // A server that an action restarted descends from that action.
  const spared = ancestorsOf(process.pid, byPid)
  return snapshot.processes.flatMap((entry) => {
    if (spared.has(entry.pid)) return []
    const marker = parseMarker(snapshot.markerOf(entry.pid))
    if (marker !== null) {
      const isOurs = marker.instance === instance && marker.epoch <= lastEpoch
      return isOurs ? { pid: entry.pid, executionId: marker.executionId } : []
    }
    const record = ours.get(entry.session)
    return record !== undefined && isRecorded(record, byPid.get(record.pid))
      ? { pid: entry.pid, executionId: record.execution_id }
      : []
  })
}

function ancestorsOf(pid: number, byPid: ReadonlyMap<number, ProcessEntry>): Set<number> {
  const found = new Set<number>()
  for (let next: number | undefined = pid; next !== undefined && !found.has(next); next = byPid.get(next)?.parent) {
    found.add(next)
  }
  return found
}

/** Without its leader a session cannot be told from a later one of the same number; then only the marker counts. */
function isRecorded(record: SessionRecord, leader: ProcessEntry | undefined): boolean {
  return leader !== undefined && leader.startTime === record.start_time
}

interface Marker {
  readonly instance: string
  readonly epoch: number
  readonly executionId: string
}

function parseMarker(text: string | null): Marker | null {
  const [, instance, epoch, executionId] = /^(.+):(\d+):([^:]*)$/.exec(text ?? '') ?? []
  if (instance === undefined || epoch === undefined) return null
  return { instance, epoch: Number(epoch), executionId: executionId ?? '' }
}
