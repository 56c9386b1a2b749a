/** Places in collections, and cuts at places. @source yaql: yaql/standard_library/queries.py */
import { declare, type FunctionDeclaration, required } from '../resolution/declaration.ts'
import { callMethod } from '../resolution/invoke.ts'
import { any, int, iterable, lambda } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { same, truthy } from '../values/equal.ts'
import { type IterableValue, isSequence, NO_VALUE, walk } from '../values/kinds.ts'
import { Lazy } from '../values/lazy.ts'
import { YaqlList } from '../values/list.ts'
import { stopOrFail, toPlace } from './numbers.ts'
import { sliced } from './sequences.ts'

const collection = required('collection', iterable)
const predicate = required('predicate', lambda)

export const CUTTING_FUNCTIONS: readonly FunctionDeclaration[] = [
  declare(
    'indexOf',
    'method',
    [collection, required('item', any)],
    'Where the element stands first, -1 if nowhere.',
    (scope, elements, item) => firstIndex(steps(scope, elements), (element) => same(element, item)),
  ),
  declare(
    'lastIndexOf',
    'method',
    [collection, required('item', any)],
    'Where the element stands last, -1 if nowhere.',
    (scope, elements, item) => lastIndex(steps(scope, elements), (element) => same(element, item)),
  ),
  declare(
    'indexWhere',
    'method',
    [collection, predicate],
    'Where the condition holds first, -1 if nowhere.',
    (scope, elements, holds) => firstIndex(steps(scope, elements), (element) => truthy(holds(element))),
  ),
  declare(
    'lastIndexWhere',
    'method',
    [collection, predicate],
    'Where the condition holds last, -1 if nowhere.',
    (scope, elements, holds) => lastIndex(steps(scope, elements), (element) => truthy(holds(element))),
  ),
  declare(
    'slice',
    'method',
    [collection, required('length', int)],
    'Lists of so many elements.',
    (scope, elements, length) =>
      new Lazy(
        'generator object slice_',
        sliced(walk(elements, scope.evaluation.budget), () => stopOrFail(length)),
      ),
  ),
  declare(
    'splitWhere',
    'method',
    [collection, predicate],
    'Lists of what stands between the elements for which the condition holds.',
    (scope, elements, holds) =>
      new Lazy(
        'generator object split_where',
        splitWhere(scope, elements, (element) => truthy(holds(element))),
      ),
  ),
  declare(
    'sliceWhere',
    'method',
    [collection, predicate],
    'Lists of neighbours for which the expression gives the same.',
    (scope, elements, keyOf) => new Lazy('generator object slice_where', sliceWhere(scope, elements, keyOf)),
  ),
  declare(
    'splitAt',
    'method',
    [collection, required('index', int)],
    'Two lists: before the position, and the rest.',
    (scope, elements, index) => {
      const items = listOf(scope, elements)
      const at = toPlace(index)
      return YaqlList.from([items.slice(0, at), items.slice(at)])
    },
  ),
  declare(
    'reverse',
    'method',
    [collection],
    'The elements from last to first.',
    (scope, elements) => new Lazy('reversed object', listOf(scope, elements).toReversed().values()),
  ),
]

function steps(scope: Scope, elements: IterableValue): Generator<unknown, undefined> {
  return walk(elements, scope.evaluation.budget)
}

/** By way of the method `toList`, as upstream does. */
function listOf(scope: Scope, elements: IterableValue): readonly unknown[] {
  const list = callMethod(scope, 'toList', [elements])
  return isSequence(list) ? list : []
}

function firstIndex(elements: Iterable<unknown>, isWanted: (element: unknown) => boolean): number {
  let index = 0
  for (const element of elements) {
    if (isWanted(element)) return index
    index++
  }
  return -1
}

function lastIndex(elements: Iterable<unknown>, isWanted: (element: unknown) => boolean): number {
  let index = 0
  let last = -1
  for (const element of elements) {
    if (isWanted(element)) last = index
    index++
  }
  return last
}

function* splitWhere(
  scope: Scope,
  elements: IterableValue,
  isSeparator: (element: unknown) => boolean,
): Generator<unknown[], undefined> {
  const items = listOf(scope, elements)
  let start = 0
  for (const [at, element] of items.entries()) {
    scope.evaluation.budget.spend()
    if (!isSeparator(element)) continue
    yield items.slice(start, at)
    start = at + 1
  }
  if (start !== items.length) yield items.slice(start)
  return undefined
}

function* sliceWhere(
  scope: Scope,
  elements: IterableValue,
  keyOf: (element: unknown) => unknown,
): Generator<unknown[], undefined> {
  const items = listOf(scope, elements)
  let start = 0
  let last: unknown = NO_VALUE
  for (const [at, element] of items.entries()) {
    scope.evaluation.budget.spend()
    const key = keyOf(element)
    if (last !== NO_VALUE && !same(key, last)) {
      yield items.slice(start, at)
      start = at
    }
    last = key
  }
  if (start !== items.length) yield items.slice(start)
  return undefined
}
