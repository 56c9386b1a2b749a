import type { FromSchema } from './from-schema.ts'
import { ruleRequestSchema } from './rule.ts'

const eventProperties = {
  payload: { type: 'object', description: 'Of an event that is made up.' },
  trigger_instance: { type: 'string', description: 'Id of an event that happened.' },
} as const

/** Body of `POST /rules/{ref_or_id}/test`: exactly one of payload and trigger_instance. */
export const ruleTestEventSchema = {
  title: 'RuleTestEvent',
  type: 'object',
  properties: eventProperties,
  additionalProperties: false,
} as const

export type RuleTestEvent = FromSchema<typeof ruleTestEventSchema>

/** Body of `POST /rules/test`: the same for a rule that is not stored. */
export const ruleTestRequestSchema = {
  title: 'RuleTestRequest',
  type: 'object',
  properties: { rule: { ...ruleRequestSchema, required: true }, ...eventProperties },
  additionalProperties: false,
} as const

export type RuleTestRequest = FromSchema<typeof ruleTestRequestSchema>

/** Whether a rule matches an event, why not, and what it would run. Nothing is run and nothing is stored. */
export const ruleTestSchema = {
  title: 'RuleTest',
  type: 'object',
  properties: {
    matched: { type: 'boolean', required: true },
    reason: { type: 'string', description: 'Why it does not match, or why what it would run cannot be run.' },
    criteria: {
      type: 'array',
      required: true,
      description: 'In the order they are looked at, up to the first that fails.',
      items: {
        type: 'object',
        properties: {
          key: { type: 'string', required: true },
          type: { type: 'string', required: true },
          pattern: { description: 'As rendered.' },
          value: { description: 'Of the event; null: there is none.' },
          matched: { type: 'boolean', required: true },
          error: { type: 'string', description: 'It could not be compared.' },
        },
      },
    },
    action: {
      type: 'object',
      description: 'What a rule that matches would run.',
      properties: {
        ref: { type: 'string', required: true },
        parameters: { type: 'object', required: true, description: 'As rendered; secrets masked.' },
      },
    },
  },
} as const

export type RuleTest = FromSchema<typeof ruleTestSchema>
