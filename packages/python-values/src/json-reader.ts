import { PythonValueError } from './errors.ts'
import { findMistake, MAX_JSON_NESTING } from './json-mistake.ts'
import { makeFloat, makeInt } from './kinds.ts'

/** Numbers whose kind or exact value JSON.parse would lose: 5.0, 1e3, -0, integers of 16 digits and more. */
const NEEDS_SOURCE = /\d[.eE]|-0|\d{16}/
/** An escaped half of a surrogate pair. */
const HALF = /\\u[dD][89a-fA-F]/
const OPENING = /[[{]/g

/**
 * Strict JSON text as Python values: 5.0 stays a float, large integers stay exact.
 *
 * @throws PythonValueError that names line and column, in the words of upstream's JSON reader
 */
export function parseJson(text: string): unknown {
  try {
    if (mayBeRefused(text)) requireTaken(text)
    if (!NEEDS_SOURCE.test(text)) return JSON.parse(text)
    return JSON.parse(text, reviveNumber)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    requireTaken(text, error)
    throw error
  }
}

/** What JSON.parse takes and upstream's reader may not. */
function mayBeRefused(text: string): boolean {
  return HALF.test(text) || (text.length > MAX_JSON_NESTING && (text.match(OPENING)?.length ?? 0) > MAX_JSON_NESTING)
}

function requireTaken(text: string, cause?: SyntaxError): void {
  const mistake = findMistake(text)
  if (mistake === null) return
  const { reason, at } = mistake
  const before = text.slice(0, at).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const message = `${reason}: line ${before.length} column ${column} (char ${at})`
  throw new PythonValueError(message, cause === undefined ? {} : { cause }, 'JSONDecodeError')
}

/** 64 bits: what upstream's reader takes for integers. */
const LOWEST = -(2n ** 63n)
const HIGHEST = 2n ** 64n - 1n

function reviveNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value
  if (!Number.isFinite(value)) throw new SyntaxError('a number beyond the largest float')
  if (/[.eE]/.test(context.source)) return makeFloat(value)
  const exact = BigInt(context.source)
  return exact >= LOWEST && exact <= HIGHEST ? makeInt(exact) : makeFloat(value)
}
