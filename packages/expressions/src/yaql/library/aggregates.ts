/** One value out of a collection; groups; order; generated sequences. @source yaql: yaql/standard_library/queries.py */
import { PythonTypeError } from '@st2/python-values'
import { YaqlStopIteration } from '../errors.ts'
import { alias, declare, type FunctionDeclaration, optional, required } from '../resolution/declaration.ts'
import { callFunction } from '../resolution/invoke.ts'
import { any, bool, int, iterable, lambda, type Lambda, mapping, nullable, ordering } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { collect, isSequence, type IterableValue, NO_VALUE, walk } from '../values/kinds.ts'
import { Lazy } from '../values/lazy.ts'
import { Ordering } from '../values/ordering.ts'
import { generated, generatedMany } from './generators.ts'
import { groupBy } from './grouping.ts'
import { mergeMappings } from './merging.ts'
import { toPlace } from './numbers.ts'

const collection = required('collection', iterable)
const selector = required('selector', lambda)
const initial = optional('initial', any, NO_VALUE)

const AGGREGATE = declare(
  'aggregate',
  'method',
  [collection, selector, optional('seed', any, NO_VALUE)],
  'One value: the expression applied to the result so far and each element.',
  (scope, elements, combine, seed) => reduce(scope, elements, combine, seed),
)

export const AGGREGATE_FUNCTIONS: readonly FunctionDeclaration[] = [
  AGGREGATE,
  alias('reduce', AGGREGATE),
  declare(
    'accumulate',
    'method',
    [collection, selector, optional('seed', any, NO_VALUE)],
    'All results on the way to the one value of `aggregate`.',
    (scope, elements, combine, seed) =>
      new Lazy('generator object accumulate', accumulate(walk(elements, scope.evaluation.budget), combine, seed)),
  ),
  declare('sum', 'method', [collection, initial], 'The sum.', (scope, elements, start) =>
    reduce(scope, elements, delegate(scope, '#operator_+'), start),
  ),
  declare('max', 'method', [collection, initial], 'The greatest element.', (scope, elements, start) =>
    reduce(scope, elements, delegate(scope, 'max'), start),
  ),
  declare('min', 'method', [collection, initial], 'The smallest element.', (scope, elements, start) =>
    reduce(scope, elements, delegate(scope, 'min'), start),
  ),
  declare(
    'first',
    'method',
    [collection, optional('default', any, NO_VALUE)],
    'The first element.',
    (scope, elements, otherwise) => {
      for (const element of walk(elements, scope.evaluation.budget)) return element
      if (otherwise === NO_VALUE) throw new YaqlStopIteration()
      return otherwise
    },
  ),
  declare('single', 'method', [collection], 'The only element.', (scope, elements) => {
    const found = walk(elements, scope.evaluation.budget).take(2).toArray()
    if (found.length === 0) throw new YaqlStopIteration()
    if (found.length > 1) throw new YaqlStopIteration('Collection contains more than one item')
    return found[0]
  }),
  declare(
    'last',
    'method',
    [collection, optional('default', any, NO_VALUE)],
    'The last element.',
    (scope, elements, otherwise) => {
      if (isSequence(elements) && elements.length > 0) return elements.at(-1) ?? null
      let last = otherwise
      for (const element of walk(elements, scope.evaluation.budget)) last = element
      if (last === NO_VALUE) throw new YaqlStopIteration()
      return last
    },
  ),
  declare(
    'orderBy',
    'method',
    [collection, selector],
    'In ascending order of what the expression gives.',
    (scope, elements, keyOf) => ordered(scope, elements).by(keyOf, 1),
  ),
  declare(
    'orderByDescending',
    'method',
    [collection, selector],
    'In descending order of what the expression gives.',
    (scope, elements, keyOf) => ordered(scope, elements).by(keyOf, -1),
  ),
  declare(
    'thenBy',
    'method',
    [required('collection', ordering), selector],
    'Equal ones in ascending order of this.',
    (_scope, owner, keyOf) => owner.by(keyOf, 1),
  ),
  declare(
    'thenByDescending',
    'method',
    [required('collection', ordering), selector],
    'Equal ones in descending order of this.',
    (_scope, owner, keyOf) => owner.by(keyOf, -1),
  ),
  declare(
    'groupBy',
    'method',
    [
      collection,
      required('keySelector', lambda),
      optional('valueSelector', nullable(lambda), null),
      optional('aggregator', nullable(lambda), null),
    ],
    'Pairs of a key and the list of its values, or of what the aggregator makes of that.',
    groupBy,
  ),
  declare(
    'mergeWith',
    'method',
    [
      required('dict', mapping),
      required('another', mapping),
      optional('listMerger', nullable(lambda), null),
      optional('itemMerger', nullable(lambda), null),
      optional('maxLevels', int, 0),
    ],
    'Both mappings, merged level by level.',
    (scope, owner, another, listMerger, itemMerger, maxLevels) =>
      mergeMappings(scope, owner, another, {
        listMerger,
        itemMerger,
        levels: toPlace(maxLevels),
      }),
  ),
  declare(
    'generate',
    'function',
    [
      required('initial', any),
      required('predicate', lambda),
      required('producer', lambda),
      optional('selector', nullable(lambda), null),
      optional('decycle', bool, false),
    ],
    'Values made one out of the other, as long as the condition holds.',
    (scope, first, holds, produce, select, decycle) =>
      new Lazy(
        'generator object generate',
        generated(scope.evaluation.budget, {
          first,
          holds,
          produce,
          select,
          decycle,
        }),
      ),
  ),
  declare(
    'generateMany',
    'function',
    [
      required('initial', any),
      required('producer', lambda),
      optional('selector', nullable(lambda), null),
      optional('decycle', bool, false),
      optional('depthFirst', bool, false),
    ],
    'Values, each of which produces more.',
    (scope, first, produce, select, decycle, depthFirst) =>
      new Lazy(
        'generator object generate_many',
        generatedMany(scope.evaluation.budget, {
          first,
          produce,
          select,
          decycle,
          depthFirst,
        }),
      ),
  ),
]

function delegate(scope: Scope, name: string): Lambda {
  return (left, right) => callFunction(scope, name, [left, right])
}

function reduce(scope: Scope, elements: IterableValue, combine: Lambda, seed: unknown): unknown {
  let result = seed
  let isStarted = seed !== NO_VALUE
  for (const element of walk(elements, scope.evaluation.budget)) {
    result = isStarted ? combine(result, element) : element
    isStarted = true
  }
  if (!isStarted) throw new PythonTypeError('reduce() of empty iterable with no initial value')
  return result
}

function* accumulate(elements: Iterator<unknown>, combine: Lambda, seed: unknown): Generator<unknown, undefined> {
  let total = seed
  if (seed === NO_VALUE) {
    const first = elements.next()
    if (first.done === true) throw new PythonTypeError('accumulate() of empty sequence with no initial value')
    total = first.value
  }
  yield total
  for (let step = elements.next(); step.done !== true; step = elements.next()) {
    total = combine(total, step.value)
    yield total
  }
  return undefined
}

function ordered(scope: Scope, elements: IterableValue): Ordering {
  return new Ordering(
    () => Array.from(collect(elements, scope.evaluation.budget)),
    (left, right) => callFunction(scope, '#operator_<', [left, right]),
    (left, right) => callFunction(scope, '#operator_>', [left, right]),
  )
}
