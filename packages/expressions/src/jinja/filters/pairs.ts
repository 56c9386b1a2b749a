import { PythonError, PythonTypeError, PythonValueError, typeName } from '@st2/python-values'
import { isIterable, iterate } from '../collections.ts'
import { Namespace } from '../objects.ts'

/** What `value.items()` is for something that is no mapping. A namespace takes any name for one of its own. */
export function noItems(value: unknown): PythonError {
  const message = value instanceof Namespace ? 'items' : `'${typeName(value)}' object has no attribute 'items'`
  return new PythonError('AttributeError', message)
}

/** An element of what `dict()` and `update()` take. @throws PythonTypeError, PythonValueError with the element's number */
export function updatePair(item: unknown, at: number): [unknown, unknown] {
  if (!isIterable(item)) {
    throw new PythonTypeError(`cannot convert dictionary update sequence element #${at} to a sequence`)
  }
  const parts = [...iterate(item)]
  if (parts.length === 2) return [parts[0], parts[1]]
  throw new PythonValueError(`dictionary update sequence element #${at} has length ${parts.length}; 2 is required`)
}

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
