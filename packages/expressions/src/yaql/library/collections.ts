/** Lists, mappings and sets. @source yaql: yaql/standard_library/collections.py */
import { type PyInt, PythonIndexError, PythonTypeError } from '@st2/python-values'
import { declare, type FunctionDeclaration, optional, required, rest, takingRules } from '../resolution/declaration.ts'
import { callMethod } from '../resolution/invoke.ts'
import {
  any,
  inOrder,
  int,
  iterable,
  iterator,
  lambda,
  mapping,
  nullable,
  rule,
  sequence,
  set,
} from '../resolution/types.ts'
import { YaqlStopIteration } from '../errors.ts'
import type { Scope } from '../scope.ts'
import { entriesOfMapping, type Mapping, sizeOfMapping, valueAt, YaqlDict } from '../values/dict.ts'
import { asYaqlSet, includes, same, sizeOfSet } from '../values/equal.ts'
import {
  collect,
  isFrozenSet,
  isIterable,
  isMapping,
  isSequence,
  isSetLike,
  type IterableValue,
  isIterator,
  typeNameOf,
  walk,
} from '../values/kinds.ts'
import { Lazy } from '../values/lazy.ts'
import { YaqlList } from '../values/list.ts'
import { YaqlSet } from '../values/set.ts'
import { ItemsView, KeysView, ValuesView } from '../values/views.ts'
import { keyError } from './key-error.ts'
import { MAX_SIZE, toPlace, toRepetitions, toSize } from './numbers.ts'
import { union } from './sets.ts'
import { deleted, insertedLazily, insertedMany, replaced } from './positions.ts'

const collection = required('collection', iterable)
const dict = required('dict', mapping)
const position = required('position', int)

