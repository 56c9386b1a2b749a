import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { PythonSettings } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { liveSessions } from '../process/live-sessions.ts'
import type { SessionLeader } from '../process/run-session.ts'
import type { ForkedChild } from './fork-parent.ts'
import { forkParents } from './fork-parents.ts'
import { frameOf, readFrame } from './frame-reader.ts'
import type { Interpreter } from './interpreter.ts'
import type { ModulePaths } from './python-environment.ts'
import { runtimeFolder } from './runtime-folder.ts'

/** What a Python process is told about the one action it runs. */
export interface ActionOrder {
  readonly execution_id: string
  readonly pack: string
  readonly file_path: string
  readonly user: string
  /** Path of a pack's configuration, with `%s` for the pack: for messages. */
  readonly config_path: string
  readonly config: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, unknown>>
  readonly log_level: string
  readonly max_result_size: number
  readonly paths: ModulePaths
  /** The whole environment but for the marker. */
  readonly env: Readonly<Record<string, string>>
}

export interface PythonProcess {
  readonly leader: SessionLeader
  /** What the action returned, as JSON; null when the process ended without an answer. */
  readonly output: Promise<Buffer | null>
  /** After its end: false when the process that could have told the exit code is gone. */
  isExitCodeKnown(): boolean
  /** Lets go of the pipes that are not output. */
  release(): void
}

/** @throws InvalidError when Python does not start, the signal's reason when aborted */
export async function startForked(
  interpreter: Interpreter,
  settings: PythonSettings,
  order: ActionOrder,
  signal: AbortSignal,
): Promise<PythonProcess> {
  const child = await forkParents.take(interpreter, settings, signal)
  const output = answerOn(child.result, order)
  child.request.end(frameOf({ ...order, env: withMarker(order) }))
  return {
    leader: leaderOfFork(child),
    output,
    isExitCodeKnown: () => child.exitCode !== null,
    release: () => {
      child.request.destroy()
      child.result.destroy()
    },
  }
}

/** @throws InvalidError when Python does not start */
export async function startFresh(interpreter: Interpreter, order: ActionOrder): Promise<PythonProcess> {
  const child = spawn(interpreter.path, ['-u', join(runtimeFolder(), 'action_process.py')], {
    detached: true,
    env: withMarker(order),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { pid } = child
  if (pid === undefined) {
    const error = await new Promise<Error>((resolve) => child.once('error', resolve))
    throw new InvalidError(`Python "${interpreter.path}" could not be started: ${error.message}`, { cause: error })
  }
  const [, stdout, stderr, request, result] = child.stdio
  if (!(request instanceof Writable) || !(result instanceof Readable)) throw new Error('the action has no pipes')
  const output = answerOn(result, order)
  // A process that ends without reading breaks the pipe; its own exit code tells what there is to tell.
  request.on('error', () => request.destroy())
  request.end(frameOf({ ...order, env: withMarker(order) }))
  return {
    leader: {
      pid,
      stdout,
      stderr,
      exited,
      closed: allClosed(exited, stdout, stderr),
      returnCode: () => child.exitCode ?? -constants.signals[child.signalCode ?? 'SIGKILL'],
    },
    output,
    isExitCodeKnown: () => true,
    release: () => {
      request.destroy()
      result.destroy()
    },
  }
}

function answerOn(result: Readable, order: ActionOrder): Promise<Buffer | null> {
  const answer = readFrame(result, order.max_result_size)
  // Nobody asks for the answer of an action that was canceled.
  answer.catch(() => undefined)
  return answer
}

/** What the exit code of a process is when nobody was there to learn it. */
const UNKNOWN_EXIT_CODE = 1

function leaderOfFork(child: ForkedChild): SessionLeader {
  let hasExited = false
  void child.exited.then(() => {
    hasExited = true
  })
  return {
    pid: child.pid,
    stdout: child.stdout,
    stderr: child.stderr,
    exited: child.exited,
    closed: allClosed(child.exited, child.stdout, child.stderr),
    returnCode: () => child.exitCode ?? (hasExited ? UNKNOWN_EXIT_CODE : -constants.signals.SIGKILL),
  }
}

function withMarker(order: ActionOrder): Record<string, string> {
  return { ...order.env, ...liveSessions.environmentFor(liveSessions.markerFor(order.execution_id)) }
}

async function allClosed(exited: Promise<void>, ...streams: readonly (Readable | null)[]): Promise<void> {
  const closed = streams.map(async (stream) => {
    if (stream === null || stream.destroyed) return
    await new Promise<void>((resolve) => stream.once('close', () => resolve()))
  })
  await Promise.all([exited, ...closed])
}
