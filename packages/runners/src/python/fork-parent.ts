import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { InvalidError } from '@st2/model'
import { INHERITED_ENVIRONMENT } from '../process/inherited-environment.ts'
import { liveSessions } from '../process/live-sessions.ts'
import { MARKER_VARIABLE, readProcess, readStartTime } from '../process/proc-table.ts'
import { LineChannel } from './line-channel.ts'
import { runtimeFolder } from './runtime-folder.ts'

/** A process that waits on `request` for the one action it will run. */
export interface ForkedChild {
  readonly pid: number
  readonly request: Socket
  readonly result: Socket
  readonly stdout: Socket
  readonly stderr: Socket
  readonly exited: Promise<void>
  /** null while it runs, and when nobody was there to learn it. */
  exitCode: number | null
}

/** The parent died before it could give a child; another one may do better. */
export class ParentGoneError extends Error {
  override readonly name = 'ParentGoneError'
}

/** Children that wait for work: the next action finds one. */
const SPARE_CHILDREN = 1

/** For an interpreter to load the runtime, on a machine that is busy. */
const START_DEADLINE_MS = 30_000

/** For a parent that is up to give a child. */
const CHILD_DEADLINE_MS = 10_000

/** How often a process is looked at whose parent died: nobody tells when it ends. */
const ORPHAN_LOOK_MS = 20

/** Bytes kept of what the parent says on stderr, to tell why it did not start. */
const MAX_COMPLAINT_LENGTH = 4_096

/** Room for the marker of an execution in the environment that /proc shows of a forked process. */
const MARKER_ROOM = 512

interface TrackedChild extends ForkedChild {
  readonly startTime: string
  taken: boolean
  settle(code: number | null): void
}

interface Waiter {
  resolve(child: ForkedChild): void
  reject(error: Error): void
}

/**
 * One warm Python: starting → up → retired → gone. It keeps a spare child ready, so that an action costs neither the
 * start of an interpreter nor a fork. Retired it takes no more actions and ends with its last child. When it dies its
 * running children go on: their results come over pipes of their own.
 */
export class ForkParent {
  /** Rejects with InvalidError when this Python does not start. */
  readonly ready: Promise<void>
  readonly gone: Promise<void>
  /** Where pip installs for this Python; known once it is up. */
  sitePackages: string | null = null
  readonly #process: ChildProcess
  readonly #channel: LineChannel
  readonly #children = new Map<number, TrackedChild>()
  readonly #spares: TrackedChild[] = []
  readonly #waiters: Waiter[] = []
  readonly #onIdle: () => void
  #pendingForks = 0
  /** Whether it has loaded what actions commonly need: a child that is to wait is not forked before. */
  #isWarm = false
  /** Actions that ask for a child. */
  #takers = 0
  #complaint = ''
  #isGone = false
  #isRetired = false

  /** @param onIdle told whenever no action of it runs any more */
  constructor(python: string, onIdle: () => void) {
    this.#onIdle = onIdle
    this.#process = spawn(python, ['-u', join(runtimeFolder(), 'fork_server.py')], {
      detached: true,
      env: parentEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    const ready = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    this.ready = ready.promise
    this.gone = gone.promise
    // Whoever takes a child awaits it too, but nobody may be taking one.
    ready.promise.catch(() => undefined)
    this.#channel = new LineChannel(
      controlPipe(this.#process),
      (message) => this.#handle(message, ready.resolve),
      (reason) => {
        this.#complain(reason)
        this.#process.kill('SIGKILL')
      },
    )
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => this.#complain(text))
    const late = setTimeout(() => {
      this.#complain(`it was not ready after ${START_DEADLINE_MS} ms`)
      this.#process.kill('SIGKILL')
    }, START_DEADLINE_MS)
    ready.promise.then(
      () => clearTimeout(late),
      () => clearTimeout(late),
    )
    const end = (reason: string): void => {
      const why = this.#complaint.trim() || reason
      ready.reject(new InvalidError(`Python "${python}" could not be started: ${why}`))
      this.#ended(why)
      gone.resolve()
    }
    this.#process.once('error', (error) => end(error.message))
    // `close`, not `exit`: what it complained about has been read then.
    this.#process.once('close', (code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`))
  }

