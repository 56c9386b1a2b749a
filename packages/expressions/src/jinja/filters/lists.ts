import {
  binary,
  compare,
  isDict,
  isTruthy,
  PythonTypeError,
  PyTuple,
  repr,
  requireHashable,
  typeName,
  equals,
} from '@st2/python-values'
import { iterate, lengthOf, toList } from '../collections.ts'
import { FilterArgumentError, TemplateRuntimeError } from '../errors.ts'
import { type Call, DictView, Markup, PyGenerator, PyIterator, PyRange, textOf } from '../objects.ts'
import { type Filter, filter, keepingMarkup, markupFilter, type Test } from '../registry.ts'
import type { Scope } from '../scope.ts'
import { requireDefined, Undefined } from '../undefined.ts'
import { sortedBy } from '../sorting.ts'
import { attributeGetter, attributeGetters, foldCase } from './attribute.ts'
import { integerArgument } from './numbers.ts'

const countItems = filter('len', ['obj'], ([value], scope) => {
  const length = lengthOf(value)
  scope.budget.spend(length >> 6)
  return length
})

/** @source jinja2: filters.py */
export const LIST_FILTERS: Record<string, Filter> = {
  length: countItems,
  count: countItems,
  list: filter('sync_do_list', ['value'], ([value], scope) => {
    const list = toList(value, scope)
    scope.own(list)
    return list
  }),
  first: filter('sync_do_first', ['seq'], ([value], scope) => first(value, scope)),
  last: markupFilter('do_last', ['seq'], ([value], scope) => {
    const item = last(textOf(value), scope)
    return value instanceof Markup && typeof item === 'string' ? new Markup(item) : item
  }),
  reverse: keepingMarkup(filter('do_reverse', ['value'], ([value], scope) => reverse(value, scope))),
  sort: filter(
    'do_sort',
    ['value', ['reverse', false], ['case_sensitive', false], ['attribute', null]],
    ([value, reversed, caseSensitive, attribute], scope) => {
      const get = attributeGetters(attribute, scope)
      const key = (item: unknown): unknown[] => get(item).map(isTruthy(caseSensitive) ? (part) => part : foldCase)
      const list = sortedBy(toList(value, scope), key, integerArgument(reversed) !== 0, scope)
      scope.own(list)
      return list
    },
  ),
  unique: filter(
    'sync_do_unique',
    ['value', ['case_sensitive', false], ['attribute', null]],
    ([value, caseSensitive, attribute], scope) =>
      new PyGenerator('sync_do_unique', unique(value, isTruthy(caseSensitive), attribute, scope)),
  ),
  min: filter('do_min', ['value', ['case_sensitive', false], ['attribute', null]], (args, scope) =>
    extreme(args, scope, -1),
  ),
  max: filter('do_max', ['value', ['case_sensitive', false], ['attribute', null]], (args, scope) =>
    extreme(args, scope, 1),
  ),
  sum: filter('sync_do_sum', ['iterable', ['attribute', null], ['start', 0]], ([value, attribute, start], scope) => {
    const get = attributeGetter(attribute, scope)
    if (typeof start === 'string') throw new PythonTypeError("sum() can't sum strings [use ''.join(seq) instead]")
    return toList(value, scope).reduce((sum, item) => add(sum, get(item)), start)
  }),
  map: (value, call) => new PyGenerator('sync_do_map', mapped(value, call)),
  select: (value, call) => new PyGenerator('select_or_reject', selected(value, call, true, 0)),
  reject: (value, call) => new PyGenerator('select_or_reject', selected(value, call, false, 0)),
  selectattr: (value, call) => new PyGenerator('select_or_reject', selected(value, call, true, 1)),
  rejectattr: (value, call) => new PyGenerator('select_or_reject', selected(value, call, false, 1)),
}

function emptySequence(message: string, scope: Scope): Undefined {
  return new Undefined(scope.undefinedMode, { message })
}

function first(value: unknown, scope: Scope): unknown {
  for (const item of iterate(value)) return item
  return emptySequence('No first item, sequence was empty.', scope)
}

function last(value: unknown, scope: Scope): unknown {
  requireReversible(value)
  const items = toList(value, scope)
  return items.length === 0 ? emptySequence('No last item, sequence was empty.', scope) : items.at(-1)
}

/** A generator or a set has no end to start from. */
function requireReversible(value: unknown): void {
  if (value instanceof PyGenerator || value instanceof Set || (!isSized(value) && !(value instanceof Undefined))) {
    throw new PythonTypeError(`'${typeName(value)}' object is not reversible`)
  }
}

function isSized(value: unknown): boolean {
  try {
    lengthOf(value)
    return true
  } catch (error) {
    if (error instanceof PythonTypeError) return false
    throw error
  }
}

