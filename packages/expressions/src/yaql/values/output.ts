/** What leaves an evaluation: iterators, views and tuples become lists, as upstream's output conversion makes them. */
import { dictFrom, isPlainObject, PythonTypeError } from '@st2/python-values'
import { type Budget, ExpressionLimitError } from '../../limits.ts'
import { entriesOfMapping, type Mapping } from './dict.ts'
import { isIterable, isMapping, isSetLike, walk } from './kinds.ts'

/**
 * @returns arrays, plain objects (Maps where keys are no texts), Sets and scalars; dates, patterns and the like as they are
 * @throws PythonTypeError `unhashable type: 'list'` for sets of lists
 */
export function convertOutput(value: unknown, budget: Budget, depth = 0): unknown {
  if (depth > budget.limits.depth) throw new ExpressionLimitError('depth', budget.limits.depth)
  if (value === undefined) return null
  if (typeof value !== 'object' || value === null) return value
  if (isMapping(value)) return convertMapping(value, budget, depth + 1)
  if (isSetLike(value))
    return new Set(Array.from(walk(value, budget), (item) => hashable(convertOutput(item, budget, depth + 1))))
  if (!isIterable(value)) return value
  const items: unknown[] = []
  for (const item of walk(value, budget)) {
    items.push(convertOutput(item, budget, depth + 1))
    budget.requireLength(items.length)
  }
  return items
}

function convertMapping(mapping: Mapping, budget: Budget, depth: number): unknown {
  const entries: [unknown, unknown][] = []
  for (const [key, value] of entriesOfMapping(mapping)) {
    budget.spend()
    const converted = convertOutput(value, budget, depth)
    entries.push([hashable(convertOutput(key, budget, depth)), converted])
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
