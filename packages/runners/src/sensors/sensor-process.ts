import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Duplex } from 'node:stream'
import type { PythonSettings, SensorEvent, SensorExit, SensorIo, SensorProcess, SensorSpec } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { type LiveSession, liveSessions } from '../process/live-sessions.ts'
import type { Interpreter } from '../python/interpreter.ts'
import { LineChannel } from '../python/line-channel.ts'
import { modulePaths, pythonEnvironment } from '../python/python-environment.ts'
import { runtimeFolder } from '../python/runtime-folder.ts'
import { forwardLines } from './forward-lines.ts'

export interface SensorRun {
  readonly spec: SensorSpec
  readonly interpreter: Interpreter
  readonly settings: PythonSettings
  readonly io: SensorIo
}

/** Level of the sensors' log. */
const LOG_LEVEL = 'INFO'

/** After the end: how long what it printed may take to be read, when a child of it holds the output. */
const OUTPUT_GRACE_MS = 1_000

/**
 * Starts the process of one sensor. It ends by itself, with its server (the pipe closes), or when the signal aborts;
 * whatever it was, all it started ends too.
 *
 * @throws InvalidError when the system does not start it
 */
export async function runSensorProcess(run: SensorRun, signal: AbortSignal): Promise<SensorProcess> {
  const { spec, interpreter, settings, io } = run
  // Another one each time: the end of a process must not reach the next one of the same sensor.
  const name = `${spec.ref}~${++started}`
  const marker = liveSessions.markerFor(name)
  const env = { ...pythonEnvironment(interpreter, settings, spec.env), ...liveSessions.environmentFor(marker) }
  const args = ['-u', join(runtimeFolder(), 'sensor_process.py'), ...describeSensor(spec)]
  const child = spawn(interpreter.path, args, { detached: true, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
  const session = await sessionOf(child, marker, interpreter)
  liveSessions.add(
    session,
    name,
    [child.stdout, child.stderr].filter((output) => output !== null),
  )
  if (child.stdout !== null) forwardLines(child.stdout, (text) => io.output('stdout', text))
  if (child.stderr !== null) forwardLines(child.stderr, (text) => io.output('stderr', text))
  const channel = openChannel(child, io)
  channel.send({ type: 'start', ...orderOf(run), env })
  const stop = (): void => void liveSessions.end(session, spec.kill_grace_ms)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  const exited = endOf(child, session, spec.kill_grace_ms)
  void exited.then(() => signal.removeEventListener('abort', stop))
  return {
    pid: session.pid,
    cmd: [interpreter.path, ...args].join(' '),
    tell: (kind, trigger) => channel.send({ type: 'trigger', kind, trigger }),
    exited,
  }
}

let started = 0

/** For people who look at the list of processes: the sensor itself is told over its pipe. */
function describeSensor(spec: SensorSpec): string[] {
  return [
    `--pack=${spec.pack}`,
    `--file-path=${spec.file_path}`,
    `--class-name=${spec.class_name}`,
    `--trigger-type-refs=${spec.trigger_types.join(',')}`,
    ...(spec.poll_interval === null ? [] : [`--poll-interval=${spec.poll_interval}`]),
  ]
}

function orderOf({ spec, interpreter, settings }: SensorRun): object {
  return {
    pack: spec.pack,
    file_path: spec.file_path,
    class_name: spec.class_name,
    trigger_types: spec.trigger_types,
    poll_interval: spec.poll_interval,
    config: spec.config,
    datastore_token: spec.datastore_token,
    paths: modulePaths(spec.pack_path, interpreter, settings, 'sensor'),
    log_level: LOG_LEVEL,
  }
}

async function sessionOf(child: ChildProcess, marker: string, interpreter: Interpreter): Promise<LiveSession> {
  if (child.pid === undefined) {
    const error = await new Promise<Error>((resolve) => child.once('error', resolve))
    throw new InvalidError(`Python "${interpreter.path}" could not be started: ${error.message}`, { cause: error })
  }
  return { pid: child.pid, startedAt: performance.now(), leaderEnded: false, marker, signalAsRoot: null }
}

function openChannel(child: ChildProcess, io: SensorIo): LineChannel {
  const pipe = child.stdio[3]
  if (!(pipe instanceof Duplex)) throw new Error('the sensor has no pipe')
  const channel = new LineChannel(
    pipe,
    (message) => {
      if (message['type'] === 'dispatch') void dispatch(message, io).then((answer) => channel.send(answer))
    },
    (reason) => {
      io.output('stderr', `the sensor was ended: its pipe holds ${reason}\n`)
      child.kill('SIGKILL')
    },
  )
  return channel
}

/** The sensor's call waits for the answer. */
async function dispatch(message: Record<string, unknown>, io: SensorIo): Promise<object> {
  const { id } = message
  try {
    await io.dispatch(eventOf(message))
    return { type: 'dispatched', id }
  } catch (error) {
    return { type: 'dispatched', id, error: error instanceof Error ? error.message : String(error) }
  }
}

function eventOf({ trigger, payload, trace_context: context }: Record<string, unknown>): SensorEvent {
  return { trigger, payload, ...(isObject(context) && { trace_context: contextOf(context) }) }
}

function contextOf({ id_: id, trace_tag: tag }: Record<string, unknown>): NonNullable<SensorEvent['trace_context']> {
  return { ...(typeof id === 'string' && { id_: id }), ...(typeof tag === 'string' && { trace_tag: tag }) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function endOf(child: ChildProcess, session: LiveSession, graceMs: number): Promise<SensorExit> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const exit = await new Promise<SensorExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code: code ?? -constants.signals[signal ?? 'SIGKILL'] }))
  })
  session.leaderEnded = true
  await liveSessions.end(session, graceMs)
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, OUTPUT_GRACE_MS).unref())])
  for (const pipe of child.stdio) pipe?.destroy()
  liveSessions.settle(session)
  return exit
}
