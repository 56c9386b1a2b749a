// NOTE: loaded by the store's threads, so it imports little; what callers see is made of a failure in store-errors.ts.
import { UnfitPatch } from '../documents/patch.ts'
import type { Failure } from './protocol.ts'

/** An operation that is wrong in itself, thrown inside a store thread. */
export class RefusedOperation extends Error {
  override readonly name = 'RefusedOperation'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

export function invalid(message: string): RefusedOperation {
  return new RefusedOperation({ failure: 'invalid', message })
}

/** SQLite's result codes, without their extensions. @source sqlite.org/rescode.html */
const CODES = {
  PERM: 3,
  BUSY: 5,
  LOCKED: 6,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  TOOBIG: 18,
  NOTADB: 26,
}

const UNAVAILABLE_TEXTS: ReadonlyMap<number, string> = new Map([
  [CODES.PERM, 'the store may not be written (no permission)'],
  [CODES.BUSY, 'the store is locked by another process'],
  [CODES.LOCKED, 'the store is locked by another connection'],
  [CODES.READONLY, 'the store is read-only'],
  [CODES.IOERR, 'the store could not be read or written (I/O error)'],
  [CODES.CORRUPT, 'the store file is damaged'],
  [CODES.FULL, 'the disk is full: nothing was stored'],
  [CODES.CANTOPEN, 'the store file could not be opened'],
  [CODES.NOTADB, 'the store file is not a database'],
])

const UNIQUE_VIOLATIONS: readonly number[] = [1555, 2067, 2579]

export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE_VIOLATIONS.includes(sqliteCode(error) ?? 0)
}

export function isDiskFull(error: unknown): boolean {
  return baseCode(error) === CODES.FULL
}

/** Whether an error concerns its operation alone: the transaction around it can go on. */
export function concernsOneOperation(error: unknown): boolean {
  return error instanceof RefusedOperation || error instanceof UnfitPatch || baseCode(error) === CODES.TOOBIG
}

export function failureOf(error: unknown): Failure {
  if (error instanceof RefusedOperation) return error.failure
  if (error instanceof UnfitPatch) return { failure: 'invalid', message: error.message }
  const message = error instanceof Error ? error.message : String(error)
  const code = baseCode(error)
  if (code === CODES.TOOBIG) return { failure: 'too-large', message: 'the document is larger than the store can hold' }
  const text = code === null ? undefined : UNAVAILABLE_TEXTS.get(code)
  return text === undefined
    ? { failure: 'internal', message: error instanceof Error ? (error.stack ?? message) : message }
    : { failure: 'unavailable', message: `${text}: ${message}` }
}

function baseCode(error: unknown): number | null {
  const code = sqliteCode(error)
  return code === null ? null : code & 0xff
}

function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode : null
}
