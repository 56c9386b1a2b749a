import { InvalidError, St2Error, TooLargeError, UnavailableError } from '@st2/model'
import {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb'
import { UnfitPatch } from '../documents/patch.ts'

/** @source github.com/mongodb/mongo error_codes.yml */
const CODES = {
  duplicateKey: 11_000,
  tooLarge: [10_334, 17_280, 17_419, 17_420],
  /** Not primary, shutting down, stepping down, no write concern met: it may work later. */
  unavailable: [6, 7, 43, 50, 64, 89, 91, 133, 189, 262, 9001, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436, 14_031],
  /** Disk full, and the quota of hosted servers. */
  full: [14_031, 8000],
} as const

/** What the driver says of errors that another try may not meet. */
const PASSING = ['RetryableWriteError', 'ResetPool', 'HandshakeError', 'TransientTransactionError']

export function isDuplicateKey(error: unknown): error is MongoServerError {
  return error instanceof MongoServerError && error.code === CODES.duplicateKey
}

/** The index that refused a duplicate, as the server names it; null when it does not. */
export function duplicateIndex(error: MongoServerError): string | null {
  return /index: (?:\S*\.\$)?(\S+)/.exec(error.message)?.[1] ?? null
}

/** The error to show for whatever the driver threw. */
export function storeErrorOf(error: unknown): Error {
  if (error instanceof St2Error) return error
  if (error instanceof UnfitPatch) return new InvalidError(error.message, { cause: error })
  if (isUnavailable(error))
    return new UnavailableError(`the database does not answer: ${messageOf(error)}`, { cause: error })
  if (error instanceof MongoServerError && isOneOf(error.code, CODES.tooLarge)) return tooLarge(error)
  if (error instanceof RangeError && /offset|out of range|size/i.test(error.message)) return tooLarge(error)
  return error instanceof Error ? error : new Error(String(error))
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true
  if (!(error instanceof MongoError)) return false
  // Of a connection that ended, or of a server on its way down; several writes in one wrap it.
  if (PASSING.some((label) => error.hasErrorLabel(label))) return true
  if (error instanceof MongoBulkWriteError && isInterrupted(error)) return true
  if (/Topology is closed|MongoClient must be connected|connection pool|was interrupted/i.test(error.message))
    return true
  return error instanceof MongoServerError && isOneOf(error.code, [...CODES.unavailable, ...CODES.full])
}

/** No document was refused: the connection ended, or too few members of the replica set confirmed. */
function isInterrupted(error: MongoBulkWriteError): boolean {
  return [error.writeErrors].flat().length === 0 || error.result.getWriteConcernError() !== undefined
}

function tooLarge(cause: Error): TooLargeError {
  return new TooLargeError('the document is larger than the database can hold (16 MiB)', { cause })
}

function isOneOf(code: unknown, codes: readonly number[]): boolean {
  return typeof code === 'number' && codes.includes(code)
}

/** One line, without addresses' credentials. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n')[0] ?? '').replaceAll(/mongodb(?:\+srv)?:\/\/[^\s@]*@/g, 'mongodb://')
}
