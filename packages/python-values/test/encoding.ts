/** Values in the recorded files: JSON, with `{"$float": …}` and the like where JSON cannot tell kinds apart. */
import {
  type Dict,
  dictFrom,
  entriesOf,
  floatValue,
  isDict,
  isFloat,
  isPlainObject,
  makeFloat,
  makeInt,
  PyComplex,
  PyTuple,
  repr,
  reprFloat,
} from '../src/index.ts'

const DECODERS: Record<string, (value: unknown) => unknown> = {
  $float: (value) => makeFloat(floatFrom(String(value))),
  $int: (value) => makeInt(BigInt(String(value))),
  $tuple: (value) => PyTuple.from(list(value).map(decode)),
  $set: (value) => new Set(list(value).map(decode)),
  $dict: (value) => decodeDict(list(value)),
}

export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (!isPlainObject(value)) return value
  const [kind = '', inner] = Object.entries(value)[0] ?? []
  const decoder = DECODERS[kind]
  if (decoder === undefined) throw new Error(`unknown kind of value ${kind}`)
  return decoder(inner)
}

export function encode(value: unknown): unknown {
  if (typeof value === 'bigint') return { $int: String(value) }
  if (isFloat(value)) return { $float: reprFloat(floatValue(value)) }
  if (value instanceof PyComplex) return { $complex: repr(value) }
  if (value instanceof PyTuple) return { $tuple: value.map(encode) }
  if (Array.isArray(value)) return value.map(encode)
  if (isDict(value)) return { $dict: entriesOf(value).map(([key, inner]) => [encode(key), encode(inner)]) }
  return value
}

function floatFrom(text: string): number {
  if (text.endsWith('inf')) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(text === 'nan' ? Number.NaN : text)
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('a list was expected')
  return value
}

function decodeDict(pairs: unknown[]): Dict {
  return dictFrom(pairs.map((pair): [unknown, unknown] => [decode(list(pair)[0]), decode(list(pair)[1])]))
}