export const COLLECTION_FUNCTIONS: readonly FunctionDeclaration[] = [
  declare(
    'list',
    'function',
    [rest('args', any)],
    'The arguments as a list; lazy ones are expanded.',
    (scope, values) =>
      callMethod(scope, 'toList', [new Lazy('generator object list_.<locals>.rec', expanded(scope, values))]),
  ),
  declare('#list', 'function', [rest('args', any)], 'A list.', (_scope, values) => values),
  declare(
    'flatten',
    'method',
    [collection],
    'The elements, and those of lists inside.',
    (scope, elements) => new Lazy('generator object flatten', flattened(scope, elements)),
  ),
  declare('toList', 'method', [collection], 'The elements as a list.', (scope, elements) => toList(scope, elements)),
  declare(
    'toSet',
    'method',
    [collection],
    'The elements as a set.',
    (scope, elements) => new YaqlSet(walk(elements, scope.evaluation.budget)),
  ),
  declare(
    'set',
    'function',
    [rest('args', any)],
    'A set of the arguments; lazy ones are expanded.',
    (scope, values) => new YaqlSet(expanded(scope, values)),
  ),
  takingRules(
    declare('#map', 'function', [rest('args', rule)], 'A mapping.', (_scope, rules) =>
      frozen(rules.map(({ source, destination }) => [source, destination])),
    ),
  ),
  takingRules(
    declare('dict', 'function', [rest('args', rule)], 'A mapping of these keys and values.', (_scope, rules) =>
      frozen(rules.map(({ source, destination }) => [source, destination])),
    ),
  ),
  takingRules(
    declare('dict', 'function', [required('items', iterable)], 'A mapping out of pairs.', (scope, items) =>
      frozen(walk(items, scope.evaluation.budget).map((pair) => pairOf(scope, pair))),
    ),
  ),
  declare(
    'toDict',
    'method',
    [collection, required('keySelector', lambda), optional('valueSelector', nullable(lambda), null)],
    'A mapping with a key, and a value, made of each element.',
    (scope, elements, keyOf, valueOf) => {
      const result = new YaqlDict('dict')
      for (const element of walk(elements, scope.evaluation.budget)) {
        const key = keyOf(element)
        result.set(key, valueOf === null ? element : valueOf(element))
      }
      return result
    },
  ),
  declare('#indexer', 'function', [dict, required('key', any)], 'The value of a key.', (_scope, owner, key) => {
    const found = valueAt(owner, key)
    if (found === undefined) throw keyError(key)
    return found
  }),
  declare(
    '#indexer',
    'function',
    [dict, required('key', any), required('default', any)],
    'The value of a key, or the default.',
    (_scope, owner, key, otherwise) => valueAt(owner, key) ?? absent(owner, key, otherwise),
  ),
  declare(
    '#indexer',
    'function',
    [required('list', sequence), required('index', int)],
    'An element; a negative index counts from the end.',
    (_scope, items, index) => elementAt(items, index),
  ),
  declare(
    'get',
    'method',
    [dict, required('key', any), optional('default', any, null)],
    'The value of a key, or the default.',
    (_scope, owner, key, otherwise) => valueAt(owner, key) ?? absent(owner, key, otherwise),
  ),
  takingRules(
    declare(
      'set',
      'method',
      [dict, required('key', any), required('value', any)],
      'The mapping with another value for the key.',
      (_scope, owner, key, value) => frozen([...entriesOfMapping(owner), [key, value]]),
    ),
  ),
  takingRules(
    declare(
      'set',
      'method',
      [dict, required('replacements', mapping)],
      'The mapping with these values.',
      (_s, owner, others) => frozen([...entriesOfMapping(owner), ...entriesOfMapping(others)]),
    ),
  ),
  takingRules(
    declare('set', 'method', [dict, rest('args', rule)], 'The mapping with these values.', (_scope, owner, rules) =>
      frozen([
        ...entriesOfMapping(owner),
        ...rules.map(({ source, destination }): [unknown, unknown] => [source, destination]),
      ]),
    ),
  ),
  declare('keys', 'method', [dict], 'The keys, half a set.', (_scope, owner) => new KeysView(owner)),
  declare('values', 'method', [dict], 'The values.', (_scope, owner) => new ValuesView(owner)),
  declare('items', 'method', [dict], 'The pairs of keys and values.', (_scope, owner) => new ItemsView(owner)),
  declare(
    '#operator_in',
    'function',
    [required('value', any), collection],
    'Whether it is an element.',
    (scope, value, elements) => includes(elements, value, scope.evaluation.budget),
  ),
  declare(
    'contains',
    'method',
    [collection, required('value', any)],
    'Whether it is an element.',
    (scope, elements, value) => includes(elements, value, scope.evaluation.budget),
  ),
  declare(
    'containsKey',
    'method',
    [dict, required('key', any)],
    'Whether the key exists.',
    (_scope, owner, key) => valueAt(owner, key) !== undefined,
  ),
  declare(
    'containsValue',
    'method',
    [dict, required('value', any)],
    'Whether any key has the value.',
    (_s, owner, value) =>
      Array.from(entriesOfMapping(owner)).some(([, item]) => Object.is(item, value) || same(item, value)),
  ),
  declare(
    '#operator_+',
    'function',
    [required('left', iterable), required('right', iterable)],
    'One after the other; two sets together.',
    (scope, left, right) => combined(scope, left, right),
  ),
  declare(
    '#operator_+',
    'function',
    [required('left', mapping), required('right', mapping)],
    'Both mappings; the right one wins.',
    (_scope, left, right) => frozen([...entriesOfMapping(left), ...entriesOfMapping(right)]),
  ),
  declare(
    '#operator_*',
    'function',
    [required('left', sequence), required('right', int)],
    'The list so many times.',
    repeated,
  ),
  declare(
    '#operator_*',
    'function',
    [required('left', int), required('right', sequence)],
    'The list so many times.',
    (scope, count, items) => repeated(scope, items, count),
  ),
  declare('isList', 'function', [required('arg', any)], 'Whether the value is a list.', (_scope, value) =>
    isSequence(value),
  ),
  declare('isDict', 'function', [required('arg', any)], 'Whether the value is a mapping.', (_scope, value) =>
    isMapping(value),
  ),
  declare('isSet', 'function', [required('arg', any)], 'Whether the value is a set.', (_scope, value) =>
    isSetLike(value),
  ),
  declare('len', 'both', [dict], 'The number of keys.', (_scope, owner) => sizeOfMapping(owner)),
  declare('len', 'both', [required('sequence', sequence)], 'The number of elements.', (_scope, items) => items.length),
  declare('len', 'both', [required('set', set)], 'The number of members.', (_scope, members) => sizeOfSet(members)),
  declare(
    'len',
    'both',
    [required('collection', iterator)],
    'The number of elements, which are then gone.',
    (scope, elements) => countOf(scope, elements),
  ),
  declare(
    'delete',
    'method',
    [collection, position, optional('count', int, 1)],
    'Without so many elements from the position on; all the rest with a negative count.',
    (scope, elements, at, count) =>
      new Lazy(
        'generator object delete',
        deleted(walk(elements, scope.evaluation.budget), {
          at: toPlace(at),
          count: toPlace(count),
        }),
      ),
  ),
  declare('delete', 'method', [dict, rest('keys', any)], 'Without these keys.', (_scope, owner, keys) =>
    withoutKeys(owner, keys),
  ),
  declare('deleteAll', 'method', [dict, required('keys', iterable)], 'Without these keys.', (scope, owner, keys) =>
    withoutKeys(owner, walk(keys, scope.evaluation.budget)),
  ),
  declare(
    'replace',
    'method',
    [collection, position, required('value', any), optional('count', int, 1)],
    'With one value in place of so many elements.',
    (scope, elements, at, value, count) =>
      new Lazy(
        'generator object replace',
        replaced(walk(elements, scope.evaluation.budget), { at: toPlace(at), count: toPlace(count) }, () => [value]),
      ),
  ),
  declare(
    'replaceMany',
    'method',
    [collection, position, required('values', iterable), optional('count', int, 1)],
    'With these values in place of so many elements.',
    (scope, elements, at, values, count) =>
      new Lazy(
        'generator object replace_many',
        replaced(walk(elements, scope.evaluation.budget), { at: toPlace(at), count: toPlace(count) }, () =>
          walk(values, scope.evaluation.budget),
        ),
      ),
  ),
  declare(
    'insert',
    'method',
    [required('collection', inOrder), position, required('value', any)],
    'With the value before the position.',
    (scope, elements, at, value) =>
      new Lazy(
        'generator object iter_insert',
        insertedLazily(walk(elements, scope.evaluation.budget), toPlace(at), value),
      ),
  ),
  declare(
    'insert',
    'method',
    [required('collection', sequence), position, required('value', any)],
    'With the value before the position; a negative one counts from the end.',
    (scope, items, at, value) => inserted(scope, items, toSize(at), value),
  ),
  declare(
    'insertMany',
    'method',
    [collection, position, required('values', iterable)],
    'With the values before the position.',
    (scope, elements, at, values) => {
      const { budget } = scope.evaluation
      const parts = insertedMany(walk(elements, budget), toPlace(at), () => walk(values, budget))
      return new Lazy('generator object insert_many', parts)
    },
  ),
]

