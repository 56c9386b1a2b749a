/** What leaves an evaluation: iterators, views and tuples become lists, as upstream's output conversion makes them. */
import { dictFrom, isPlainObject, PythonTypeError } from '@st2/python-values'
import type { Budget } from '../../limits.ts'
import { entriesOfMapping, type Mapping } from './dict.ts'
import { isIterable, isMapping, isSetLike, walk } from './kinds.ts'

/**
 * @returns arrays, plain objects (Maps where keys are no texts), Sets and scalars; dates, patterns and the like as they are
 * @throws PythonTypeError `unhashable type: 'list'` for sets of lists
 */
export function convertOutput(value: unknown, budget: Budget): unknown {
  if (value === undefined) return null
  if (typeof value !== 'object' || value === null) return value
  if (isMapping(value)) return convertMapping(value, budget)
  if (isSetLike(value)) return new Set(Array.from(walk(value, budget), (item) => hashable(convertOutput(item, budget))))
  if (!isIterable(value)) return value
  const items: unknown[] = []
  for (const item of walk(value, budget)) {
    items.push(convertOutput(item, budget))
    budget.requireLength(items.length)
  }
  return items
}

function convertMapping(mapping: Mapping, budget: Budget): unknown {
  const entries: [unknown, unknown][] = []
  for (const [key, value] of entriesOfMapping(mapping)) {
    budget.spend()
    const converted = convertOutput(value, budget)
    entries.push([hashable(convertOutput(key, budget)), converted])
  }
  return dictFrom(entries)
}

function hashable(value: unknown): unknown {
  const kind = Array.isArray(value) ? 'list' : value instanceof Set ? 'set' : isDictResult(value) ? 'dict' : undefined
  if (kind !== undefined) throw new PythonTypeError(`unhashable type: '${kind}'`)
  return value
}

function isDictResult(value: unknown): boolean {
  return value instanceof Map || isPlainObject(value)
}
