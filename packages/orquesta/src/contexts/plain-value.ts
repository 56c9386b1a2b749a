import {
  type Dict,
  dictFrom,
  entriesOf,
  isDict,
  isFloat,
  isInt,
  PyObject,
  PyTuple,
  PythonValueError,
  reprFloat,
  str,
} from '@st2/python-values'

/** Deeper values are refused. */
const MAX_DEPTH = 500

/**
 * A value as it is after it was stored: tuples and sets are lists, keys are texts, and what JSON can not hold is its text. What is
 * so already is not copied.
 */
export function plainValue(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value === undefined ? null : value
  if (depth > MAX_DEPTH) throw new PythonValueError(`the value is nested deeper than ${MAX_DEPTH} levels`)
  if (value instanceof PyObject) return str(value)
  if (value instanceof Set) return Array.from(value, (item) => plainValue(item, depth + 1))
  if (Array.isArray(value)) return plainList(value, depth)
  return isDict(value) ? plainDict(value, depth) : value
}

function plainList(list: unknown[], depth: number): unknown[] {
  const items = Array.from(list, (item) => plainValue(item, depth + 1))
  const isSame = !(list instanceof PyTuple) && items.every((item, at) => item === list[at])
  return isSame ? list : items
}

function plainDict(dict: Dict, depth: number): Dict {
  let isSame = true
  const entries = entriesOf(dict).map(([key, value]): [string, unknown] => {
    const plain = plainValue(value, depth + 1)
    if (typeof key !== 'string' || plain !== value) isSame = false
    return [keyText(key), plain]
  })
  return isSame ? dict : dictFrom(entries)
}

/** As JSON writes it. */
function keyText(key: unknown): string {
  if (typeof key === 'string') return key
  if (key === null || typeof key === 'boolean') return String(key)
  if (isInt(key)) return BigInt(key).toString()
  return isFloat(key) ? reprFloat(typeof key === 'number' ? key : key.value) : str(key)
}
