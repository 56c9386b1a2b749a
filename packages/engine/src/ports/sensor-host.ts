import type { TraceContext, TriggerView } from '@st2/model'

/** Everything the process of one sensor needs, as plain JSON. @source packs-and-runners.md 5.4, 5.5 */
export interface SensorSpec {
  readonly ref: string
  readonly pack: string
  readonly class_name: string
  /** Absolute path of the sensor's file. */
  readonly file_path: string
  /** Absolute path of the pack, or null for one that is not on disk. */
  readonly pack_path: string | null
  /** Refs of its trigger types. */
  readonly trigger_types: readonly string[]
  /** Seconds; null: not set, so the class decides. */
  readonly poll_interval: number | null
  /** The pack's configuration, for the system user. */
  readonly config: Readonly<Record<string, unknown>>
  /** ST2_API_URL and ST2_AUTH_TOKEN. */
  readonly env: Readonly<Record<string, string>>
  /** Token of the user `sensor_service`, in whose name a sensor uses the datastore. */
  readonly datastore_token: string
  /** ms between SIGTERM and SIGKILL when it is stopped. */
  readonly kill_grace_ms: number
}

/** A trigger as a sensor names it: a ref, or a trigger or its type and parameters as an object. */
export interface SensorEvent {
  readonly trigger: unknown
  readonly payload: unknown
  readonly trace_context?: TraceContext | undefined
}

export interface SensorIo {
  /**
   * Resolves when the event is durable, or was refused and logged. Until then the sensor's call waits, so that a sensor
   * is no faster than the store.
   */
  dispatch(event: SensorEvent): Promise<void>
  /** A piece of output as it comes, whole lines where possible. */
  output(type: 'stdout' | 'stderr', data: string): void
}

/** What became of a trigger of the sensor's types. A process is told of those that exist right after its start. */
export type TriggerChangeKind = 'create' | 'update' | 'delete'

export interface SensorProcess {
  readonly pid: number
  /** The command line, for people. */
  readonly cmd: string
  /** Calls the sensor's add_trigger, update_trigger or remove_trigger. Without effect once the process has ended. */
  tell(kind: TriggerChangeKind, trigger: TriggerView): void
  /** Never rejects. */
  readonly exited: Promise<SensorExit>
}

export interface SensorExit {
  /** Exit code; -n when signal n ended it. */
  readonly code: number
}

/** Runs sensors, each in a process of its own that survives no longer than its server. */
export interface SensorHost {
  /**
   * Starts the process. When the signal aborts it gets SIGTERM, and SIGKILL after the grace, with its whole group.
   *
   * @throws InvalidError when there is no interpreter for it, a virtualenv that is missing say
   */
  start(spec: SensorSpec, io: SensorIo, signal: AbortSignal): Promise<SensorProcess>
}
