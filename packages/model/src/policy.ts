import { type Collection, text } from './collection.ts'
import type { FromSchema } from './from-schema.ts'

/** @source rest-schemas.md 18 */
export const policyTypeSchema = {
  title: 'PolicyType',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    name: { type: 'string', required: true },
    resource_type: { type: 'string', required: true },
    description: { type: 'string' },
    enabled: { type: 'boolean', required: true },
    module: { type: 'string', required: true },
    parameters: { type: 'object', required: true },
  },
} as const

export type PolicyType = Readonly<FromSchema<typeof policyTypeSchema>>

export const policyTypes: Collection<PolicyType> = {
  name: 'policy_type',
  fields: { ref: text('ref'), name: text('name'), resource_type: text('resource_type') },
  indexes: [{ fields: ['ref'], unique: true }],
}

/** Body of `POST /policies` and `PUT /policies/{ref_or_id}`, and what a policy's YAML file gives. @source packs-and-runners.md 1.11 */
export const policyRequestSchema = {
  title: 'PolicyRequest',
  type: 'object',
  properties: {
    id: { type: ['string', 'null'] },
    ref: { type: 'string' },
    uid: { type: 'string' },
    name: { type: 'string', required: true },
    pack: { type: 'string' },
    description: { type: 'string' },
    enabled: { type: 'boolean', default: true },
    resource_ref: { type: 'string', required: true },
    policy_type: { type: 'string', required: true },
    parameters: { type: 'object', default: {} },
    metadata_file: { type: 'string', default: '' },
  },
  additionalProperties: false,
} as const

export type PolicyRequest = FromSchema<typeof policyRequestSchema>

/** A policy as stored and shown. @source rest-schemas.md 18 */
export const policySchema = {
  title: 'Policy',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    description: { type: 'string' },
    enabled: { type: 'boolean', required: true },
    resource_ref: { type: 'string', required: true, description: 'Ref of the action it governs.' },
    policy_type: { type: 'string', required: true },
    parameters: { type: 'object', required: true },
    metadata_file: { type: 'string', required: true },
  },
} as const

export type Policy = Readonly<FromSchema<typeof policySchema>>

export const policies: Collection<Policy> = {
  name: 'policy',
  fields: {
    ref: text('ref'),
    pack: text('pack'),
    name: text('name'),
    resource_ref: text('resource_ref'),
    policy_type: text('policy_type'),
  },
  indexes: [
    { fields: ['pack', 'name'], unique: true },
    { fields: ['ref'], unique: true },
    { fields: ['policy_type', 'resource_ref'], unique: true },
    { fields: ['resource_ref'] },
  ],
}

/**
 * A place that an execution holds under a concurrency policy. The id is `<queue>:<number below the threshold>`, so the store itself
 * lets no more in: the insert is the admission.
 */
export interface PolicySlot {
  readonly id: string
  /** Id of the policy. */
  readonly policy: string
  /** `<policy id>:<group>`: those that share the threshold. */
  readonly queue: string
  /** The execution that holds it. */
  readonly execution: string
  /** The execution's `rev` that it was taken for: an execution that still waits and has another does not hold it. */
  readonly ticket: number
}

export const policySlots: Collection<PolicySlot> = {
  name: 'policy_slot',
  fields: {
    policy: text('policy'),
    queue: text('queue'),
    execution: text('execution'),
    ticket: { path: 'ticket', type: 'integer' },
  },
  indexes: [{ fields: ['execution'] }, { fields: ['policy'] }, { fields: ['queue'] }],
}
