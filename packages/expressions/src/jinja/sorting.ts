import { isOrdered, type Ordering } from '@st2/python-values'
import { Markup, valueOf } from './objects.ts'
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

/** `left <operator> right`. Safe text is compared like any text, but called what it is where it cannot be. */
export function isInOrder(left: unknown, operator: Ordering, right: unknown): boolean {
  const a = valueOf(left)
  const b = valueOf(right)
  requireDefined(a)
  requireDefined(b)
  if (typeof a === 'string' && typeof b === 'string') return isOrdered(a, operator, b)
  return isOrdered(left instanceof Markup ? left : a, operator, right instanceof Markup ? right : b)
}

function isLess(left: unknown, right: unknown): boolean {
  requireDefined(left)
  requireDefined(right)
  return isOrdered(left, '<', right)
}
