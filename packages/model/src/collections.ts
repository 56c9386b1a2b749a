import { actionAliases } from './action-alias.ts'
import type { ApiKey, StoredToken, User } from './access.ts'
import type { Action } from './action.ts'
import { type Collection, type Document, integer, text } from './collection.ts'
import type { ExecutionDocument, ExecutionOutput } from './execution.ts'
import { keyValuePairs } from './key-value-pair.ts'
import type { Pack, PackConfig, PackConfigSchema } from './pack.ts'
import { policies, policySlots, policyTypes } from './policy.ts'
import { ruleEnforcements, rules, ruleTypes } from './rule.ts'
import type { RunnerType } from './runner-type.ts'
import { workflowDefinitions, workflowEvents, workflowExecutions, workflowSnapshots } from './workflow.ts'
import { sensorTypes, timerStates, triggerInstances, triggers, triggerTypes } from './trigger.ts'

/** Every list of executions is ordered by start_timestamp, newest first, so each filter's index ends with it. */
export const executions: Collection<ExecutionDocument> = {
  name: 'execution',
  fields: {
    status: text('status'),
    action: text('action_ref'),
    runner: text('runner_name'),
    user: text('context.user'),
    parent: text('parent'),
    liveaction: text('liveaction_id'),
    start_timestamp: text('start_timestamp'),
    rule: text('rule.name'),
    trigger: text('trigger.name'),
    trigger_type: text('trigger_type.name'),
    trigger_instance: text('trigger_instance.id'),
    workflow_execution: text('workflow_execution'),
    trace_tag: text('context.trace_context.trace_tag'),
    due_at: integer('due_at'),
    claimed_by: text('claimed_by'),
    policy_queue: text('policy_queue'),
    result_blob: text('result_blob'),
  },
  indexes: [
    { fields: ['start_timestamp'] },
    { fields: ['status', 'start_timestamp'] },
    { fields: ['action', 'start_timestamp'] },
    { fields: ['runner', 'start_timestamp'] },
    { fields: ['user', 'start_timestamp'] },
    { fields: ['parent', 'start_timestamp'] },
    { fields: ['liveaction'], unique: true },
    { fields: ['rule', 'start_timestamp'], sparse: 'rule' },
    { fields: ['trigger', 'start_timestamp'], sparse: 'trigger' },
    { fields: ['trigger_type', 'start_timestamp'], sparse: 'trigger_type' },
    { fields: ['trigger_instance', 'start_timestamp'], sparse: 'trigger_instance' },
    { fields: ['workflow_execution', 'start_timestamp'], sparse: 'workflow_execution' },
    { fields: ['trace_tag', 'start_timestamp'], sparse: 'trace_tag' },
    { fields: ['status', 'due_at'], sparse: 'due_at' },
    { fields: ['claimed_by'], sparse: 'claimed_by' },
    { fields: ['result_blob'], sparse: 'result_blob' },
    { fields: ['policy_queue', 'due_at'], sparse: 'policy_queue' },
    { fields: ['policy_queue', 'start_timestamp'], sparse: 'policy_queue' },
  ],
  counted: {
    values: ['status', 'action', 'runner', 'user', 'rule', 'trigger', 'trigger_type'],
    presence: ['parent'],
  },
  constant: ['parameters', 'sealed'],
}

/** What a running action printed, in the order it was printed: ids ascend. */
export const executionOutputs: Collection<ExecutionOutput> = {
  name: 'execution_output',
  fields: {
    execution: text('execution_id'),
    output_type: text('output_type'),
    timestamp: text('timestamp'),
  },
  indexes: [{ fields: ['execution', 'id'] }, { fields: ['timestamp'] }],
}

/** An action or a runner as it was when an execution was requested. The id is the hash of the content. */
export interface Snapshot extends Document {
  readonly content: Action | RunnerType
}

export const snapshots: Collection<Snapshot> = { name: 'snapshot', fields: {}, indexes: [] }

