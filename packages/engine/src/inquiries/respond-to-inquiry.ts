import { AccessDeniedError, InvalidError } from '@st2/model'
import {
  allowNull,
  applyDefaults,
  compileValidator,
  InvalidSchemaError,
  isSchema,
  SchemaValidationError,
  secretPaths,
} from '@st2/schema'
import type { Principal } from '../access/principal.ts'
import { findOpenInquiry, type InquiryDeps, refuseUnlessOpen } from './find-inquiry.ts'
import { type InquiryTerms, isMapping, termsOf } from './inquiry-view.ts'
import { resumeAbove } from './resume-above.ts'

/**
 * Answers an inquiry: its execution ends with the response in its result, and what waits for it goes on. Of two who answer
 * at once one is first, and the other is told so.
 *
 * @throws NotFoundError, InvalidError, AccessDeniedError with upstream's texts
 * @source packs-and-runners.md 7
 */
export async function respondToInquiry(
  deps: InquiryDeps,
  principal: Principal,
  id: string,
  response: Readonly<Record<string, unknown>>,
): Promise<void> {
  const inquiry = await findOpenInquiry(deps, id)
  const result = await deps.results.load(inquiry)
  const terms = termsOf(result)
  refuseStranger(principal, id, terms)
  refuseUnfit(id, terms, response)
  const kept = await deps.results.keep({ ...(isMapping(result) ? result : {}), response })
  // First, as upstream does it: what then hears of the end is under way.
  await resumeAbove(deps, inquiry, principal.user)
  await deps.executions.change(
    id,
    (current) => {
      refuseUnlessOpen(current)
      return { ...kept, status: 'succeeded' }
    },
    inquiry,
  )
}

/** NOTE: roles are asked for only where there are any: without RBAC everybody passes, as upstream has it. */
function refuseStranger({ user }: Principal, id: string, { users }: InquiryTerms): void {
  if (!Array.isArray(users) || users.length === 0 || users.includes(user)) return
  throw new AccessDeniedError(`User "${user}" does not have permission to respond to inquiry "${id}".`)
}

function refuseUnfit(id: string, { schema }: InquiryTerms, response: Readonly<Record<string, unknown>>): void {
  if (!isSchema(schema)) return
  try {
    // Defaults help it to fit; what is kept is what was sent.
    compileValidator(allowNull(schema)).assertValid(applyDefaults(schema, response))
  } catch (cause) {
    if (cause instanceof SchemaValidationError) {
      const text = secretPaths(schema).length === 0 ? cause.failure.longText : withoutValue(cause)
      throw new InvalidError(`Response for inquiry "${id}" did not pass schema validation. ${text}`, { cause })
    }
    if (cause instanceof InvalidSchemaError) {
      throw new InvalidError(`The schema of inquiry "${id}" cannot be used. ${cause.message}`, { cause })
    }
    throw cause
  }
}

/** Upstream's text shows the value, which may be a secret. */
function withoutValue({ path, keyword }: SchemaValidationError): string {
  return `The value of "${path.join('.')}" does not fit its schema (${keyword}).`
}