function toList(scope: Scope, elements: IterableValue): readonly unknown[] {
  if (isSequence(elements) && !(elements instanceof YaqlList)) return elements
  return Array.from(collect(elements, scope.evaluation.budget))
}

function* expanded(scope: Scope, values: Iterable<unknown>): Generator<unknown, undefined> {
  for (const value of values) {
    scope.evaluation.budget.spend()
    if (isIterator(value)) yield* expanded(scope, walk(value, scope.evaluation.budget))
    else yield value
  }
  return undefined
}

function* flattened(scope: Scope, elements: IterableValue): Generator<unknown, undefined> {
  for (const element of walk(elements, scope.evaluation.budget)) {
    if (isIterable(element)) yield* flattened(scope, element)
    else yield element
  }
  return undefined
}

function frozen(entries: Iterable<readonly [unknown, unknown]>): YaqlDict {
  return new YaqlDict('FrozenDict', entries)
}

/** The first two elements; texts and mappings are walked as well. @throws YaqlStopIteration */
function pairOf(scope: Scope, pair: unknown): [unknown, unknown] {
  const { budget } = scope.evaluation
  const elements = firstTwo(pair, budget)
  const [key, value] = elements
  if (elements.length < 2) throw new YaqlStopIteration()
  return [key, value]
}

