import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { MARKER_VARIABLE } from '../process/proc-table.ts'
import { FrameError, FrameReader, FrameWriter } from './frames.ts'
import type { HostOptions } from './host-options.ts'
import {
  CODE_CACHE_VARIABLE,
  type HostMessage,
  type HostSettings,
  parseHostMessage,
  type ServerMessage,
  WARM_UP,
} from './messages.ts'

export interface ExitInfo {
  readonly reason: string
  readonly livedMs: number
  readonly wasReady: boolean
}

/** One runner host process and the pipe to it. */
export class HostProcess {
  readonly pid: number | null
  /** Rejects when the process ends before it said that it is ready. */
  readonly ready: Promise<void>
  readonly exited: Promise<ExitInfo>
  readonly #child: ChildProcess
  readonly #pipe: Duplex
  readonly #writer: FrameWriter
  #complaint: string | null = null

  constructor(options: HostOptions, onMessage: (message: HostMessage) => void) {
    const startedAt = performance.now()
    const ready = Promise.withResolvers<void>()
    const exited = Promise.withResolvers<ExitInfo>()
    this.ready = ready.promise
    this.exited = exited.promise
    this.#child = spawnHost(options, JSON.stringify(settingsOf(options)), ['ignore', 'ignore', 'pipe', 'pipe'])
    this.pid = this.#child.pid ?? null
    this.#pipe = pipeOf(this.#child)
    this.#writer = new FrameWriter(this.#pipe)

    let wasReady = false
    this.#read((message) => {
      if (message.type === 'ready') {
        wasReady = true
        ready.resolve()
      }
      onMessage(message)
    })
    this.#logErrors(options)
    const settle = (reason: string): void => {
      const why = this.#complaint ?? reason
      ready.reject(new Error(`the runner host ended: ${why}`))
      exited.resolve({ reason: why, livedMs: performance.now() - startedAt, wasReady })
    }
    this.#child.once('error', (error) => settle(error.message))
    this.#child.once('exit', (code, signal) => settle(signal === null ? `exit code ${code}` : `signal ${signal}`))
    const late = setTimeout(() => this.#refuse('it did not start in time'), START_DEADLINE_MS)
    void Promise.allSettled([this.ready]).then(() => clearTimeout(late))
    // Whoever started it awaits `ready` too, but not when the server closes meanwhile.
    ready.promise.catch(() => undefined)
  }

  /** @throws FrameError when the message is larger than a frame may be */
  send(message: ServerMessage): void {
    this.#writer.send(message)
  }

  /** Closes the pipe: the host ends its sessions and exits. */
  end(): void {
    this.#writer.flush()
    this.#pipe.end()
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #read(onMessage: (message: HostMessage) => void): void {
    const reader = new FrameReader()
    this.#pipe.on('data', (chunk: Buffer) => {
      try {
        for (const message of reader.push(chunk)) onMessage(parseHostMessage(message))
      } catch (error) {
        if (!(error instanceof FrameError)) throw error
        this.#refuse(`malformed frame: ${error.message}`)
      }
    })
    // A host that died breaks the pipe; its exit code or signal tells more.
    this.#pipe.on('error', () => this.#pipe.destroy())
  }

  #refuse(complaint: string): void {
    this.#complaint ??= complaint
    this.#pipe.destroy()
    this.kill()
  }

  #logErrors({ log }: HostOptions): void {
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log.warn({ pid: this.pid, stderr: text.slice(0, MAX_LOGGED_LENGTH) }, 'runner host says')
    })
  }
}

/** For a host to load its code, on a machine that is busy. */
const START_DEADLINE_MS = 30_000

/** Characters of one piece of the host's stderr in the log. */
const MAX_LOGGED_LENGTH = 4_096

/** Old generation of the host's heap; outputs are kept outside of it until they are complete. */
const HEAP_MB = 512

/** The host keeps little that is young; smaller halves keep it small. */
const SEMI_SPACE_MB = 2

/**
 * Fills the code cache when there is none yet: the compiler that strips types costs a process 40 MB for good, and the
 * host, which lives long, should not be the one that loads it.
 */
export async function warmCodeCache(options: HostOptions): Promise<void> {
  if (existsSync(codeCacheOf(options))) return
  const child = spawnHost(options, WARM_UP, ['ignore', 'ignore', 'ignore'])
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve()) // the same error meets the host itself, where it is told
    child.once('exit', () => resolve())
  })
}

/** Named after the version of Node: another one cannot use it. */
function codeCacheOf({ dataDir }: HostOptions): string {
  return join(dataDir, 'cache', `host-code-${process.version}`)
}

function settingsOf({ dataDir, instance, epoch }: HostOptions): HostSettings {
  return { dataDir, instance, epoch }
}

function spawnHost(options: HostOptions, argument: string, stdio: StdioOptions): ChildProcess {
  const main = fileURLToPath(new URL('./host-main.ts', import.meta.url))
  const flags = [`--max-old-space-size=${HEAP_MB}`, `--max-semi-space-size=${SEMI_SPACE_MB}`]
  return spawn(options.nodePath ?? process.execPath, [...flags, main, argument], {
    // A session of its own: what is typed at the server's terminal is for the server.
    detached: true,
    env: {
      ...(options.env ?? process.env),
      [MARKER_VARIABLE]: `${options.instance}:${options.epoch}:`,
      [CODE_CACHE_VARIABLE]: codeCacheOf(options),
    },
    stdio,
    ...(argument === WARM_UP && { timeout: START_DEADLINE_MS }),
  })
}

function pipeOf(child: ChildProcess): Duplex {
  const pipe = child.stdio[3]
  if (!(pipe instanceof Duplex)) throw new Error('the runner host has no pipe')
  return pipe
}
