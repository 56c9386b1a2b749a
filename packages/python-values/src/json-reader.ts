import { PythonValueError } from './errors.ts'
import { makeFloat, makeInt } from './kinds.ts'

/** Numbers whose kind or exact value JSON.parse would lose: 5.0, 1e3, integers of 16 digits and more. */
const NEEDS_SOURCE = /\d[.eE]|\d{16}/

/**
 * Strict JSON text as Python values: 5.0 stays a float, large integers stay exact.
 *
 * @throws PythonValueError that names line and column
 */
export function parseJson(text: string): unknown {
  try {
    if (!NEEDS_SOURCE.test(text)) return JSON.parse(text)
    return JSON.parse(text, reviveNumber)
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new PythonValueError(describe(text, error.message), { cause: error }, 'JSONDecodeError')
    throw error
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

/** NOTE: the words are our own; upstream's come from its JSON library and differ by the kind of mistake. */
function describe(text: string, reason: string): string {
  const at = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length)
  const before = text.slice(0, at).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const what = at >= text.length ? 'unexpected end of data' : 'unexpected character'
  return `${what}: line ${before.length} column ${column} (char ${at})`
}
