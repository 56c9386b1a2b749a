/**
 * Every error a user can meet. No HTTP in here: one function in the API maps a kind to a status code.
 * The message is what the user reads; ids and data are fields, for the log.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'access-denied'
  | 'not-found'
  | 'conflict'
  | 'precondition-failed'
  | 'too-large'
  | 'rate-limited'
  | 'unavailable'

/** Body of every answer that is an error. @source rest-api.md 5 */
export const faultSchema = {
  title: 'Fault',
  type: 'object',
  properties: {
    faultstring: { type: 'string', required: true },
    'conflict-id': { type: ['string', 'null'], description: 'On 409: id of what is there already.' },
    changed: {
      type: 'array',
      items: { type: 'string' },
      description: 'On 412: the parts that differ from the revision that was asked for.',
    },
    revision: { type: 'string', description: 'On 412: the revision there is now, as ETag has it.' },
  },
} as const

export abstract class St2Error extends Error {
  abstract readonly kind: ErrorKind
}

/** A request that is wrong in itself: a missing field, a mistyped parameter, an unknown action. */
export class InvalidError extends St2Error {
  override readonly name = 'InvalidError'
  readonly kind = 'invalid'
}

export class UnauthenticatedError extends St2Error {
  override readonly name = 'UnauthenticatedError'
  readonly kind = 'unauthenticated'
}

export class AccessDeniedError extends St2Error {
  override readonly name = 'AccessDeniedError'
  readonly kind = 'access-denied'
}

export class NotFoundError extends St2Error {
  override readonly name = 'NotFoundError'
  readonly kind = 'not-found'
}

/** A unique key is taken. `conflictId` is the id of the document that holds it, when known. */
export class ConflictError extends St2Error {
  override readonly name = 'ConflictError'
  readonly kind = 'conflict'
  readonly conflictId: string | null
  constructor(message: string, conflictId: string | null, options?: ErrorOptions) {
    super(message, options)
    this.conflictId = conflictId
  }
}

/** Somebody else changed it since the revision that the request is based on; nothing was changed. */
export class RevisionConflictError extends St2Error {
  override readonly name = 'RevisionConflictError'
  readonly kind = 'precondition-failed'
  /** The parts that differ. */
  readonly changed: readonly string[]
  /** The revision there is now. */
  readonly revision: string
  constructor(message: string, { changed, revision }: { changed: readonly string[]; revision: string }) {
    super(message)
    this.changed = changed
    this.revision = revision
  }
}

/** A named limit was exceeded; the message names the limit. */
export class TooLargeError extends St2Error {
  override readonly name = 'TooLargeError'
  readonly kind = 'too-large'
}

/** The server cannot do it now and nothing was changed: a full disk, a store that does not answer. */
export class UnavailableError extends St2Error {
  override readonly name = 'UnavailableError'
  readonly kind = 'unavailable'
}

/** Asked too often; the message names the limit and when to come back. */
export class RateLimitedError extends St2Error {
  override readonly name = 'RateLimitedError'
  readonly kind = 'rate-limited'
}
