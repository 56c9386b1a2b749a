import { isOrdered } from '@st2/python-values'
import { valueOf } from './objects.ts'
import type { Scope } from './scope.ts'
import { requireDefined } from './undefined.ts'

/** Python's `sorted(items, key=…, reverse=…)`: it keeps the order of equals, and asks nothing but whether one is less. */
export function sortedBy<Item>(
  items: readonly Item[],
  key: (item: Item) => unknown,
  reversed: boolean,
  scope: Scope,
): Item[] {
  const keyed = items.map((item) => ({ item, by: valueOf(key(item)) }))
  if (reversed) keyed.reverse()
  keyed.sort((left, right) => {
    scope.budget.spend()
    return isLess(left.by, right.by) ? -1 : isLess(right.by, left.by) ? 1 : 0
  })
  if (reversed) keyed.reverse()
  return keyed.map(({ item }) => item)
}

function isLess(left: unknown, right: unknown): boolean {
  requireDefined(left)
  requireDefined(right)
  return isOrdered(left, '<', right)
}
