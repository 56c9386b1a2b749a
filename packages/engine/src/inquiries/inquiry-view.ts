import { type ExecutionDocument, type Inquiry, INQUIRER_RUNNER } from '@st2/model'

/** What the inquirer answered when it began to wait. @source packs-and-runners.md 7 */
export interface InquiryTerms {
  readonly route: unknown
  readonly ttl: unknown
  readonly users: unknown
  readonly roles: unknown
  readonly schema: unknown
}

export function isInquiry(execution: Pick<ExecutionDocument, 'runner_name'>): boolean {
  return execution.runner_name === INQUIRER_RUNNER
}

export function termsOf(result: unknown): InquiryTerms {
  const fields: Readonly<Record<string, unknown>> = isMapping(result) ? result : {}
  const { route = null, ttl = null, users = null, roles = null, schema = null } = fields
  return { route, ttl, users, roles, schema }
}

export function viewInquiry(execution: Pick<ExecutionDocument, 'id'>, result: unknown): Inquiry {
  return { id: execution.id, ...termsOf(result) }
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
