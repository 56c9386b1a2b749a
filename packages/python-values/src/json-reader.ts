import { PythonValueError } from './errors.ts'
import { findMistake } from './json-mistake.ts'
import { makeFloat, makeInt } from './kinds.ts'

/** Numbers whose kind or exact value JSON.parse would lose: 5.0, 1e3, integers of 16 digits and more. */
const NEEDS_SOURCE = /\d[.eE]|\d{16}/

/**
 * Strict JSON text as Python values: 5.0 stays a float, large integers stay exact.
 *
 * @throws PythonValueError that names line and column, in the words of upstream's JSON reader
 */
export function parseJson(text: string): unknown {
  try {
    if (!NEEDS_SOURCE.test(text)) return JSON.parse(text)
    return JSON.parse(text, reviveNumber)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new PythonValueError(describe(text), { cause: error }, 'JSONDecodeError')
  }
}

/** 64 bits: what upstream's reader takes for integers. */
const LOWEST = -(2n ** 63n)
const HIGHEST = 2n ** 64n - 1n

function reviveNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value
  if (/[.eE]/.test(context.source)) return makeFloat(value)
  const exact = BigInt(context.source)
  return exact >= LOWEST && exact <= HIGHEST ? makeInt(exact) : makeFloat(value)
}

function describe(text: string): string {
  const { reason, at } = findMistake(text)
  const before = text.slice(0, at).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return `${reason}: line ${before.length} column ${column} (char ${at})`
}
