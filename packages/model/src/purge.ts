import type { FromSchema } from './from-schema.ts'

/** Kinds of documents that are purged by their age. */
export const PURGE_KINDS = [
  'executions',
  'execution-outputs',
  'trigger-instances',
  'rule-enforcements',
  'tokens',
] as const
export type PurgeKind = (typeof PURGE_KINDS)[number]

/** Body of `POST /purges`: removes a part of what is too old, and says where the rest begins. */
export const purgeRequestSchema = {
  title: 'PurgeRequest',
  type: 'object',
  properties: {
    kind: { type: 'string', required: true, enum: PURGE_KINDS },
    timestamp: {
      type: 'string',
      required: true,
      description: 'What is older goes. ISO 8601, UTC: 2026-01-31T00:00:00.000000Z.',
    },
    action_ref: { type: 'string', description: 'Of executions: those of one action.' },
    purge_incomplete: {
      type: 'boolean',
      default: false,
      description: 'Of executions: those that have not ended as well.',
    },
    from: { type: 'string', default: '', description: 'What the answer before this one had as "next".' },
  },
  additionalProperties: false,
} as const

export type PurgeRequest = FromSchema<typeof purgeRequestSchema>

export const purgeAnswerSchema = {
  title: 'PurgeAnswer',
  type: 'object',
  properties: {
    removed: { type: 'integer', required: true },
    next: { type: ['string', 'null'], required: true, description: 'Null: nothing is left that is too old.' },
  },
} as const

export type PurgeAnswer = FromSchema<typeof purgeAnswerSchema>
