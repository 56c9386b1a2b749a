import type { FromSchema } from './from-schema.ts'

/** NOTE: a property without a type would accept texts alone. */
const ANYTHING = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const

/** Body of `POST /expressions/evaluate`. */
export const expressionRequestSchema = {
  title: 'ExpressionRequest',
  type: 'object',
  properties: {
    language: { type: 'string', required: true, enum: ['yaql', 'jinja'] },
    layer: {
      type: 'string',
      required: true,
      enum: ['orquesta', 'platform', 'plain'],
      description:
        'A field of a workflow; a template as parameters and rules hold them (Jinja only); the language alone.',
    },
    expression: {
      type: ANYTHING,
      required: true,
      description: 'A text; in the layer of workflows any value of a field.',
    },
    context: { type: ANYTHING, description: 'What the expression may name; overlays what the execution brings.' },
    execution: {
      type: ['string', 'null'],
      description: 'Id of a past execution whose context is used, secrets masked.',
    },
  },
  additionalProperties: false,
} as const

export type ExpressionRequest = FromSchema<typeof expressionRequestSchema>

/** `value`, or `error` when the expression fails: a text of the form `Class: message`. */
export const expressionEvaluationSchema = {
  title: 'ExpressionEvaluation',
  type: 'object',
  properties: { value: { type: ANYTHING }, error: { type: 'string' } },
} as const
