import { PythonTypeError, PythonValueError, typeName } from '@st2/python-values'
import { isIterable, iterate } from '../collections.ts'

/** `key, value = item`. @throws PythonValueError when there are fewer or more than two */
export function pairOf(item: unknown): [unknown, unknown] {
  if (!isIterable(item)) throw new PythonTypeError(`cannot unpack non-iterable ${typeName(item)} object`)
  const parts: unknown[] = []
  for (const part of iterate(item)) {
    if (parts.length === 2) throw new PythonValueError('too many values to unpack (expected 2)')
    parts.push(part)
  }
  if (parts.length < 2) throw new PythonValueError(`not enough values to unpack (expected 2, got ${parts.length})`)
  return [parts[0], parts[1]]
}
