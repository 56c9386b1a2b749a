import { join } from 'node:path'
import type { PythonSettings, SensorHost, SensorIo, SensorProcess, SensorSpec } from '@st2/engine/runner'
import { killLeftovers } from '../host/leftovers.ts'
import { liveSessions } from '../process/live-sessions.ts'
import { SessionRecords } from '../process/session-records.ts'
import { interpreterFor } from '../python/interpreter.ts'
import { runSensorProcess } from './sensor-process.ts'

export interface SensorHostOptions {
  readonly dataDir: string
  readonly instance: string
  readonly epoch: number
  readonly python: PythonSettings
  readonly log: SensorHostLog
}

/** The part of a pino logger that is needed. */
export interface SensorHostLog {
  warn(fields: object, message: string): void
}

export interface RunningSensorHost extends SensorHost {
  /** Ends all sensors that still run, with all they started. */
  close(): Promise<void>
}

/**
 * Starts sensors from this process. Sensors of an earlier, dead server of this instance are killed first: they end by
 * themselves when their server does, but what they started may have left their session.
 *
 * Their records and their marker are other ones than those of actions: a runner host that dies takes no sensor with it.
 */
export async function startSensorHost(options: SensorHostOptions): Promise<RunningSensorHost> {
  const { dataDir, epoch, log } = options
  const instance = `${options.instance}/sensors`
  const records = new SessionRecords(join(dataDir, 'sensors'))
  const killed = await killLeftovers(records, instance, epoch - 1)
  if (killed.length > 0) log.warn({ sensors: killed }, 'killed what sensors of an earlier server left behind')
  liveSessions.recordIn(records, instance, epoch)
  return new LocalSensorHost(options.python)
}

class LocalSensorHost implements RunningSensorHost {
  readonly #python: PythonSettings
  readonly #closing = new AbortController()
  readonly #running = new Set<Promise<unknown>>()

  constructor(python: PythonSettings) {
    this.#python = python
  }

  async start(spec: SensorSpec, io: SensorIo, signal: AbortSignal): Promise<SensorProcess> {
    const interpreter = await interpreterFor(spec.pack, this.#python)
    const stop = AbortSignal.any([signal, this.#closing.signal])
    stop.throwIfAborted()
    const sensor = await runSensorProcess({ spec, interpreter, settings: this.#python, io }, stop)
    this.#running.add(sensor.exited)
    void sensor.exited.then(() => this.#running.delete(sensor.exited))
    return sensor
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#running)
  }
}