function reverse(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return Array.from(value).reverse().join('')
  if (value instanceof PyGenerator) return toList(value, scope).reverse()
  if (!isSized(value)) throw new FilterArgumentError('argument must be iterable')
  return new PyIterator(reversedKind(value), toList(value, scope).reverse())
}

const DICT_ITERATORS = {
  dict_keys: 'dict_reversekeyiterator',
  dict_values: 'dict_reversevalueiterator',
  dict_items: 'dict_reverseitemiterator',
}

function reversedKind(value: unknown): string {
  if (value instanceof PyRange) return 'range_iterator'
  if (value instanceof DictView) return DICT_ITERATORS[value.pyType]
  if (isDict(value)) return 'dict_reversekeyiterator'
  return Array.isArray(value) && !(value instanceof PyTuple) ? 'list_reverseiterator' : 'reversed'
}

function* unique(value: unknown, caseSensitive: boolean, attribute: unknown, scope: Scope): Generator<unknown> {
  const get = attributeGetter(attribute, scope)
  const seen = new Set<unknown>()
  const tuples: unknown[] = []
  for (const item of iterate(value)) {
    scope.budget.spend()
    const found = get(item)
    const key = caseSensitive ? found : foldCase(found)
    requireHashable(key)
    requireDefined(key)
    const plain = plainKey(key)
    scope.budget.spend(tuples.length >> 4)
    if (seen.has(plain) || tuples.some((tuple) => equals(tuple, key))) continue
    if (key instanceof PyTuple) tuples.push(key)
    else seen.add(plain)
    yield item
  }
}

/** 1, 1.0 and True are the same key. */
function plainKey(key: unknown): unknown {
  if (typeof key === 'boolean') return Number(key)
  return typeof key === 'object' && key !== null && 'value' in key ? key.value : key
}

function extreme([value, caseSensitive, attribute]: unknown[], scope: Scope, sign: 1 | -1): unknown {
  const get = attributeGetter(attribute, scope)
  const key = (item: unknown): unknown => (isTruthy(caseSensitive) ? get(item) : foldCase(get(item)))
  const items = toList(value, scope)
  if (items.length === 0) return emptySequence('No aggregated item, sequence was empty.', scope)
  return items.reduce((best, item) => {
    requireDefined(key(item))
    requireDefined(key(best))
    return compare(key(item), key(best), sign === 1 ? '>' : '<') * sign > 0 ? item : best
  })
}

function add(left: unknown, right: unknown): unknown {
  requireDefined(right)
  return binary('+', left, right)
}

function* mapped(value: unknown, { args, kwargs, scope }: Call): Generator<unknown> {
  if (!isTruthy(value)) return
  const change = mapping(args, kwargs, scope)
  for (const item of iterate(value)) {
    scope.budget.spend()
    yield change(item)
  }
}

/** `map('upper')` names a filter, `map(attribute='name')` a path. @source jinja2: filters.py prepare_map */
function mapping(args: unknown[], kwargs: Record<string, unknown>, scope: Scope): (item: unknown) => unknown {
  const [name, ...rest] = args
  if (name === undefined) {
    const { attribute, default: fallback = null, ...others } = kwargs
    if (attribute === undefined) throw new FilterArgumentError('map requires a filter argument')
    const [unexpected] = Object.keys(others)
    if (unexpected !== undefined) throw new FilterArgumentError(`Unexpected keyword argument '${unexpected}'`)
    return attributeGetter(attribute, scope, fallback)
  }
  if (typeof name !== 'string') throw new TemplateRuntimeError(`No filter named ${repr(name)}.`)
  const found = scope.environment.filterNamed(name)
  return (item) => found(item, { args: rest, kwargs, scope })
}

function testNamed(name: unknown, scope: Scope): Test {
  if (typeof name !== 'string') throw new TemplateRuntimeError(`No test named ${repr(name)}.`)
  return scope.environment.testNamed(name)
}

/** @param skip 1 where the first argument is the attribute to look at */
function* selected(value: unknown, { args, kwargs, scope }: Call, wanted: boolean, skip: 0 | 1): Generator<unknown> {
  if (!isTruthy(value)) return
  if (skip === 1 && args.length === 0) throw new FilterArgumentError('Missing parameter for attribute name')
  const get = skip === 1 ? attributeGetter(args[0], scope) : (item: unknown): unknown => item
  const [name, ...rest] = args.slice(skip)
  const found = name === undefined ? null : testNamed(name, scope)
  for (const item of iterate(value)) {
    scope.budget.spend()
    const part = get(item)
    const holds = found === null ? isTruthy(part) : found(part, { args: rest, kwargs, scope })
    if (holds === wanted) yield item
  }
}
