import { makeFloat, makeInt } from './kinds.ts'

const INTEGER = /^(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*)$/
const FLOAT = /^(?:(?:[0-9](?:_?[0-9])*)?\.[0-9](?:_?[0-9])*|[0-9](?:_?[0-9])*\.?)(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/

/** The value of a number as Python's source writes it, or `undefined` when the text is no such number. */
export function numberLiteral(text: string): unknown {
  if (INTEGER.test(text)) return makeInt(BigInt(text.replaceAll('_', '')))
  if (FLOAT.test(text) && /[.eE]/.test(text)) return makeFloat(Number(text.replaceAll('_', '')))
  return undefined
}
