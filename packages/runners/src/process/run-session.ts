import { type ChildProcess, spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { constants } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { Readable } from 'node:stream'
import { setImmediate as nextLoop } from 'node:timers/promises'
import { InvalidError } from '@st2/model'
import { type LiveSession, liveSessions } from './live-sessions.ts'
import { OutputCapture } from './output-capture.ts'

/** How long a session may take, what is kept of it, and who hears its output. */
export interface SessionLimits {
  readonly executionId: string
  readonly timeoutMs: number
  readonly graceMs: number
  /** Bytes kept of each stream. */
  readonly maxOutputSize: number
  readonly signalAsRoot: LiveSession['signalAsRoot']
  output(type: 'stdout' | 'stderr', text: string): void
}

export interface SessionOptions extends SessionLimits {
  readonly command: string
  readonly args: readonly string[]
  /** @default the directory of the runner host */
  readonly cwd: string | null
  /** The whole environment; the session's marker is added. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Written to the command's stdin, which is then closed; null: stdin is /dev/null. */
  readonly stdin: string | null
}

/** The first process of a session, whoever started it. */
export interface SessionLeader {
  readonly pid: number
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  readonly exited: Promise<void>
  /** It ended and nobody holds its output any more. */
  readonly closed: Promise<void>
  /** After `exited`, as Python gives it. */
  returnCode(): number
}

export interface SessionEnd {
  /** As Python gives it: minus the number of the signal that ended the command. */
  readonly returnCode: number
  readonly reason: 'ended' | 'timeout' | 'canceled'
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a command in a session of its own (setsid) until it ends, its time is over or the signal aborts. In the last
 * two cases everything it started is gone when this resolves, processes that left the session included.
 *
 * A child that runs on after the command keeps its life but not the run: its output is read until none came for
 * `PIPE_GRACE_MS`, at most until the action's time is over.
 *
 * @throws InvalidError when the command could not be started
 */
export async function runSession(options: SessionOptions, signal: AbortSignal): Promise<SessionEnd> {
  if (signal.aborted) return { returnCode: -constants.signals.SIGTERM, reason: 'canceled', stdout: '', stderr: '' }
  const child = await start(options, liveSessions.markerFor(options.executionId))
  const end = followSession(leaderOf(child), options, signal)
  feed(child.process, options.stdin)
  return end
}

/** The same for a command that somebody has just started, with the session's marker, as the leader of a new session. */
export async function followSession(
  leader: SessionLeader,
  limits: SessionLimits,
  signal: AbortSignal,
): Promise<SessionEnd> {
  const outputs = captureOutputs(leader, limits)
  const session: LiveSession = {
    pid: leader.pid,
    startedAt: performance.now(),
    leaderEnded: false,
    marker: liveSessions.markerFor(limits.executionId),
    signalAsRoot: limits.signalAsRoot,
  }
  liveSessions.add(session, limits.executionId, [leader.stdout, leader.stderr].filter(isPresent))
  void leader.exited.then(() => {
    session.leaderEnded = true
  })

  let reason = await firstOf(leader, limits.timeoutMs, signal)
  if (reason === 'ended') reason = await drain(leader, outputs, session.startedAt + limits.timeoutMs, signal)
  if (reason !== 'ended') {
    await liveSessions.end(session, limits.graceMs)
    await within(PIPE_GRACE_MS, leader.closed)
  }
  leader.stdout?.destroy()
  leader.stderr?.destroy()
  liveSessions.settle(session)
  return { returnCode: leader.returnCode(), reason, stdout: outputs.stdout.end(), stderr: outputs.stderr.end() }
}

/** After the command itself ended: silence of a child that still holds the output, until it is not waited for. */
const PIPE_GRACE_MS = 1_000

/** Timers hold 31 bits; what is longer waits that long: 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1

interface Started {
  readonly process: ChildProcess
  readonly pid: number
  readonly exited: Promise<void>
  /** The command ended and nobody holds its output any more. */
  readonly closed: Promise<void>
}

async function start(options: SessionOptions, marker: string): Promise<Started> {
  const child = spawnChild(options, marker)
  if (child instanceof Error) throw new InvalidError(await explain(child, options), { cause: child })
  // Listeners first: a short command may be over before the next tick.
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  if (child.pid !== undefined) return { process: child, pid: child.pid, exited, closed }
  const error = await new Promise<Error>((resolve) => child.once('error', resolve))
  throw new InvalidError(await explain(error, options), { cause: error })
}

/** Node throws some of the system's refusals and emits the others. */
function spawnChild(options: SessionOptions, marker: string): ChildProcess | Error {
  try {
    return spawn(options.command, options.args, {
      ...(options.cwd !== null && { cwd: options.cwd }),
      env: { ...options.env, ...liveSessions.environmentFor(marker) },
      detached: true,
      stdio: [options.stdin === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}

/** The system says ENOENT for a missing program and for a missing directory alike. */
async function explain(error: Error, { cwd, command }: SessionOptions): Promise<string> {
  if (cwd !== null) {
    const problem = await stat(cwd).then(
      (found) => (found.isDirectory() ? null : 'it is not a directory'),
      (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
    )
    if (problem !== null) return `Parameter "cwd": cannot run in "${cwd}": ${problem}`
  }
  return `"${command}" could not be started: ${error.message}`
}

function leaderOf({ process: child, pid, exited, closed }: Started): SessionLeader {
  return { pid, stdout: child.stdout, stderr: child.stderr, exited, closed, returnCode: () => returnCodeOf(child) }
}

type Outputs = Readonly<Record<'stdout' | 'stderr', OutputCapture>>

function captureOutputs(leader: SessionLeader, limits: SessionLimits): Outputs {
  const capture = (type: 'stdout' | 'stderr'): OutputCapture => {
    const captured = new OutputCapture(limits.maxOutputSize, (text) => limits.output(type, text))
    leader[type]?.on('data', (chunk: Buffer) => captured.push(chunk))
    leader[type]?.on('error', () => captured.end())
    return captured
  }
  return { stdout: capture('stdout'), stderr: capture('stderr') }
}

function feed(child: ChildProcess, text: string | null): void {
  if (text === null || child.stdin === null) return
  // A command that ends without reading breaks the pipe; its own exit code tells what there is to tell.
  child.stdin.on('error', () => child.stdin?.destroy())
  child.stdin.end(text)
}

async function firstOf(leader: SessionLeader, timeoutMs: number, signal: AbortSignal): Promise<SessionEnd['reason']> {
  const { promise, resolve } = Promise.withResolvers<SessionEnd['reason']>()
  const timer = setTimeout(() => resolve('timeout'), Math.min(timeoutMs, MAX_TIMER_MS))
  const cancel = (): void => resolve('canceled')
  signal.addEventListener('abort', cancel, { once: true })
  void leader.exited.then(() => resolve('ended'))
  const reason = await promise
  clearTimeout(timer)
  signal.removeEventListener('abort', cancel)
  return reason
}

function returnCodeOf(child: ChildProcess): number {
  if (child.exitCode !== null) return child.exitCode
  // Neither: it got a KILL and hangs in the kernel.
  return -constants.signals[child.signalCode ?? 'SIGKILL']
}

/** Reads on until nobody holds the output, or nothing came for the grace time, or the action's time is over. */
async function drain(
  leader: SessionLeader,
  outputs: Outputs,
  endsAt: number,
  signal: AbortSignal,
): Promise<'ended' | 'canceled'> {
  const { promise: done, resolve } = Promise.withResolvers<'ended' | 'canceled'>()
  void leader.closed.then(() => resolve('ended'))
  const cancel = (): void => resolve('canceled')
  signal.addEventListener('abort', cancel, { once: true })
  const received = (): number => outputs.stdout.received + outputs.stderr.received
  try {
    for (let seen = received(); ; seen = received()) {
      const end = await within(PIPE_GRACE_MS, done)
      if (end !== null) return end
      // Timers come before what waits in the pipes: let the pipes be read once more.
      await nextLoop()
      const isQuiet = received() === seen || performance.now() > endsAt
      if (isQuiet && !liveSessions.outputHeldWithin(PIPE_GRACE_MS)) return 'ended'
    }
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** @returns null when it took longer */
async function within<T>(ms: number, done: Promise<T>): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), ms)
  const first = await Promise.race([promise, done])
  clearTimeout(timer)
  return first
}

function isPresent<T>(value: T | null): value is T {
  return value !== null
}
