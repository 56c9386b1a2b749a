/** Values in the recorded files: JSON, with `{"$float": …}` and the like where JSON cannot tell kinds apart. */
import {
  compareText,
  dictFrom,
  entriesOf,
  floatValue,
  isDict,
  isFloat,
  isPlainObject,
  makeFloat,
  makeInt,
  PyObject,
  PyTuple,
  reprFloat,
} from '@st2/python-values'
import { Undefined } from '../src/index.ts'

const DECODERS: Record<string, (value: unknown) => unknown> = {
  $float: (value) => makeFloat(Number(value)),
  $int: (value) => makeInt(BigInt(String(value))),
  $tuple: (value) => PyTuple.from(list(value).map(decode)),
  $dict: (value) =>
    dictFrom(list(value).map((pair): [unknown, unknown] => [decode(list(pair)[0]), decode(list(pair)[1])])),
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
  if (value instanceof Undefined) return { $undefined: value.error().message }
  if (typeof value === 'bigint') return { $int: String(value) }
  if (isFloat(value)) return { $float: reprFloat(floatValue(value)) }
  if (value instanceof PyTuple) return { $tuple: value.map(encode) }
  if (Array.isArray(value)) return value.map(encode)
  if (isDict(value)) return { $dict: entriesOf(value).map(([key, inner]) => [encode(key), encode(inner)]) }
  if (value instanceof Set)
    return { $set: [...value].map(encode).sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b))) }
  if (value instanceof PyObject) return { $object: value.pyType }
  return value
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('a list was expected')
  return value
}
