import type { ParameterSchemas, RunnerManifest } from '@st2/model'

// The package of the runners brings the sensor host, too; this is the one entry it may import.
export type { SensorEvent, SensorExit, SensorHost, SensorIo, SensorProcess, SensorSpec } from './sensor-host.ts'

/**
 * How actions run. The engine never imports a runner: the server hands the runners in. A runner turns one request
 * into one outcome; it may print while it runs, and it stops when the signal aborts.
 */
export interface Runner {
  readonly manifest: RunnerManifest
  /** `engine`: does nothing that could block or crash, runs in the server. `host`: runs in the runner host process. */
  readonly place: 'engine' | 'host'
  /** Whether actions get a token of their own to call the API with. */
  readonly needsToken: boolean
  /** It changes nothing anywhere, and its outcome follows from the request: whether it ran once or twice cannot be told. */
  readonly hasNoEffect?: true
  run(request: RunRequest, io: RunIo, signal: AbortSignal): Promise<RunOutcome>
}

/** Everything a run needs, as plain JSON: it crosses to another process. */
export interface RunRequest {
  readonly execution_id: string
  readonly liveaction_id: string
  readonly runner: string
  readonly action: {
    readonly ref: string
    readonly pack: string
    readonly name: string
    readonly parameters: ParameterSchemas
  }
  /** Absolute path of the action's file, or null when the action names none. */
  readonly entry_point: string | null
  /** Absolute path of the pack, or null for an action whose pack is not on disk. */
  readonly pack_path: string | null
  /** Finalised, cast and split: names the runner declares … */
  readonly runner_parameters: Readonly<Record<string, unknown>>
  /** … and the other declared ones, in declaration order. Unset ones are null. */
  readonly action_parameters: Readonly<Record<string, unknown>>
  readonly user: string
  /** The ST2_ACTION_* variables. */
  readonly env: Readonly<Record<string, string>>
  readonly limits: RunLimits
  /** Given for the runner `python-script`, which cannot run without it. */
  readonly python?: PythonRequest
  /** `[system_user] user` when it is set in the configuration; null: commands run as the server's own user. */
  readonly system_user: string | null
  readonly version: string
}

export interface RunLimits {
  /** `[actionrunner] max_output_size`, bytes kept of each of stdout and stderr. */
  readonly max_output_size: number
  /** `[actionrunner] kill_grace_ms`, between SIGTERM and SIGKILL. */
  readonly kill_grace_ms: number
}

/** What a Python class of a pack needs besides its parameters. */
export interface PythonRequest {
  /** The pack's configuration for the user: expressions resolved, secrets deciphered, defaults of its schema filled in. */
  readonly config: Readonly<Record<string, unknown>>
  readonly settings: PythonSettings
}

/** How Python of packs is run, actions and sensors alike. */
export interface PythonSettings {
  /** `[actionrunner] python_binary`: for packs without a virtualenv. A bare name is looked up in PATH. */
  readonly binary: string
  /** Folder of the packs' virtualenvs: `<pack>/bin/python` in it is used when it is there. */
  readonly virtualenvs: string
  /** `[actionrunner] python_process`: forked from a warm parent, or an interpreter of its own for each action. */
  readonly process: 'fork' | 'fresh'
  /** `[actionrunner] python_max_parents`: warm parents at a time, one per interpreter; the least used gives way. */
  readonly max_parents: number
  /** `[actionrunner] python_parent_idle`: s without an action after which a warm parent ends. */
  readonly parent_idle_seconds: number
  /** `[actionrunner] max_result_size`: bytes of what an action returns, as JSON. */
  readonly max_result_size: number
  /** `[actionrunner] python_runner_log_level`: what the level DEBUG of an action means. */
  readonly log_level: string
  /** `[packs] enable_common_libs`: the pack's `lib` is on the module path. */
  readonly enable_common_libs: boolean
  /** Folder of the packs' configurations, to name it to users. */
  readonly configs: string
  /** Folders of packs, first one first. */
  readonly packs: readonly string[]
}

export interface RunIo {
  /** A piece of output as it comes, with its line ends. Whole lines where possible. */
  output(type: 'stdout' | 'stderr' | 'output', data: string): void
  /** Tells everybody who listens to the stream. Absent where runners have a process of their own. */
  announce?(route: string, payload: unknown): void
}

export interface RunOutcome {
  /** `canceled` only as the answer to an abort; `pending` when people decide how it ends. */
  readonly status: 'succeeded' | 'failed' | 'timeout' | 'abandoned' | 'canceled' | 'pending'
  readonly result: unknown
}

/** What runs the runners of place `host`: a process of its own that survives no longer than its server. */
export interface RunnerHost {
  run(request: RunRequest, io: RunIo, signal: AbortSignal): Promise<RunOutcome>
  /** Kills the process groups that an earlier, dead server left behind; answers the executions they belonged to. */
  reapLeftovers(): Promise<string[]>
  close(): Promise<void>
}
