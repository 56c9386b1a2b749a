import { ConflictError, InvalidError, St2Error, TooLargeError, UnavailableError } from '@st2/model'
import { failureOf } from './failure.ts'
import type { Failure } from './protocol.ts'

/** The file was written by a newer version of the software. */
export class StoreVersionError extends Error {
  override readonly name = 'StoreVersionError'
  readonly found: number
  readonly supported: number
  constructor(path: string, found: number, supported: number) {
    super(`${path} was written by a newer version: it has schema version ${found}, this version knows ${supported}`)
    this.found = found
    this.supported = supported
  }
}

export function errorOf(failure: Failure): Error {
  if (failure.failure === 'conflict') return new ConflictError(failure.message, failure.conflictId ?? null)
  if (failure.failure === 'invalid') return new InvalidError(failure.message)
  if (failure.failure === 'too-large') return new TooLargeError(failure.message)
  if (failure.failure === 'unavailable') return new UnavailableError(failure.message)
  return new Error(`the store failed: ${failure.message}`)
}

/** The error to show for whatever SQLite threw on the calling thread. */
export function storeErrorOf(error: unknown): Error {
  return error instanceof St2Error ? error : errorOf(failureOf(error))
}
