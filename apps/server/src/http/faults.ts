import { ConflictError, type ErrorKind, RevisionConflictError, St2Error } from '@st2/model'
import { etagOf } from './revisions.ts'

export interface Fault {
  readonly status: number
  readonly body: {
    faultstring: string
    'conflict-id'?: string | null
    changed?: readonly string[]
    /** As the header ETag has it. */
    revision?: string
  }
  readonly retryAfterSeconds?: number
}

const HTTP_STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  'access-denied': 403,
  'not-found': 404,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
}

const RETRY_AFTER_SECONDS: Partial<Record<ErrorKind, number>> = { 'rate-limited': 60, unavailable: 5 }

/** What the caller is told; the cause goes to the log only. @source rest-api.md 5 */
export function toFault(error: unknown): Fault {
  if (error instanceof St2Error) return ofKind(error)
  if (isBodyTooLarge(error)) return { status: 413, body: { faultstring: `${error.message} (server.body_limit)` } }
  if (isClientError(error)) return { status: error.statusCode, body: { faultstring: error.message } }
  return { status: 500, body: { faultstring: 'Internal Server Error' } }
}

export const NOT_FOUND: Fault = { status: 404, body: { faultstring: 'The resource could not be found.' } }

function ofKind(error: St2Error): Fault {
  const retryAfterSeconds = RETRY_AFTER_SECONDS[error.kind]
  return {
    status: HTTP_STATUS[error.kind],
    body: {
      faultstring: error.message,
      ...(error instanceof ConflictError ? { 'conflict-id': error.conflictId } : {}),
      ...(error instanceof RevisionConflictError ? { changed: error.changed, revision: etagOf(error.revision) } : {}),
    },
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}

function isClientError(error: unknown): error is Error & { statusCode: number } {
  return (
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500
  )
}

function isBodyTooLarge(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
}
