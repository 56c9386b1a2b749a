import { AccessDeniedError, InvalidError } from '@st2/model'
import {
  allowNull,
  applyDefaults,
  compileValidator,
  InvalidSchemaError,
  isSchema,
  SchemaValidationError,
} from '@st2/schema'
import type { Principal } from '../access/principal.ts'
import type { Outcomes } from '../executions/outcomes.ts'
import { unfitText } from '../executions/unfit-text.ts'
import { findOpenInquiry, type InquiryDeps, refuseUnlessOpen } from './find-inquiry.ts'
import { type InquiryTerms, isMapping, termsOf } from './inquiry-view.ts'
import { resumeAbove } from './resume-above.ts'

export interface RespondDeps extends InquiryDeps {
  readonly outcomes: Outcomes
}

/**
 * Answers an inquiry: its execution ends with the response in its result, and what waits for it goes on. Of two who answer
 * at once one is first, and the other is told so.
 *
 * @throws NotFoundError, InvalidError, AccessDeniedError with upstream's texts
 * @source packs-and-runners.md 7
 */
export async function respondToInquiry(
  deps: RespondDeps,
  principal: Principal,
  id: string,
  response: Readonly<Record<string, unknown>>,
): Promise<void> {
  const inquiry = await findOpenInquiry(deps, id)
  const result = await deps.results.load(inquiry)
  const terms = termsOf(result)
  refuseStranger(principal, id, terms)
  refuseUnfit(id, terms, response)
  const answered = { ...(isMapping(result) ? result : {}), response }
  const { kept, status } = await deps.outcomes.keep(inquiry, { status: 'succeeded', result: answered })
  // First, as upstream does it: what then hears of the end is under way.
  await resumeAbove(deps, inquiry, principal.user)
  await deps.executions.change(
    id,
    (current) => {
      refuseUnlessOpen(current)
      return { ...kept, status }
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
      const text = unfitText(schema, cause)
      throw new InvalidError(`Response for inquiry "${id}" did not pass schema validation. ${text}`, { cause })
    }
    if (cause instanceof InvalidSchemaError) {
      throw new InvalidError(`The schema of inquiry "${id}" cannot be used. ${cause.message}`, { cause })
    }
    throw cause
  }
}
