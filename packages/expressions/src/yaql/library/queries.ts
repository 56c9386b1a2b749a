/** Filters, mappings, cuts of collections. @source yaql: yaql/standard_library/queries.py */
import { type PyInt, PythonTypeError, PythonValueError } from '@st2/python-values'
import { alias, declare, type FunctionDeclaration, named, optional, required, rest } from '../resolution/declaration.ts'
import { any, int, iterable, lambda, nullable } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { truthy } from '../values/equal.ts'
import { isIterable, isIterator, isSequence, isSetLike, type IterableValue, walk } from '../values/kinds.ts'
import { Lazy, Memorized } from '../values/lazy.ts'
import { hashKey } from '../values/hash.ts'
import { YaqlList } from '../values/list.ts'
import { Repeated } from '../values/repeated.ts'
import { chain, countOf } from './collections.ts'
import { sizeOrFail, stopOrFail, toBigInt, toSize } from './numbers.ts'
import { addInts, count as countFrom, cycled, joined, rangeOf, zippedLongest, zipped } from './sequences.ts'

const collection = required('collection', iterable)
const predicate = required('predicate', lambda)
const selector = required('selector', lambda)

const WHERE = declare(
  'where',
  'method',
  [collection, predicate],
  'The elements for which the condition holds.',
  (scope, elements, holds) =>
    new Lazy(
      'filter object',
      steps(scope, elements).filter((element) => truthy(holds(element))),
    ),
)
const SELECT = declare(
  'select',
  'method',
  [collection, selector],
  'What the expression makes of each element.',
  (scope, elements, make) =>
    new Lazy(
      'map object',
      steps(scope, elements).map((element) => make(element)),
    ),
)
const LIMIT = declare(
  'limit',
  'method',
  [collection, required('count', int)],
  'The first elements.',
  (scope, elements, count) => {
    const limit = stopOrFail(count)
    return new Lazy('itertools.islice object', taken(steps(scope, elements), limit))
  },
)

export const QUERY_FUNCTIONS: readonly FunctionDeclaration[] = [
  WHERE,
  alias('filter', WHERE),
  SELECT,
  alias('map', SELECT),
  LIMIT,
  alias('take', LIMIT),
  declare(
    'skip',
    'method',
    [collection, required('count', int)],
    'Without the first elements.',
    (scope, elements, count) => {
      const skipped = sizeOrFail(count)
      return new Lazy('itertools.islice object', steps(scope, elements).drop(skipped))
    },
  ),
  declare(
    'append',
    'both',
    [collection, rest('args', any)],
    'The elements, then the arguments.',
    (scope, elements, values) =>
      new Lazy(
        'generator object append',
        [elements, values].values().flatMap((part) => steps(scope, part)),
      ),
  ),
  declare('concat', 'both', [rest('collections', iterable)], 'Collections one after the other.', (scope, collections) =>
    chain(scope, collections),
  ),
  declare(
    'distinct',
    'both',
    [collection, optional('keySelector', nullable(lambda), null)],
    'Each element once; elements with the same key are the same.',
    (scope, elements, keyOf) => new Lazy('generator object distinct', distinct(steps(scope, elements), keyOf)),
  ),
  declare(
    'enumerate',
    'both',
    [collection, optional('start', nullable(int), 0)],
    'Pairs of index and element.',
    (scope, elements, start) => {
      const pairs = enumerated(steps(scope, elements), start)
      return new Lazy('generator object enumerate_', pairs)
    },
  ),
  declare(
    'any',
    'both',
    [collection, optional('predicate', nullable(lambda), null)],
    'Whether the condition holds for any element; whether there is one.',
    (scope, elements, holds) => {
      for (const element of steps(scope, elements)) if (holds === null || truthy(holds(element))) return true
      return false
    },
  ),
  declare(
    'all',
    'both',
    [collection, optional('predicate', nullable(lambda), null)],
    'Whether the condition holds for all elements; whether all count as true.',
    (scope, elements, holds) => {
      for (const element of steps(scope, elements)) {
        if (!truthy(holds === null ? element : holds(element))) return false
      }
      return true
    },
  ),
  declare('count', 'method', [collection], 'The number of elements.', (scope, elements) => countOf(scope, elements)),
  declare('memorize', 'method', [collection], 'The elements, to be walked more than once.', (_scope, elements) =>
    isSequence(elements) || isSetLike(elements) ? elements : new Memorized(asLazy(elements)),
  ),
  declare(
    'selectMany',
    'method',
    [collection, selector],
    'The elements of what the expression makes of each.',
    (scope, elements, make) => new Lazy('generator object select_many', selectMany(scope, elements, make)),
  ),
  declare(
    'range',
    'function',
    [required('stop', int)],
    'The integers from 0 up to, but without, stop.',
    (_scope, stop) => new Lazy('range_iterator object', rangeOf(0n, toBigInt(stop), 1n)),
  ),
  declare(
    'range',
    'function',
    [required('start', int), required('stop', int), optional('step', int, 1)],
    'The integers from start up to, but without, stop.',
    (_scope, start, stop, step) => {
      if (toBigInt(step) === 0n) throw new PythonValueError('range() arg 3 must not be zero')
      return new Lazy('range_iterator object', rangeOf(toBigInt(start), toBigInt(stop), toBigInt(step)))
    },
  ),
  declare(
    'sequence',
    'function',
    [optional('start', int, 0), optional('step', int, 1)],
    'Integers without end.',
    (_scope, start, step) => new Lazy(countText(start, step), countFrom(toBigInt(start), toBigInt(step))),
  ),
  declare(
    'join',
    'method',
    [required('collection1', iterable), required('collection2', iterable), predicate, selector],
    'What the expression makes of each pair for which the condition holds.',
    (scope, left, right, holds, make) => {
      const { budget } = scope.evaluation
      const again = isSequence(right) || isSetLike(right) ? right : new Memorized(asLazy(right))
      return new Lazy(
        'generator object join',
        joined(walk(left, budget), () => walk(again, budget), holds, make),
      )
    },
  ),
  declare(
    'zip',
    'method',
    [rest('collections', iterable)],
    'Lists of the first elements, the second ones, …; as long as the shortest.',
    (scope, all) => new Lazy('zip object', zipped(all.map((elements) => steps(scope, elements)))),
  ),
  declare(
    'zipLongest',
    'method',
    [rest('collections', iterable), named('kwargs', any)],
    'Lists of the first elements, the second ones, …; as long as the longest, `default` filled in.',
    (scope, all, kwargs) => {
      const fill = kwargs.get('default') ?? null
      return new Lazy(
        'itertools.zip_longest object',
        zippedLongest(
          all.map((elements) => steps(scope, elements)),
          fill,
        ),
      )
    },
  ),
  declare(
    'repeat',
    'method',
    [required('value', any), optional('times', int, -1)],
    'The value again and again.',
    (_scope, value, times) => new Repeated(value, toSize(times)),
  ),
  declare(
    'cycle',
    'method',
    [collection],
    'The elements again and again.',
    (scope, elements) => new Lazy('itertools.cycle object', cycled(steps(scope, elements), scope.evaluation.budget)),
  ),
  declare(
    'takeWhile',
    'method',
    [collection, predicate],
    'The elements before the first for which the condition fails.',
    (scope, elements, holds) => new Lazy('itertools.takewhile object', takeWhile(steps(scope, elements), holds)),
  ),
  declare(
    'skipWhile',
    'method',
    [collection, predicate],
    'The elements from the first for which the condition fails.',
    (scope, elements, holds) => {
      let isSkipping = true
      const left = steps(scope, elements).filter((element) => {
        if (isSkipping) isSkipping = truthy(holds(element))
        return !isSkipping
      })
      return new Lazy('itertools.dropwhile object', left)
    },
  ),
  declare(
    'isIterable',
    'function',
    [required('value', any)],
    'Whether the value is a list, a set or lazy.',
    (_scope, value) => isIterable(value),
  ),
  declare(
    'defaultIfEmpty',
    'method',
    [collection, required('default', iterable)],
    'The elements; the default when there are none.',
    (scope, elements, otherwise) => {
      if (isSequence(elements) || isSetLike(elements)) {
        const size = isSequence(elements) ? elements.length : elements.size
        return size === 0 ? otherwise : elements
      }
      const again = new Memorized(asLazy(elements))
      for (const _element of walk(again, scope.evaluation.budget)) return again
      return otherwise
    },
  ),
]

