import {
  type Dict,
  dictFrom,
  entriesOf,
  equals,
  floatValue,
  getKey,
  isDict,
  isFloat,
  isInt,
  PythonValueError,
  repr,
  requireHashable,
  toInt,
} from '@st2/python-values'
import { DICT_VIEWS } from '../collections.ts'
import { method, type MethodTable } from './method.ts'

export const DICT_METHODS: MethodTable = {
  keys: method(isDict, 'dict', 'keys', [], DICT_VIEWS.keys),
  values: method(isDict, 'dict', 'values', [], DICT_VIEWS.values),
  items: method(isDict, 'dict', 'items', [], DICT_VIEWS.items),
  get: method(isDict, 'dict', 'get', ['key', ['default', null]], (dict, [key, fallback]) => getOr(dict, key, fallback)),
  copy: method(isDict, 'dict', 'copy', [], (dict) => dictFrom(entriesOf(dict))),
}

function getOr(dict: Dict, key: unknown, fallback: unknown): unknown {
  requireHashable(key)
  const value = getKey(dict, key)
  return value === undefined ? fallback : value
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

export const LIST_METHODS: MethodTable = {
  index: method(isList, 'list', 'index', ['value'], (list, [value]) =>
    indexIn(list, value, `${repr(value)} is not in list`),
  ),
  count: method(isList, 'list', 'count', ['value'], (list, [value]) => countIn(list, value)),
  copy: method(isList, 'list', 'copy', [], (list) => [...list]),
}

export const TUPLE_METHODS: MethodTable = {
  index: method(isList, 'tuple', 'index', ['value'], (list, [value]) =>
    indexIn(list, value, 'tuple.index(x): x not in tuple'),
  ),
  count: method(isList, 'tuple', 'count', ['value'], (list, [value]) => countIn(list, value)),
}

function indexIn(list: unknown[], value: unknown, absent: string): number {
  const at = list.findIndex((item) => equals(item, value))
  if (at === -1) throw new PythonValueError(absent)
  return at
}

function countIn(list: unknown[], value: unknown): number {
  return list.filter((item) => equals(item, value)).length
}

function isIntValue(value: unknown): value is number | bigint {
  return isInt(value)
}

export const INT_METHODS: MethodTable = {
  bit_length: method(isIntValue, 'int', 'bit_length', [], (value) => {
    const size = BigInt(value)
    return size === 0n ? 0 : (size < 0n ? -size : size).toString(2).length
  }),
}

export const FLOAT_METHODS: MethodTable = {
  is_integer: method(isFloat, 'float', 'is_integer', [], (value) => {
    const float = floatValue(value)
    return Number.isFinite(float) && equals(toInt(float), float)
  }),
}
