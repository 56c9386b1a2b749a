/** Values on their way between functions of the platform and expressions. */
import { dictFrom, PyTuple, requireWithin } from '@st2/python-values'
import { entriesOfMapping, YaqlDict } from './dict.ts'
import { isFrozenSet, isMapping, isSequence } from './kinds.ts'
import { YaqlList } from './list.ts'
import { charge } from './meter.ts'

/**
 * Data as Python makes it itself, for example by parsing JSON: lists that equal no tuple and dicts that can be no keys. Data of
 * a workflow is no such thing: it goes in as it is.
 */
export function asMutable(value: unknown, depth = 0): unknown {
  requireWithin('valueDepth', depth)
  if (isSequence(value)) {
    charge(value.length)
    return YaqlList.from(value.map((item) => asMutable(item, depth + 1)))
  }
  if (!isMapping(value)) return value
  const result = new YaqlDict('dict')
  for (const [key, item] of entriesOfMapping(value)) result.set(key, asMutable(item, depth + 1))
  return result
}

/** A value of an expression as the rest of @st2/python-values holds it: tuples are `PyTuple`s, lists arrays, dicts objects or Maps. */
export function asPython(value: unknown, depth = 0): unknown {
  requireWithin('valueDepth', depth)
  if (isSequence(value)) {
    charge(value.length)
    const items = value.map((item) => asPython(item, depth + 1))
    return value instanceof YaqlList ? items : PyTuple.from(items)
  }
  if (isMapping(value)) {
    const entries: [unknown, unknown][] = []
    for (const [key, item] of entriesOfMapping(value))
      entries.push([asPython(key, depth + 1), asPython(item, depth + 1)])
    return dictFrom(entries)
  }
  if (isFrozenSet(value)) return new Set(Array.from(value.values(), (item) => asPython(item, depth + 1)))
  return value
}
