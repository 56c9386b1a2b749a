import { setTimeout as delay } from 'node:timers/promises'
import { performance } from 'node:perf_hooks'
import type { Readable } from 'node:stream'
import { MARKER_VARIABLE, type ProcessEntry, snapshotSince, takeSnapshot } from './proc-table.ts'
import type { SessionRecords } from './session-records.ts'

/** A session of processes that this process started: the leader's pid is the session's id. */
export interface LiveSession {
  readonly pid: number
  /** `performance.now()` right after the start. */
  readonly startedAt: number
  /** Set when the leader was waited for: from then on its pid may become another process's. */
  leaderEnded: boolean
  /** Value of `ST2_RUNNER_SESSION` in everything that it starts, escaped processes included. */
  readonly marker: string
  /** Signals members that this user may not signal itself (sudo); null when there is no other way. */
  readonly signalAsRoot: ((pids: readonly number[], signal: NodeJS.Signals) => Promise<void>) | null
}

/**
 * All sessions that this process started and that still have members. One per process: pids are the system's.
 *
 * A session stays here after its command ended while children of it run on: ending without them is allowed (that is
 * how actions start daemons), but they do not outlive the runner host.
 */
class LiveSessions {
  readonly #sessions = new Map<number, LiveSession>()
  readonly #outputs = new Set<Readable>()
  #instance = `unnamed-${process.pid}`
  #epoch = 0
  #records: SessionRecords | null = null
  #sweep: NodeJS.Timeout | null = null
  #held = false
  /** `performance.now()` of the last release. */
  #releasedAt = Number.NEGATIVE_INFINITY

  /** Called once, before the first session. */
  recordIn(records: SessionRecords, instance: string, epoch: number): void {
    this.#records = records
    this.#instance = instance
    this.#epoch = epoch
  }

  markerFor(executionId: string): string {
    return `${this.#instance}:${this.#epoch}:${executionId}`
  }

  environmentFor(marker: string): Record<string, string> {
    return { [MARKER_VARIABLE]: marker }
  }

  add(session: LiveSession, executionId: string, outputs: readonly Readable[]): void {
    this.#sessions.set(session.pid, session)
    this.#records?.add(session.pid, executionId, this.#epoch)
    for (const output of outputs) {
      this.#outputs.add(output)
      output.once('close', () => this.#outputs.delete(output))
      if (this.#held) output.pause()
    }
  }

  /** The run ended. One system call decides for nearly all whether anything is left; the rest waits for the sweep. */
  settle(session: LiveSession): void {
    if (isGroupGone(session.pid)) this.#forget(session)
    else this.#sweep ??= setInterval(() => this.#forgetEmpty(), SWEEP_INTERVAL_MS).unref()
  }

  /** Holds the output of all processes back while the reader of this process is behind. */
  holdOutput(held: boolean): void {
    if (this.#held === held) return
    this.#held = held
    if (!held) this.#releasedAt = performance.now()
    for (const output of this.#outputs) {
      if (held) output.pause()
      else output.resume()
    }
  }

  /** Whether output was held back at any time of the last `ms`. */
  outputHeldWithin(ms: number): boolean {
    return this.#held || performance.now() - this.#releasedAt < ms
  }

  /** Ends all members of the session and what escaped from it: TERM, the grace time, KILL until none is left. */
  async end(session: LiveSession, graceMs: number): Promise<void> {
    if (await this.#signalUntilGone(session, 'SIGTERM', graceMs)) return
    await this.#signalUntilGone(session, 'SIGKILL', KILL_DEADLINE_MS)
  }

  /** Every session, then whatever escaped from one and still carries the marker of this process. */
  async endAll(graceMs: number): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => this.end(session, graceMs)))
    const { processes, markerOf } = takeSnapshot()
    for (const { pid } of processes) {
      if (pid !== process.pid && markerOf(pid)?.startsWith(this.markerFor(''))) trySignal(pid, 'SIGKILL')
    }
    for (const session of this.#sessions.values()) {
      if (membersOf(session).length === 0) this.#forget(session)
    }
  }

  /** TERM goes out once to each member, KILL with every look: a process may fork while it is looked at. */
  async #signalUntilGone(session: LiveSession, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs
    const signalled = new Set<number>()
    let emptyLooks = 0
    for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 50)) {
      const members = membersOf(session)
      emptyLooks = members.length === 0 ? emptyLooks + 1 : 0
      // Two looks: a fork between the listing and the reading of /proc hides the child from one.
      if (emptyLooks === 2) return true
      const due = members.filter((member) => signal === 'SIGKILL' || !signalled.has(member.pid))
      for (const member of due) signalled.add(member.pid)
      await signalMembers(session, due, signal)
      const leftMs = deadline - performance.now()
      if (leftMs <= 0) return false
      await delay(Math.min(pauseMs, leftMs))
    }
  }

  #forgetEmpty(): void {
    for (const session of this.#sessions.values()) {
      if (session.leaderEnded && membersOf(session).length === 0) this.#forget(session)
    }
    if (this.#sessions.size > 0 || this.#sweep === null) return
    clearInterval(this.#sweep)
    this.#sweep = null
  }

  #forget(session: LiveSession): void {
    this.#sessions.delete(session.pid)
    this.#records?.remove(session.pid)
  }
}

/** The sessions of this process. */
export const liveSessions = new LiveSessions()

/** How often sessions whose leader ended are looked at. */
const SWEEP_INTERVAL_MS = 2_000

/** How long processes that got a KILL may take to go: longer than that hangs in the kernel. */
const KILL_DEADLINE_MS = 5_000

/** Sessions that end at the same time share one look at /proc of this age. */
const SHARED_LOOK_MS = 5

function membersOf(session: LiveSession): ProcessEntry[] {
  const snapshot = snapshotSince(Math.max(session.startedAt, performance.now() - SHARED_LOOK_MS))
  // A session keeps its number while it has members: a leader that is there again leads another session.
  const isRecycled = session.leaderEnded && snapshot.processes.some(({ pid }) => pid === session.pid)
  return snapshot.processes.filter(
    ({ pid, session: id }) => (id === session.pid && !isRecycled) || snapshot.markerOf(pid) === session.marker,
  )
}

async function signalMembers(
  session: LiveSession,
  members: readonly ProcessEntry[],
  signal: NodeJS.Signals,
): Promise<void> {
  const refused = members.filter((member) => !trySignal(member.pid, signal)).map((member) => member.pid)
  if (refused.length > 0) await session.signalAsRoot?.(refused, signal)
}

/** @returns false when this user may not signal that process */
export function trySignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ESRCH') return true
    if (error.code === 'EPERM') return false
    throw error
  }
}

/** A process group lives as long as one member does, a zombie included; then its number is free again. */
function isGroupGone(pid: number): boolean {
  try {
    process.kill(-pid, 0)
    return false
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return true
    if (error instanceof Error && 'code' in error && error.code === 'EPERM') return false
    throw error
  }
}
