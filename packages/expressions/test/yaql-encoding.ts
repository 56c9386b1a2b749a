/** Values in yaql.json: JSON, with `{"$float": …}` and the like where JSON cannot tell kinds apart. */
import {
  entriesOf,
  dictFrom,
  floatValue,
  isDict,
  isFloat,
  isPlainObject,
  makeFloat,
  makeInt,
  PyObject,
  PyTuple,
  reprFloat,
  str,
  repr,
} from '@st2/python-values'

const DECODERS: Record<string, (value: unknown) => unknown> = {
  $float: (value) => makeFloat(Number(value)),
  $int: (value) => makeInt(BigInt(String(value))),
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
  if (typeof value === 'bigint') return { $int: String(value) }
  if (isFloat(value)) return { $float: reprFloat(floatValue(value)) }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return { $int: String(BigInt(value)) }
  if (value instanceof PyTuple) return { $tuple: value.map(encode) }
  if (Array.isArray(value)) return value.map(encode)
  if (value instanceof Set) return { $set: Array.from(value, encode) }
  if (isDict(value)) return { $dict: entriesOf(value).map(([key, inner]) => [encode(key), encode(inner)]) }
  return value instanceof PyObject ? encodeObject(value) : value
}

function encodeObject(value: PyObject): unknown {
  if (value.pyType === 'datetime.datetime') return { $datetime: str(value) }
  if (value.pyType === 'datetime.timedelta') return { $timespan: str(value) }
  return value.pyType === 're.Pattern' ? { $regex: repr(value) } : { $object: value.pyType }
}

/** One text for all equal values: sets are in no order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (!isPlainObject(inner) || !Array.isArray(inner.$set)) return inner
    return { $set: inner.$set.map((item) => canonical(item)).sort() }
  })
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('a list was expected')
  return value
}