function steps(scope: Scope, elements: IterableValue): Generator<unknown, undefined> {
  return walk(elements, scope.evaluation.budget)
}

function* enumerated(elements: Iterable<unknown>, start: PyInt | boolean | null): Generator<unknown, undefined> {
  if (start === null) throw new PythonTypeError("'NoneType' object cannot be interpreted as an integer")
  let index = 0
  for (const element of elements) yield YaqlList.from([addInts(start, index++), element])
  return undefined
}

function asLazy(elements: Exclude<IterableValue, readonly unknown[]>): Lazy {
  return isIterator(elements) ? elements : new Lazy('generator object', Iterator.from(elements.values()))
}

function countText(start: Parameters<typeof toSize>[0], step: Parameters<typeof toSize>[0]): string {
  return toBigInt(step) === 1n ? `count(${toBigInt(start)})` : `count(${toBigInt(start)}, ${toBigInt(step)})`
}

/** Ends without asking for one element more than it gives. */
function* taken(elements: Iterator<unknown>, count: number): Generator<unknown, undefined> {
  for (let left = count; left > 0; left--) {
    const step = elements.next()
    if (step.done === true) return undefined
    yield step.value
  }
  return undefined
}

function* distinct(
  elements: Iterable<unknown>,
  keyOf: ((element: unknown) => unknown) | null,
): Generator<unknown, undefined> {
  const seen = new Set<unknown>()
  for (const element of elements) {
    const key = hashKey(keyOf === null ? element : keyOf(element))
    if (seen.has(key)) continue
    seen.add(key)
    yield element
  }
  return undefined
}

function* selectMany(
  scope: Scope,
  elements: IterableValue,
  make: (element: unknown) => unknown,
): Generator<unknown, undefined> {
  for (const element of steps(scope, elements)) {
    const inner = make(element)
    if (isIterable(inner)) yield* steps(scope, inner)
    else yield inner
  }
  return undefined
}

function* takeWhile(elements: Iterable<unknown>, holds: (element: unknown) => unknown): Generator<unknown, undefined> {
  for (const element of elements) {
    if (!truthy(holds(element))) return undefined
    yield element
  }
  return undefined
}
