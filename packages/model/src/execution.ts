import { type Action, actionSchema } from './action.ts'
import type { FromSchema } from './from-schema.ts'
import { notifySchema } from './notify.ts'
import { type RunnerType, runnerTypeSchema } from './runner-type.ts'
import { EXECUTION_STATUSES, type ExecutionStatus } from './statuses.ts'

/** Body of `POST /executions`; unknown keys are accepted and ignored, as upstream does. @source rest-schemas.md 6 */
export const executionRequestSchema = {
  title: 'ExecutionRequest',
  type: 'object',
  properties: {
    action: { type: 'string', required: true, description: 'Reference of the action, pack.name.' },
    parameters: { type: 'object' },
    user: { type: ['string', 'null'] },
    context: { type: 'object' },
    notify: notifySchema,
    delay: { type: ['integer', 'null'], description: 'Milliseconds to wait before scheduling.' },
    callback: { type: 'object' },
  },
} as const

export type ExecutionRequest = FromSchema<typeof executionRequestSchema>

/** Body of `POST /executions/{id}/re_run`. */
export const rerunRequestSchema = {
  title: 'RerunRequest',
  type: 'object',
  properties: {
    parameters: { type: 'object' },
    tasks: { type: 'array', items: { type: 'string' } },
    reset: { type: 'array', items: { type: 'string' } },
    user: { type: ['string', 'null'] },
    delay: { type: ['integer', 'null'] },
  },
} as const

export type RerunRequest = FromSchema<typeof rerunRequestSchema>

/** Body of `PUT /executions/{id}`; nothing else may be sent. */
export const executionUpdateSchema = {
  title: 'ExecutionUpdate',
  type: 'object',
  properties: { status: { type: 'string' }, result: { type: 'object' } },
  additionalProperties: false,
} as const

export interface StatusLogEntry {
  readonly timestamp: string
  readonly status: ExecutionStatus
}

/** The parts that exist only when a rule asked for the execution, kept as they were then. */
export interface ExecutionOrigin {
  readonly rule?: Record<string, unknown> | undefined
  readonly trigger?: Record<string, unknown> | undefined
  readonly trigger_type?: Record<string, unknown> | undefined
  readonly trigger_instance?: Record<string, unknown> | undefined
}

/**
 * An execution as it is stored: the record users see, its liveaction and its place in the queue in one document.
 * Action and runner are kept by content hash in the snapshot collection; a view joins them.
 */
export interface ExecutionDocument extends ExecutionOrigin {
  readonly id: string
  /** Counts writes; a writer names the one it read. */
  readonly rev: number
  readonly liveaction_id: string
  readonly status: ExecutionStatus
  readonly action_ref: string
  readonly runner_name: string
  readonly action_snapshot: string
  readonly runner_snapshot: string
  readonly action_is_workflow: boolean
  readonly start_timestamp: string
  readonly end_timestamp?: string | undefined
  /** As supplied, rendered and cast; secret values stand masked here and enciphered in `sealed`. */
  readonly parameters: Record<string, unknown>
  /** Enciphered JSON of the secret parameter values, by name. Opened for the run and for a re-run, never for a view. */
  readonly sealed?: string | undefined
  readonly context: Record<string, unknown>
  readonly notify?: Record<string, unknown> | undefined
  readonly callback?: Record<string, unknown> | undefined
  readonly runner_info?: { hostname: string; pid: number } | undefined
  readonly parent?: string | undefined
  readonly workflow_execution?: string | undefined
  readonly task_execution?: string | undefined
  readonly log: readonly StatusLogEntry[]
  /** ms before scheduling, as asked for. */
  readonly delay?: number | undefined
  /** A small result, inline; a larger one is a blob (`result_blob`). */
  readonly result?: unknown
  readonly result_blob?: string | undefined
  /** Bytes of the serialised result. */
  readonly result_size?: number | undefined
  /** Enciphered JSON of the parts of the result that are secret, which stand masked in it: a list of [path, value]. */
  readonly sealed_result?: string | undefined
  /** ms since epoch when the next service must look at it; absent: nothing is due. This index is the outbox. */
  readonly due_at?: number | undefined
  /**
   * Of an execution that a concurrency policy governs and that is not scheduled yet: `new` until policies have looked at it, then
   * the queue (`<policy id>:<group>`) it waits in, without `due_at`: it is looked at when a slot becomes free.
   */
  readonly policy_queue?: string | undefined
  /** `<instance>:<epoch>` of the process that works on it. */
  readonly claimed_by?: string | undefined
  /** Work left after completion: notifications, triggers, the parent workflow. Absent: none. */
  readonly post_completion?: 'due' | undefined
}

