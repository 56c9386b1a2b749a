import {
  type Dict,
  dictFrom,
  entriesOf,
  equals,
  getKey,
  isDict,
  isInt,
  PythonTypeError,
  PythonValueError,
  repr,
  requireHashable,
} from '@st2/python-values'
import { DICT_VIEWS, toList } from '../collections.ts'
import { PyRange } from '../objects.ts'
import type { Parameters } from '../signature.ts'
import { method, type MethodTable } from './method.ts'

export const DICT_METHODS: MethodTable = {
  keys: method(isDict, 'dict', 'keys', [], DICT_VIEWS.keys),
  values: method(isDict, 'dict', 'values', [], DICT_VIEWS.values),
  items: method(isDict, 'dict', 'items', [], DICT_VIEWS.items),
  get: method(isDict, 'dict', 'get', ['key', ['default', null]], (dict, [key, fallback]) => getOr(dict, key, fallback)),
  copy: method(isDict, 'dict', 'copy', [], (dict, _args, scope) => {
    const copy = dictFrom(entriesOf(dict))
    scope.own(copy)
    return copy
  }),
  fromkeys: method(isDict, 'dict', 'fromkeys', ['iterable', ['value', null]], (_dict, [keys, value], scope) => {
    const dict = dictFrom(toList(keys, scope).map((key): [unknown, unknown] => [key, value]))
    scope.own(dict)
    return dict
  }),
}

function getOr(dict: Dict, key: unknown, fallback: unknown): unknown {
  requireHashable(key)
  const value = getKey(dict, key)
  return value === undefined ? fallback : value
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

const INDEX: Parameters = ['value', ['start', 0], ['stop', Number.MAX_SAFE_INTEGER]]

export const LIST_METHODS: MethodTable = {
  index: method(isList, 'list', 'index', INDEX, (list, args) => indexIn(list, args, `${repr(args[0])} is not in list`)),
  count: method(isList, 'list', 'count', ['value'], (list, [value]) => countIn(list, value)),
  copy: method(isList, 'list', 'copy', [], (list, _args, scope) => {
    const copy = [...list]
    scope.own(copy)
    return copy
  }),
}

export const TUPLE_METHODS: MethodTable = {
  index: method(isList, 'tuple', 'index', INDEX, (list, args) => indexIn(list, args, 'tuple.index(x): x not in tuple')),
  count: method(isList, 'tuple', 'count', ['value'], (list, [value]) => countIn(list, value)),
}

function indexIn(list: unknown[], [value, start, stop]: unknown[], absent: string): number {
  const from = boundary(start, list.length)
  const to = Math.min(boundary(stop, list.length), list.length)
  for (let at = from; at < to; at++) if (equals(list[at], value)) return at
  throw new PythonValueError(absent)
}

function boundary(value: unknown, length: number): number {
  if (!isInt(value) && typeof value !== 'boolean') {
    throw new PythonTypeError('slice indices must be integers or have an __index__ method')
  }
  return Number(value) < 0 ? Math.max(0, Number(value) + length) : Number(value)
}

function countIn(list: unknown[], value: unknown): number {
  return list.filter((item) => equals(item, value)).length
}

function isRange(value: unknown): value is PyRange {
  return value instanceof PyRange
}

/** A number is found by calculation, anything else by looking. */
export const RANGE_METHODS: MethodTable = {
  index: method(isRange, 'range', 'index', ['value'], (range, [value]) => {
    const at = placeIn(range, value)
    if (at !== null) return at
    const isNumber = isInt(value) || typeof value === 'boolean'
    throw new PythonValueError(isNumber ? `${repr(value)} is not in range` : 'sequence.index(x): x not in sequence')
  }),
  count: method(isRange, 'range', 'count', ['value'], (range, [value]) => (placeIn(range, value) === null ? 0 : 1)),
}

function placeIn(range: PyRange, value: unknown): number | null {
  let at = 0
  for (const item of range.values()) {
    if (equals(item, value)) return at
    at++
  }
  return null
}