export const actions: Collection<Action> = {
  name: 'action',
  fields: { ref: text('ref'), pack: text('pack'), name: text('name'), runner_type: text('runner_type') },
  indexes: [
    { fields: ['pack', 'name'], unique: true },
    { fields: ['ref'], unique: true },
  ],
}

export const runnerTypes: Collection<RunnerType> = {
  name: 'runner_type',
  fields: { name: text('name') },
  indexes: [{ fields: ['name'], unique: true }],
}

export const packs: Collection<Pack> = {
  name: 'pack',
  fields: { ref: text('ref'), name: text('name') },
  indexes: [
    { fields: ['ref'], unique: true },
    { fields: ['name'], unique: true },
  ],
}

export const packConfigs: Collection<PackConfig> = {
  name: 'config',
  fields: { pack: text('pack') },
  indexes: [{ fields: ['pack'], unique: true }],
}

export const packConfigSchemas: Collection<PackConfigSchema> = {
  name: 'config_schema',
  fields: { pack: text('pack') },
  indexes: [{ fields: ['pack'], unique: true }],
}

export const tokens: Collection<StoredToken> = {
  name: 'token',
  fields: { token_hash: text('token_hash'), user: text('user'), expires_at: integer('expires_at') },
  indexes: [{ fields: ['token_hash'], unique: true }, { fields: ['expires_at'] }],
}

export const users: Collection<User> = {
  name: 'user',
  fields: { name: text('name') },
  indexes: [{ fields: ['name'], unique: true }],
}

export const apiKeys: Collection<ApiKey> = {
  name: 'api_key',
  fields: { key_hash: text('key_hash'), user: text('user') },
  indexes: [{ fields: ['key_hash'], unique: true }],
}

/** One run of one server process. Claims name it; when it is dead they are taken over. The id is `<instance>:<epoch>`. */
export interface Incarnation extends Document {
  readonly instance: string
  readonly epoch: number
  readonly hostname: string
  readonly pid: number
  readonly boot_id: string
  /** ms since epoch. */
  readonly started_at: number
  readonly heartbeat_at: number
  readonly ended_at?: number | undefined
}

export const incarnations: Collection<Incarnation> = {
  name: 'incarnation',
  fields: { instance: text('instance'), heartbeat_at: integer('heartbeat_at'), ended_at: integer('ended_at') },
  indexes: [{ fields: ['instance'] }],
}

/** What a pack's files were when it was last registered. The id is the pack's ref. */
export interface PackFingerprint extends Document {
  /** Empty: the pack is to be read again. */
  readonly fingerprint: string
  /** Registered resources by kind. */
  readonly counts: Readonly<Record<string, number>>
  /** Ref of each action with a metadata file → hash of what that file said when it was last registered. */
  readonly definitions?: Readonly<Record<string, string>>
}

export const packFingerprints: Collection<PackFingerprint> = { name: 'pack_fingerprint', fields: {}, indexes: [] }

/** Changes with every write to a kind of document: whoever keeps them in memory sees that it must look again. The id is the kind's name. */
export interface DocumentVersion extends Document {
  readonly token: string
}

export const documentVersions: Collection<DocumentVersion> = { name: 'document_version', fields: {}, indexes: [] }

/** Every collection there is: the stores create what is listed here. */
export const COLLECTIONS = [
  executions,
  executionOutputs,
  snapshots,
  actions,
  runnerTypes,
  packs,
  packConfigs,
  packConfigSchemas,
  packFingerprints,
  tokens,
  users,
  apiKeys,
  incarnations,
  documentVersions,
  keyValuePairs,
  triggerTypes,
  triggers,
  triggerInstances,
  timerStates,
  sensorTypes,
  rules,
  ruleTypes,
  ruleEnforcements,
  policyTypes,
  policies,
  policySlots,
  actionAliases,
  workflowExecutions,
  workflowEvents,
  workflowSnapshots,
  workflowDefinitions,
] as const
