import { Socket } from 'node:net'
import type { RunIo, RunOutcome, RunRequest, Runner } from '@st2/engine/runner'
import { genericFailure } from '../generic-failure.ts'
import { liveSessions } from '../process/live-sessions.ts'
import { SessionRecords } from '../process/session-records.ts'
import { FrameError, FrameReader, FrameWriter } from './frames.ts'
import { loadAllRunners, loadRunner } from './load-runner.ts'
import { CODE_CACHE_VARIABLE, type HostMessage, type HostSettings, parseServerMessage, WARM_UP } from './messages.ts'

/**
 * The runner host: runs the runners of place `host` for one server, which it survives by no more than a moment.
 * The pipe is the bond: when it closes, for whatever reason, every session is ended and the process exits.
 */
async function main(): Promise<void> {
  delete process.env[CODE_CACHE_VARIABLE]
  if (process.argv[2] === WARM_UP) return loadAllRunners()
  const settings = parseSettings(process.argv[2])
  // The server decides when the host ends; a signal to a whole process group must not take it first.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined)
  // A server that died cannot read the log either.
  process.stderr.on('error', () => undefined)

  liveSessions.recordIn(new SessionRecords(settings.dataDir), settings.instance, settings.epoch)
  const pipe = new Socket({ fd: PIPE_FD })
  const writer = new FrameWriter(pipe, (congested) => liveSessions.holdOutput(congested))
  const runs = new Runs((message) => writer.send(message))
  const reader = new FrameReader()
  pipe.on('data', (chunk) => {
    try {
      for (const message of reader.push(chunk)) runs.handle(message)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      complain(`malformed frame from the server: ${error.message}`)
      pipe.destroy()
    }
  })
  pipe.on('error', (error) => complain(`pipe to the server: ${error.message}`))
  pipe.on('end', () => pipe.destroy())
  pipe.on('close', () => void endEverything())
  writer.send({ type: 'ready' } satisfies HostMessage)
}

/** First free descriptor after stdin, stdout and stderr. */
const PIPE_FD = 3

/** Between SIGTERM and SIGKILL when the server is gone. */
const ORPHAN_GRACE_MS = 500

/** A runner may give up anywhere when it is told to. */
const CANCELED: RunOutcome = { status: 'canceled', result: { error: 'Action canceled' } }

class Runs {
  readonly #aborts = new Map<number, AbortController>()
  readonly #send: (message: HostMessage) => void

  constructor(send: (message: HostMessage) => void) {
    this.#send = send
  }

  handle(value: unknown): void {
    const message = parseServerMessage(value)
    if (message.type === 'cancel') this.#aborts.get(message.run)?.abort()
    else void this.#run(message.run, message.request)
  }

  async #run(run: number, request: RunRequest): Promise<void> {
    const abort = new AbortController()
    this.#aborts.set(run, abort)
    const io: RunIo = { output: (stream, data) => this.#send({ type: 'output', run, stream, data }) }
    const outcome = await loadRunner(request.runner)
      .then((runner: Runner) => runner.run(request, io, abort.signal))
      .catch((error: unknown) => (abort.signal.aborted ? CANCELED : genericFailure(error)))
    this.#aborts.delete(run)
    this.#end(run, outcome)
  }

  #end(run: number, outcome: RunOutcome): void {
    try {
      this.#send({ type: 'end', run, outcome })
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.#send({ type: 'end', run, outcome: genericFailure(error) })
    }
  }
}

async function endEverything(): Promise<void> {
  await liveSessions.endAll(ORPHAN_GRACE_MS)
  process.exit(0)
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

function parseSettings(text: string | undefined): HostSettings {
  const { dataDir, instance, epoch }: Partial<HostSettings> = JSON.parse(text ?? '{}')
  if (typeof dataDir !== 'string' || typeof instance !== 'string' || typeof epoch !== 'number') {
    throw new TypeError('the runner host is started by the server: dataDir, instance and epoch are missing')
  }
  return { dataDir, instance, epoch }
}

await main()