function firstTwo(pair: unknown, budget: Scope['evaluation']['budget']): unknown[] {
  if (typeof pair === 'string') return Array.from(pair).slice(0, 2)
  if (isMapping(pair)) return Array.from(new KeysView(pair).values()).slice(0, 2)
  if (!isIterable(pair)) throw new PythonTypeError(`'${typeNameOf(pair)}' object is not iterable`)
  return walk(pair, budget).take(2).toArray()
}

function elementAt(items: readonly unknown[], index: PyInt | boolean): unknown {
  const exact = BigInt(index)
  if (exact > MAX_SIZE || exact < -MAX_SIZE - 1n) {
    throw new PythonIndexError("cannot fit 'int' into an index-sized integer")
  }
  const place = toPlace(index)
  const at = place < 0 ? place + items.length : place
  if (at < 0 || at >= items.length) throw new PythonIndexError(`${typeNameOf(items)} index out of range`)
  return items[at] ?? null
}

function absent(owner: Mapping, key: unknown, otherwise: unknown): unknown {
  return valueAt(owner, key) === null ? null : otherwise
}

function combined(scope: Scope, left: IterableValue, right: IterableValue): unknown {
  const { budget } = scope.evaluation
  if (isSequence(left) && isSequence(right) && !(left instanceof YaqlList) && !(right instanceof YaqlList)) {
    budget.requireLength(left.length + right.length)
    budget.spend((left.length + right.length) >> 3)
    return [...left, ...right]
  }
  if (isFrozenSet(left) && isFrozenSet(right)) return union(scope, asYaqlSet(left), right)
  return chain(scope, [left, right])
}

export function chain(scope: Scope, collections: readonly IterableValue[]): Lazy {
  const { budget } = scope.evaluation
  return new Lazy(
    'itertools.chain object',
    collections.values().flatMap((elements) => walk(elements, budget)),
  )
}

function repeated(scope: Scope, items: readonly unknown[], count: Parameters<typeof toSize>[0]): unknown {
  const { budget } = scope.evaluation
  const times = Math.max(0, toRepetitions(count))
  budget.requireLength(items.length * times)
  budget.spend((items.length * times) >> 3)
  const all = Array.from({ length: items.length === 0 ? 0 : times }, () => items).flat()
  return items instanceof YaqlList ? YaqlList.from(all) : all
}

export function countOf(scope: Scope, elements: IterableValue): number {
  let count = 0
  for (const _element of walk(elements, scope.evaluation.budget)) count++
  return count
}

function withoutKeys(owner: Mapping, keys: Iterable<unknown>): YaqlDict {
  // Python looks at no key where there is nothing to take away
  if (sizeOfMapping(owner) === 0) return new YaqlDict('dict')
  const gone = new YaqlSet(keys)
  return new YaqlDict(
    'dict',
    Array.from(entriesOfMapping(owner)).filter(([key]) => !gone.has(key)),
  )
}

function inserted(scope: Scope, items: readonly unknown[], at: number, value: unknown): YaqlList {
  scope.evaluation.budget.spend(items.length >> 3)
  const copy = YaqlList.from(items)
  copy.splice(at, 0, value)
  return copy
}
