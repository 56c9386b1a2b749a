import type { FromSchema } from './from-schema.ts'

/** Runner of the executions that are inquiries. */
export const INQUIRER_RUNNER = 'inquirer'

/** An execution that waits for people, as a resource: the id is the execution's. @source rest-schemas.md 10 */
export const inquirySchema = {
  title: 'Inquiry',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    route: { type: ['string', 'null'], description: 'What rules send it on by.' },
    ttl: { type: ['integer', 'null'], description: 'Minutes after which it may time out; 0: never.' },
    users: { type: ['array', 'null'], items: { type: 'string' }, description: 'Who may respond; empty: everybody.' },
    roles: { type: ['array', 'null'], items: { type: 'string' }, description: 'Whose members may respond.' },
    schema: { type: ['object', 'null'], description: 'JSON Schema that a response must obey.' },
  },
} as const

export interface Inquiry {
  readonly id: string
  readonly route: unknown
  readonly ttl: unknown
  readonly users: unknown
  readonly roles: unknown
  readonly schema: unknown
}

/** Body of `PUT /inquiries/{id}`. Further keys are accepted: clients send the whole inquiry. */
export const inquiryResponseSchema = {
  title: 'InquiryResponse',
  type: 'object',
  properties: {
    id: { type: 'string', required: true, description: 'The id in the path counts.' },
    response: { type: 'object', required: true },
  },
} as const

export type InquiryResponse = FromSchema<typeof inquiryResponseSchema>
