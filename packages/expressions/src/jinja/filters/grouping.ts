import { entriesOf, equals, isDict, isOrdered, isTruthy, PythonTypeError, PyTuple } from '@st2/python-values'
import { toList } from '../collections.ts'
import { FilterArgumentError } from '../errors.ts'
import { GroupTuple } from '../group.ts'
import { noItems } from './pairs.ts'
import { PyGenerator } from '../objects.ts'
import { type Filter, filter } from '../registry.ts'
import type { Scope } from '../scope.ts'
import { sortedBy } from '../sorting.ts'
import { requireDefined, Undefined } from '../undefined.ts'
import { attributeGetter, foldCase } from './attribute.ts'
import { integerArgument } from './numbers.ts'

/** Filters that cut lists and mappings into parts. @source jinja2: filters.py */
export const GROUPING_FILTERS: Record<string, Filter> = {
  items: filter('do_items', ['value'], ([value]) => new PyGenerator('do_items', itemPairs(value))),
  dictsort: filter(
    'do_dictsort',
    ['value', ['case_sensitive', false], ['by', 'key'], ['reverse', false]],
    ([value, caseSensitive, by, reversed], scope) => dictSort(value, isTruthy(caseSensitive), by, reversed, scope),
  ),
  groupby: filter(
    'sync_do_groupby',
    ['value', 'attribute', ['default', null], ['case_sensitive', false]],
    ([value, attribute, fallback, caseSensitive], scope) => {
      const get = attributeGetter(attribute, scope, fallback)
      return groupBy(toList(value, scope), get, isTruthy(caseSensitive), scope)
    },
  ),
  batch: filter(
    'do_batch',
    ['value', 'linecount', ['fill_with', null]],
    ([value, count, fill], scope) => new PyGenerator('do_batch', batches(value, count, fill, scope)),
  ),
  slice: filter(
    'sync_do_slice',
    ['value', 'slices', ['fill_with', null]],
    ([value, count, fill], scope) => new PyGenerator('sync_do_slice', slices(value, count, fill, scope)),
  ),
}

function* itemPairs(value: unknown): Generator<unknown> {
  if (value instanceof Undefined) return
  if (!isDict(value)) throw new PythonTypeError('Can only get item pairs from a mapping.')
  for (const entry of entriesOf(value)) yield PyTuple.from(entry)
}

function dictSort(value: unknown, caseSensitive: boolean, by: unknown, reversed: unknown, scope: Scope): unknown {
  if (by !== 'key' && by !== 'value') throw new FilterArgumentError('You can only sort by either "key" or "value"')
  requireDefined(value)
  if (!isDict(value)) throw noItems(value)
  const at = by === 'key' ? 0 : 1
  const key = (entry: [unknown, unknown]): unknown => (caseSensitive ? entry[at] : foldCase(entry[at]))
  return sortedBy(entriesOf(value), key, integerArgument(reversed) !== 0, scope).map((entry) => PyTuple.from(entry))
}

/** Items in the order of their keys, neighbours with equal keys together; the first of a group lends its own spelling. */
function groupBy(items: unknown[], get: (item: unknown) => unknown, caseSensitive: boolean, scope: Scope): unknown[] {
  const key = (item: unknown): unknown => (caseSensitive ? get(item) : foldCase(get(item)))
  const groups: { key: unknown; items: unknown[] }[] = []
  for (const item of sortedBy(items, key, false, scope)) {
    const current = groups.at(-1)
    if (current !== undefined && equals(current.key, key(item))) current.items.push(item)
    else groups.push({ key: key(item), items: [item] })
  }
  return groups.map((group) => GroupTuple.pair(get(group.items[0]), group.items))
}

function* batches(value: unknown, size: unknown, fill: unknown, scope: Scope): Generator<unknown> {
  const items = toList(value, scope)
  let batch: unknown[] = []
  for (const item of items) {
    if (equals(batch.length, size)) {
      yield batch
      batch = []
    }
    batch.push(item)
  }
  if (batch.length === 0) return
  if (fill !== null && isOrdered(batch.length, '<', size)) {
    scope.budget.requireLength(integerArgument(size))
    scope.budget.spend(Math.ceil(integerArgument(size) / 64))
    while (isOrdered(batch.length, '<', size)) batch.push(fill)
  }
  yield batch
}

function* slices(value: unknown, given: unknown, fill: unknown, scope: Scope): Generator<unknown> {
  const items = toList(value, scope)
  const count = integerArgument(given)
  if (count === 0) throw new FilterArgumentError('a list cannot be cut into 0 slices')
  const size = Math.floor(items.length / count)
  const longer = items.length % count
  let from = 0
  for (let slice = 0; slice < count; slice++) {
    const to = from + size + (slice < longer ? 1 : 0)
    const part = items.slice(from, to)
    if (fill !== null && slice >= longer) part.push(fill)
    yield part
    from = to
  }
}
