import type { Budget } from '../../limits.ts'
import { PythonTypeError } from '@st2/python-values'
import type { Lambda } from '../resolution/types.ts'
import { hashKey } from '../values/hash.ts'
import { truthy } from '../values/equal.ts'
import { isIterable, isMapping, typeNameOf, walk } from '../values/kinds.ts'
import { KeysView } from '../values/views.ts'

interface Generation {
  first: unknown
  produce: Lambda
  select: Lambda | null
  /** Nothing comes twice. */
  decycle: boolean
}

export function* generated(
  budget: Budget,
  { first, holds, produce, select, decycle }: Generation & { holds: Lambda },
): Generator<unknown, undefined> {
  const past = new Set<unknown>()
  let value = first
  while (truthy(holds(value))) {
    budget.spend()
    if (decycle) {
      const key = hashKey(value)
      if (past.has(key)) break
      past.add(key)
    }
    yield select === null ? value : select(value)
    value = produce(value)
  }
  return undefined
}

export function* generatedMany(
  budget: Budget,
  { first, produce, select, decycle, depthFirst }: Generation & { depthFirst: boolean },
): Generator<unknown, undefined> {
  const past = new Set<unknown>()
  let queue: unknown[] = [first]
  while (queue.length > 0) {
    const value = queue.shift()
    budget.spend(1 + (queue.length >> 6))
    if (decycle) {
      const key = hashKey(value)
      if (past.has(key)) continue
      past.add(key)
    }
    yield select === null ? value : select(value)
    const more = elementsOf(produce(value), budget)
    queue = depthFirst ? [...more, ...queue] : [...queue, ...more]
    budget.requireLength(queue.length)
  }
  return undefined
}

/** Upstream puts in whatever Python can walk: texts and mappings too. */
function elementsOf(value: unknown, budget: Budget): unknown[] {
  if (typeof value === 'string') return Array.from(value)
  if (isMapping(value)) return Array.from(new KeysView(value).values())
  if (!isIterable(value)) throw new PythonTypeError(`'${typeNameOf(value)}' object is not iterable`)
  return Array.from(walk(value, budget))
}