  get pid(): number | null {
    return this.#process.pid ?? null
  }

  get isUsable(): boolean {
    return !this.#isGone && !this.#isRetired
  }

  /** Whether an action runs or waits for a child. */
  get isBusy(): boolean {
    return this.#takers > 0 || [...this.#children.values()].some((child) => child.taken)
  }

  /**
   * A child for one action, with nobody else's work behind it.
   *
   * @throws InvalidError when this Python does not start, ParentGoneError when it died, the signal's reason when aborted
   */
  async take(signal: AbortSignal): Promise<ForkedChild> {
    this.#takers++
    try {
      return await this.#nextChild(signal)
    } finally {
      this.#takers--
      this.#whenIdle()
    }
  }

  /** Ends with the last action that runs; a spare child goes with it. */
  retire(): void {
    this.#isRetired = true
    this.#whenIdle()
  }

  async #nextChild(signal: AbortSignal): Promise<ForkedChild> {
    await unlessAborted(this.ready, signal)
    if (this.#isGone) throw new ParentGoneError('the parent has ended')
    const spare = this.#livingSpare()
    if (spare !== null) {
      spare.taken = true
      this.#forkAhead()
      return spare
    }
    const { promise, resolve, reject } = Promise.withResolvers<ForkedChild>()
    const waiter: Waiter = { resolve, reject }
    const giveUp = (): void => {
      const place = this.#waiters.indexOf(waiter)
      if (place !== -1) this.#waiters.splice(place, 1)
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    }
    this.#waiters.push(waiter)
    signal.addEventListener('abort', giveUp, { once: true })
    // An action may have stopped it (SIGSTOP): its end rejects all that wait.
    const late = setTimeout(() => this.#process.kill('SIGKILL'), CHILD_DEADLINE_MS)
    this.#forkAhead()
    try {
      return await promise
    } finally {
      clearTimeout(late)
      signal.removeEventListener('abort', giveUp)
    }
  }

  /** One that somebody has killed is told of by the parent, but that may come later. */
  #livingSpare(): TrackedChild | null {
    for (let spare = this.#spares.shift(); spare !== undefined; spare = this.#spares.shift()) {
      if (readProcess(spare.pid)?.startTime === spare.startTime) return spare
    }
    return null
  }

  #whenIdle(): void {
    if (this.isBusy || this.#isGone) return
    if (this.#isRetired) this.#channel.end()
    else this.#onIdle()
  }

  #handle(message: Record<string, unknown>, onReady: () => void): void {
    const { type, pid, code } = message
    if (type === 'ready') {
      this.sitePackages = typeof message['site_packages'] === 'string' ? message['site_packages'] : null
      onReady()
      this.#forkAhead()
    } else if (type === 'warm') {
      this.#isWarm = true
      this.#forkAhead()
    } else if (type === 'child' && typeof pid === 'number') this.#received(pid, message['fds'])
    else if (type === 'exit' && typeof pid === 'number') this.#exited(pid, typeof code === 'number' ? code : null)
  }