/** What the API answers for one execution. Falsy top-level fields are left out. @source rest-schemas.md 8 */
export const executionSchema = {
  title: 'Execution',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    status: { type: 'string', enum: EXECUTION_STATUSES, required: true },
    start_timestamp: { type: 'string', format: 'date-time', required: true },
    end_timestamp: { type: 'string', format: 'date-time' },
    elapsed_seconds: { type: 'number' },
    action: { ...actionSchema, required: true, description: 'As it was when the execution was requested.' },
    runner: { ...runnerTypeSchema, required: true, description: 'As it was when the execution was requested.' },
    liveaction: {
      type: 'object',
      required: true,
      properties: {
        id: { type: 'string', required: true },
        action: { type: 'string', required: true },
        action_is_workflow: { type: 'boolean', required: true },
        parameters: { type: 'object', required: true },
        callback: { type: 'object', required: true },
        runner_info: { type: 'object', required: true },
        notify: { type: 'object' },
      },
    },
    parameters: { type: 'object', description: 'Secret values are masked.' },
    context: { type: 'object' },
    result: { description: 'What it is depends on the runner.' },
    result_size: { type: 'integer', description: 'Bytes of the serialised result.' },
    parent: { type: 'string' },
    children: { type: 'array', items: { type: 'string' } },
    log: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          timestamp: { type: 'string', format: 'date-time', required: true },
          status: { type: 'string', enum: EXECUTION_STATUSES, required: true },
        },
      },
    },
    web_url: { type: 'string' },
    delay: { type: 'integer', description: 'ms before scheduling.' },
    trigger: { type: 'object' },
    trigger_type: { type: 'object' },
    trigger_instance: { type: 'object' },
    rule: { type: 'object' },
    workflow_execution: { type: 'string' },
    task_execution: { type: 'string' },
  },
} as const

/** An execution as the API and the stream show it. Falsy top-level fields are left out. @source rest-schemas.md 8 */
export interface Execution extends ExecutionOrigin {
  readonly id: string
  readonly status: ExecutionStatus
  readonly start_timestamp: string
  readonly end_timestamp?: string
  readonly elapsed_seconds?: number
  readonly action: Action
  readonly runner: RunnerType
  readonly liveaction: {
    readonly id: string
    readonly action: string
    readonly action_is_workflow: boolean
    readonly parameters: Record<string, unknown>
    readonly callback: Record<string, unknown>
    readonly runner_info: Record<string, unknown>
    readonly notify?: Record<string, unknown>
  }
  readonly parameters?: Record<string, unknown>
  readonly context?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly result_size?: number
  readonly parent?: string
  readonly children?: string[]
  readonly log?: StatusLogEntry[]
  readonly web_url?: string
  readonly delay?: number
  readonly workflow_execution?: string
  readonly task_execution?: string
}

/** One piece of what a running action printed. @source rest-schemas.md 8 */
export interface ExecutionOutput {
  readonly id: string
  readonly execution_id: string
  readonly action_ref: string
  readonly runner_ref: string
  readonly timestamp: string
  readonly output_type: 'stdout' | 'stderr' | 'output'
  readonly data: string
}
