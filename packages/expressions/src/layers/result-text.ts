import {
  dictFrom,
  dumpsJson,
  entriesOf,
  floatValue,
  isDict,
  isFloat,
  PyObject,
  PythonTypeError,
  PythonValueError,
} from '@st2/python-values'
import { DictView, Markup, PyGenerator, PyRange } from '../jinja/objects.ts'

/** As deep as any value has a text. */
const MAX_DEPTH = 500

/**
 * The JSON text of a result: tuples, sets, views and generators are lists, keys become what Python's `json.dumps` makes of them.
 *
 * @param nonFinite NaN and the infinities: as Python writes them, which only Python reads, or null
 * @throws PythonTypeError `Object of type datetime is not JSON serializable`
 */
export function resultText(value: unknown, nonFinite: 'as-python' | 'null' = 'as-python'): string {
  return dumpsJson(jsonData(value, nonFinite, 0))
}

function jsonData(value: unknown, nonFinite: 'as-python' | 'null', depth: number): unknown {
  if (depth > MAX_DEPTH) throw new PythonValueError(`the value is nested deeper than ${MAX_DEPTH} levels`)
  if (value instanceof Markup) return value.text
  if (nonFinite === 'null' && isFloat(value) && !Number.isFinite(floatValue(value))) return null
  const items = itemsOf(value)
  if (items !== undefined) return Array.from(items, (item) => jsonData(item, nonFinite, depth + 1))
  if (value instanceof PyObject)
    throw new PythonTypeError(`Object of type ${className(value)} is not JSON serializable`)
  if (!isDict(value)) return value
  return dictFrom(
    entriesOf(value).map(([key, inner]): [unknown, unknown] => [jsonKey(key), jsonData(inner, nonFinite, depth + 1)]),
  )
}

function itemsOf(value: unknown): Iterable<unknown> | undefined {
  if (Array.isArray(value) || value instanceof Set) return value
  if (value instanceof DictView) return value.items
  if (value instanceof PyRange) return value.values()
  return value instanceof PyGenerator ? value.iterator : undefined
}

/** What is no text may be a key all the same, or end in an error that names it. */
function jsonKey(key: unknown): unknown {
  return key instanceof Markup ? key.text : key
}

/** Without the module. */
function className(value: PyObject): string {
  return value.pyType.slice(value.pyType.lastIndexOf('.') + 1)
}
