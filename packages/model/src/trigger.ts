import { type Collection, integer, text } from './collection.ts'
import type { FromSchema } from './from-schema.ts'
import { tagsSchema } from './tags.ts'

/** A kind of event, with the shape of its payload and of the parameters that configure it. @source rest-schemas.md 12 */
export const triggerTypeSchema = {
  title: 'TriggerType',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    description: { type: 'string' },
    payload_schema: { type: 'object', required: true },
    parameters_schema: { type: 'object', required: true },
    tags: { ...tagsSchema, required: true },
    metadata_file: { type: 'string' },
  },
} as const

export type TriggerType = Readonly<FromSchema<typeof triggerTypeSchema>>

/** Body of `POST /triggertypes` and `PUT /triggertypes/{ref_or_id}`; other keys are ignored. */
export const triggerTypeRequestSchema = {
  title: 'TriggerTypeRequest',
  type: 'object',
  properties: {
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    description: { type: ['string', 'null'] },
    payload_schema: { type: 'object', default: {} },
    parameters_schema: { type: 'object', default: {} },
    tags: { ...tagsSchema, default: [] },
    metadata_file: { type: 'string' },
  },
} as const

export type TriggerTypeRequest = FromSchema<typeof triggerTypeRequestSchema>

export const triggerTypes: Collection<TriggerType> = {
  name: 'trigger_type',
  fields: { ref: text('ref'), pack: text('pack'), name: text('name') },
  indexes: [
    { fields: ['pack', 'name'], unique: true },
    { fields: ['ref'], unique: true },
  ],
}

/** A trigger type with parameters: what rules listen to. Timers and webhooks are triggers too. @source rest-schemas.md 13 */
export const triggerSchema = {
  title: 'Trigger',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    type: { type: 'string', required: true, description: 'Ref of its trigger type.' },
    parameters: { type: 'object', required: true },
    description: { type: 'string' },
  },
} as const

/** A trigger as the API shows it. */
export type TriggerView = Readonly<FromSchema<typeof triggerSchema>>

/** A trigger as it is stored. `rev` counts writes: the references of rules are counted by several writers. */
export interface Trigger extends TriggerView {
  readonly rev: number
  /** Rules that made it or share it; at 0 it is removed. A shadow of a type without parameters counts none. */
  readonly ref_count: number
  /** `<type>:<md5 of the parameters, keys sorted>`: equal parameters are one trigger. */
  readonly identity: string
}

/** Body of `POST /triggers` and `PUT /triggers/{id}`; other keys are ignored. */
export const triggerRequestSchema = {
  title: 'TriggerRequest',
  type: 'object',
  properties: {
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    type: { type: 'string', required: true },
    parameters: { type: 'object', default: {} },
    description: { type: ['string', 'null'] },
  },
} as const

export type TriggerRequest = FromSchema<typeof triggerRequestSchema>

export const triggers: Collection<Trigger> = {
  name: 'trigger',
  fields: { ref: text('ref'), pack: text('pack'), name: text('name'), type: text('type'), identity: text('identity') },
  indexes: [
    { fields: ['pack', 'name'], unique: true },
    { fields: ['ref'], unique: true },
    { fields: ['identity'], unique: true },
    { fields: ['type'] },
  ],
}

/** @source services.md 2.1 */
export const TRIGGER_INSTANCE_STATUSES = ['pending', 'processing', 'processed', 'processing_failed'] as const
export type TriggerInstanceStatus = (typeof TRIGGER_INSTANCE_STATUSES)[number]

/** One occurrence of a trigger, as the API shows it. @source rest-schemas.md 14 */
export const triggerInstanceSchema = {
  title: 'TriggerInstance',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    trigger: { type: 'string', required: true, description: 'Ref of the trigger.' },
    occurrence_time: { type: 'string', format: 'date-time', required: true },
    payload: { type: 'object', required: true },
    status: { type: 'string', enum: TRIGGER_INSTANCE_STATUSES, required: true },
  },
} as const

export type TriggerInstanceView = Readonly<FromSchema<typeof triggerInstanceSchema>>

/** Which trace an event belongs to. @source services.md 10 */
export interface TraceContext {
  readonly id_?: string | undefined
  readonly trace_tag?: string | undefined
}

/**
 * As stored. Some ids are made from what happened (a timer's fire, an execution's completion), so that storing it a
 * second time meets the first.
 */
export interface TriggerInstance extends TriggerInstanceView {
  /** 0 when it is stored; each time it is taken up adds one. */
  readonly rev: number
  readonly trace_context?: TraceContext | undefined
  /** ms since epoch when the rules engine must look at it; absent: it is done. This index is the outbox. */
  readonly due_at?: number | undefined
}

/** Lists are ordered by occurrence_time, newest first, so each filter's index ends with it. */
export const triggerInstances: Collection<TriggerInstance> = {
  name: 'trigger_instance',
  fields: {
    trigger: text('trigger'),
    occurrence_time: text('occurrence_time'),
    status: text('status'),
    due_at: integer('due_at'),
  },
  indexes: [
    { fields: ['occurrence_time'] },
    { fields: ['trigger', 'occurrence_time'] },
    { fields: ['status', 'occurrence_time'] },
    { fields: ['due_at'], sparse: 'due_at' },
  ],
  counted: { values: ['status', 'trigger'], presence: [] },
  constant: ['payload'],
}

/** Where a timer stands, so that a fire survives a restart and no time fires twice. The id is the trigger's. */
export interface TimerState {
  readonly id: string
  readonly rev: number
  /** ms since epoch of the next fire; null: none is left. */
  readonly next_fire_at: number | null
  /** ms since epoch of the last fire. */
  readonly last_fire_at: number | null
  /** Identity of the trigger that the times belong to: other parameters begin anew. */
  readonly identity: string
}

export const timerStates: Collection<TimerState> = { name: 'timer_state', fields: {}, indexes: [] }

/** A sensor of a pack, as stored and shown. @source rest-schemas.md 17 */
export const sensorTypeSchema = {
  title: 'SensorType',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    name: { type: 'string', required: true, description: 'Name of the class.' },
    pack: { type: 'string', required: true },
    description: { type: 'string' },
    artifact_uri: { type: 'string' },
    entry_point: { type: 'string', description: 'module.Class' },
    trigger_types: { type: 'array', required: true, items: { type: 'string' } },
    poll_interval: { type: 'integer', description: 's; polling sensors have one.' },
    enabled: { type: 'boolean', required: true },
    metadata_file: { type: 'string' },
  },
} as const

export type SensorType = Readonly<FromSchema<typeof sensorTypeSchema>>

/** Body of `PUT /sensortypes/{ref_or_id}`: nothing but `enabled` is applied, and its absence means false. */
export const sensorTypeUpdateSchema = {
  title: 'SensorTypeUpdate',
  type: 'object',
  properties: { enabled: { type: 'boolean', default: false } },
} as const

export const sensorTypes: Collection<SensorType> = {
  name: 'sensor_type',
  fields: { ref: text('ref'), pack: text('pack'), name: text('name') },
  indexes: [
    { fields: ['pack', 'name'], unique: true },
    { fields: ['ref'], unique: true },
  ],
}
