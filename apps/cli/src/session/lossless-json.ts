import { makeFloat, makeInt } from '@st2/python-values'

/** JSON with the numbers as they are written: `1.0` stays a float, integers of any size stay exact. */
export function parseLosslessJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number' || context?.source === undefined) return value
    if (/[.eE]/.test(context.source)) return Number.isInteger(value) ? makeFloat(value) : value
    return Number.isSafeInteger(value) ? value : makeInt(BigInt(context.source))
  })
}