  #forkAhead(): void {
    const spares = this.#isWarm ? SPARE_CHILDREN : 0
    const wanted = this.#waiters.length + spares - this.#spares.length - this.#pendingForks
    for (let count = 0; count < wanted && !this.#isGone; count++) {
      this.#pendingForks++
      this.#channel.send({ type: 'fork' })
    }
  }

  #received(pid: number, fds: unknown): void {
    this.#pendingForks--
    const child = openChild(this.#process.pid ?? 0, pid, fds)
    this.#channel.send({ type: 'opened', pid })
    const waiter = this.#waiters.shift()
    if (child instanceof Error) {
      waiter?.reject(new InvalidError(`The pipes of a Python process could not be opened: ${child.message}`))
      return
    }
    this.#children.set(pid, child)
    if (waiter === undefined) this.#spares.push(child)
    else {
      child.taken = true
      waiter.resolve(child)
    }
  }

  #exited(pid: number, code: number | null): void {
    const child = this.#children.get(pid)
    if (child === undefined) return
    this.#children.delete(pid)
    child.settle(code)
    if (!child.taken) {
      // Somebody killed a process that did nothing yet.
      const place = this.#spares.indexOf(child)
      if (place !== -1) this.#spares.splice(place, 1)
      discard(child)
      if (this.isUsable) this.#forkAhead()
    }
    this.#whenIdle()
  }

  #ended(why: string): void {
    this.#isGone = true
    for (const waiter of this.#waiters.splice(0)) waiter.reject(new ParentGoneError(why))
    // Without a request they end by themselves.
    for (const spare of this.#spares.splice(0)) discard(spare)
    for (const child of this.#children.values()) if (child.taken) followOrphan(child)
    this.#children.clear()
  }

  #complain(text: string): void {
    this.#complaint = (this.#complaint + text).slice(-MAX_COMPLAINT_LENGTH)
  }
}

function parentEnvironment(): Record<string, string | undefined> {
  const environment: Record<string, string | undefined> = { ...INHERITED_ENVIRONMENT }
  // Packs set their own; the children put it on their path.
  for (const name of ['PYTHONPATH', MARKER_VARIABLE, ROOM_VARIABLE]) delete environment[name]
  return {
    ...environment,
    ...liveSessions.environmentFor(liveSessions.markerFor('')),
    [ROOM_VARIABLE]: '-'.repeat(MARKER_ROOM),
  }
}

/** @throws the signal's reason when it aborts first */
async function unlessAborted(done: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([done, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** In its place a forked process writes its own marker. */
const ROOM_VARIABLE = 'ST2_RUNNER_ROOM'

function controlPipe(child: ChildProcess): Duplex {
  const pipe = child.stdio[3]
  if (!(pipe instanceof Duplex)) throw new Error('the Python parent has no control pipe')
  return pipe
}

/** @returns what the system says when the parent is gone already or there are too many open files */
function openChild(parent: number, pid: number, fds: unknown): TrackedChild | Error {
  const numbers: Record<string, unknown> = typeof fds === 'object' && fds !== null ? { ...fds } : {}
  const opened: Socket[] = []
  const open = (name: string, flags: number): Socket => {
    // The other process keeps its end open until it is told that this one is.
    const fd = openSync(`/proc/${parent}/fd/${String(numbers[name])}`, flags | constants.O_NONBLOCK)
    const socket = socketOf(fd, flags)
    opened.push(socket)
    return socket
  }
  try {
    const exited = Promise.withResolvers<void>()
    const child: TrackedChild = {
      pid,
      request: open('request', constants.O_WRONLY),
      result: open('result', constants.O_RDONLY),
      stdout: open('stdout', constants.O_RDONLY),
      stderr: open('stderr', constants.O_RDONLY),
      startTime: readStartTime(pid) ?? '',
      exited: exited.promise,
      exitCode: null,
      taken: false,
      settle: (code) => {
        child.exitCode = code
        exited.resolve()
      },
    }
    // A child that ends without reading breaks the pipe; its exit code tells what there is to tell.
    child.request.on('error', () => child.request.destroy())
    return child
  } catch (error) {
    for (const socket of opened) socket.destroy()
    if (error instanceof Error && 'code' in error) return error
    throw error
  }
}

function socketOf(fd: number, flags: number): Socket {
  try {
    const writable = flags === constants.O_WRONLY
    return new Socket({ fd, readable: !writable, writable })
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function discard(child: ForkedChild): void {
  for (const socket of [child.request, child.result, child.stdout, child.stderr]) socket.destroy()
}

function followOrphan(child: TrackedChild): void {
  const look = setInterval(() => {
    if (readProcess(child.pid)?.startTime === child.startTime) return
    clearInterval(look)
    child.settle(null)
  }, ORPHAN_LOOK_MS)
}
