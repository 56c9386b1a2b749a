import { type Collection, type Document, integer, text, type VersionedDocument } from './collection.ts'
import type { ExecutionStatus } from './statuses.ts'

/** Whose tasks notify, and how, of a workflow that was started with notifications. */
export interface WorkflowNotify {
  readonly config: Record<string, unknown>
  readonly tasks: readonly string[]
}

/**
 * A run of a workflow. What has happened in it is its journal, `workflow_event`; this is what the journal starts from, and who
 * looks after it.
 *
 * @source orquesta.md 20
 */
export interface WorkflowExecution extends VersionedDocument {
  /** Id of the execution that it belongs to; another one after a rerun of its tasks. */
  readonly action_execution: string
  readonly action_ref: string
  readonly status: ExecutionStatus
  /** Id of the definition's text as it was at the start. */
  readonly definition: string
  /** Values of the inputs and what expressions see as `st2` and `parent`. Absent: sealed, for an input is a secret. */
  readonly basis?: WorkflowBasis | undefined
  readonly sealed_basis?: string | undefined
  readonly notify?: WorkflowNotify | undefined
  /** As they were when it began: its journal is read under the limits that it was written under. Absent: the language's own. */
  readonly limits?: WorkflowLimits | undefined
  readonly start_timestamp: string
  readonly end_timestamp?: string | undefined
  /** ms since epoch from which on any engine may take it. Absent: nothing is to be done any more. */
  readonly due_at?: number | undefined
  /** `<instance>:<epoch>` of the process whose engine conducts it. */
  readonly claimed_by?: string | undefined
}

export interface WorkflowLimits {
  /** Runs of tasks. */
  readonly task_runs: number
  /** Of one task. */
  readonly items: number
}

export interface WorkflowBasis {
  readonly input: Record<string, unknown>
  readonly context: Record<string, unknown>
}

/** What happened, as a row holds it: a result stands beside it, inline or as a blob. */
export interface WorkflowOccurrence {
  readonly type: 'begin' | 'action' | 'request' | 'rerun' | 'fault'
  /** Of an action: `<task>.<route>.<run>`, with `.<item>` for an item. */
  readonly id?: string | undefined
  readonly status?: string | undefined
  readonly tasks?: readonly { readonly task: string; readonly route?: number; readonly resetItems?: boolean }[]
  /** Of a rerun: the execution that asked for it. */
  readonly execution?: string | undefined
  readonly error?: Record<string, unknown> | undefined
}

/** What was decided. Inputs of actions and outputs follow from the journal and are not repeated here. */
export interface WorkflowEffect {
  readonly type: 'start' | 'status' | 'output'
  readonly id?: string | undefined
  readonly action?: unknown
  /** Seconds. */
  readonly delay?: number | null | undefined
  readonly status?: string | undefined
}

/**
 * One row of a journal. That it is stored decides it: of two engines that decide the same number one finds it taken.
 * The id follows from workflow and number.
 */
export interface WorkflowEvent extends Document {
  readonly workflow: string
  readonly seq: number
  /** Microseconds since 1970 UTC. */
  readonly at: number
  /** Where the chance of its expressions starts. */
  readonly seed: number
  readonly event: WorkflowOccurrence
  readonly result?: unknown
  readonly result_blob?: string | undefined
  readonly result_size?: number | undefined
  /** Of the result, as its execution holds it. */
  readonly sealed_result?: string | undefined
  /** Look-ups that were used, with what they came to; enciphered when a secret is among them. */
  readonly answers?: readonly unknown[] | undefined
  readonly sealed_answers?: string | undefined
  readonly effects: readonly WorkflowEffect[]
}

/** Where replaying a journal may begin. One for each workflow; the id is the workflow's. */
export interface WorkflowSnapshot extends Document {
  /** The number of the next row. */
  readonly seq: number
  /** JSON text in a blob: the state, and what was decided and not stored yet. */
  readonly state_blob: string
  readonly is_sealed: boolean
}

/** The text of a definition; the id is the hash of it. */
export interface WorkflowDefinition extends Document {
  readonly text: string
}

/**
 * A run of a task: one for each start, attempt of a retry and round of a cycle. It is read from the journal, not stored.
 *
 * @source orquesta.md 20
 */
export interface TaskExecution extends Document {
  readonly workflow_execution: string
  readonly task_name: string
  readonly task_id: string
  readonly task_route: number
  readonly status: string
  readonly delay?: number | undefined
  readonly itemized: boolean
  readonly items_count?: number | undefined
  readonly result?: unknown
  readonly start_timestamp: string
  readonly end_timestamp?: string | undefined
}

export const workflowExecutions: Collection<WorkflowExecution> = {
  name: 'workflow_execution',
  fields: {
    action_execution: text('action_execution'),
    due_at: integer('due_at'),
    claimed_by: text('claimed_by'),
  },
  indexes: [
    { fields: ['action_execution'] },
    { fields: ['due_at'], sparse: 'due_at' },
    { fields: ['claimed_by', 'due_at'], sparse: 'claimed_by' },
  ],
  constant: ['basis', 'sealed_basis'],
}

export const workflowEvents: Collection<WorkflowEvent> = {
  name: 'workflow_event',
  fields: { workflow: text('workflow'), seq: integer('seq'), result_blob: text('result_blob') },
  indexes: [
    { fields: ['workflow', 'seq'], unique: true },
    { fields: ['result_blob'], sparse: 'result_blob' },
  ],
}

export const workflowSnapshots: Collection<WorkflowSnapshot> = {
  name: 'workflow_snapshot',
  fields: { state_blob: text('state_blob') },
  indexes: [{ fields: ['state_blob'], sparse: 'state_blob' }],
}

export const workflowDefinitions: Collection<WorkflowDefinition> = {
  name: 'workflow_definition',
  fields: {},
  indexes: [],
}
