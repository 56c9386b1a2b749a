import type { JsonSchema, Permission } from '@st2/model'

/** What a route says about itself, beside its permission. */
export interface RouteDocument {
  readonly summary: string
  /** By name. */
  readonly query?: Readonly<Record<string, JsonSchema>>
  readonly body?: JsonSchema
  /** Of success. @default 200 */
  readonly status?: number
  /** Absent: the answer has no body. */
  readonly response?: JsonSchema
  /** Of the answer. @default application/json */
  readonly contentType?: string
}

/** A registered route, as the document needs it. */
export interface DocumentedRoute {
  readonly method: string
  /** As Fastify has it: `/api/v1/actions/:ref`. */
  readonly url: string
  readonly permission: Permission
  readonly api: RouteDocument
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}

/** A body that is no JSON. */
export const TEXT: JsonSchema = { type: 'string' }

export const ID_LIST: JsonSchema = { type: 'string', description: 'Ids, separated by commas.' }

export const NAME_LIST: JsonSchema = { type: 'string', description: 'Names, separated by commas.' }

export const SORT: JsonSchema = {
  type: 'string',
  description: 'Names of filters, separated by commas, each with + or - before it.',
}

export const PAGE_QUERY = {
  limit: { type: 'integer', description: 'Rows to answer; -1 for all of them, which is for admins.' },
  offset: { type: 'integer', description: 'Rows to skip.' },
} as const satisfies Record<string, JsonSchema>

export const ATTRIBUTES_QUERY = {
  include_attributes: { type: 'string', description: 'Attributes to answer, separated by commas.' },
  exclude_attributes: { type: 'string', description: 'Attributes to leave out, separated by commas.' },
} as const satisfies Record<string, JsonSchema>
