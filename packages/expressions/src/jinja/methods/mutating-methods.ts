import {
  deleteKey,
  type Dict,
  entriesOf,
  equals,
  getKey,
  hasKey,
  isDict,
  isInt,
  isTruthy,
  keysOf,
  PythonIndexError,
  PythonKeyError,
  PythonTypeError,
  PythonValueError,
  PyTuple,
  repr,
  requireHashable,
  setKey,
  sizeOf,
  typeName,
} from '@st2/python-values'
import { toList } from '../collections.ts'
import { TemplateRuntimeError } from '../errors.ts'
import { CallersDataError } from '../own-data.ts'
import { updatePair } from '../filters/pairs.ts'
import { CallableObject, PyFunction } from '../objects.ts'
import type { Scope } from '../scope.ts'
import type { Parameters } from '../signature.ts'
import { sortedBy } from '../sorting.ts'
import { measure } from '../weight.ts'
import { method, type MethodTable } from './method.ts'

/** Methods that change their list. Only what the template has made itself can be changed: data belongs to the caller. */
export const CHANGING_LIST_METHODS: MethodTable = {
  append: changingList('append', ['object'], (list, [item], scope) => {
    insert(list, list.length, [item], scope)
  }),
  extend: changingList('extend', ['iterable'], (list, [items], scope) => {
    insert(list, list.length, toList(items, scope), scope)
  }),
  insert: changingList('insert', ['index', 'object'], (list, [at, item], scope) => {
    insert(list, placeIn(list, at), [item], scope)
  }),
  pop: changingList('pop', [['index', -1]], (list, [at]) => {
    if (list.length === 0) throw new PythonIndexError('pop from empty list')
    const index = indexOf(at)
    const place = index < 0 ? index + list.length : index
    if (place < 0 || place >= list.length) throw new PythonIndexError('pop index out of range')
    return list.splice(place, 1)[0]
  }),
  remove: changingList('remove', ['value'], (list, [value]) => {
    const at = list.findIndex((item) => equals(item, value))
    if (at === -1) throw new PythonValueError('list.remove(x): x not in list')
    list.splice(at, 1)
  }),
  clear: changingList('clear', [], (list) => void list.splice(0)),
  reverse: changingList('reverse', [], (list) => void list.reverse()),
  sort: (self, { args, kwargs, scope }) => {
    if (args.length > 0) throw new PythonTypeError('sort() takes no positional arguments')
    return sortList(self, { args, kwargs, scope })
  },
}

/** The same for dicts. */
export const CHANGING_DICT_METHODS: MethodTable = {
  update: (self, { args, kwargs, scope }) => {
    if (!isDict(self)) throw new TypeError('update is a method of dicts')
    requireOwn(self, scope)
    if (args.length > 1) throw new PythonTypeError(`update expected at most 1 argument, got ${args.length}`)
    const [other] = args
    const pairs = other === undefined ? [] : isDict(other) ? entriesOf(other) : toList(other, scope).map(updatePair)
    for (const [key, value] of [...pairs, ...Object.entries(kwargs)]) put(self, key, value, scope)
    return null
  },
  setdefault: changingDict('setdefault', ['key', ['default', null]], (dict, [key, fallback], scope) => {
    requireHashable(key)
    if (!hasKey(dict, key)) put(dict, key, fallback, scope)
    return getKey(dict, key)
  }),
  pop: changingDict('pop', ['key', ['default', undefined]], (dict, [key, fallback]) => {
    requireHashable(key)
    if (hasKey(dict, key)) return take(dict, key)
    if (fallback === undefined) throw new PythonKeyError(repr(key))
    return fallback
  }),
  popitem: changingDict('popitem', [], (dict) => {
    const key = keysOf(dict).at(-1)
    if (key === undefined) throw new PythonKeyError(repr('popitem(): dictionary is empty'))
    return PyTuple.from([key, take(dict, key)])
  }),
  clear: changingDict('clear', [], (dict) => {
    for (const key of keysOf(dict)) take(dict, key)
  }),
}

function changingList(
  name: string,
  parameters: Parameters,
  run: (list: unknown[], args: unknown[], scope: Scope) => unknown,
): MethodTable[string] {
  return method(isList, 'list', name, parameters, (list, args, scope) => {
    requireOwn(list, scope)
    return run(list, args, scope) ?? null
  })
}

function changingDict(
  name: string,
  parameters: Parameters,
  run: (dict: Dict, args: unknown[], scope: Scope) => unknown,
): MethodTable[string] {
  return method(isDict, 'dict', name, parameters, (dict, args, scope) => {
    requireOwn(dict, scope)
    return run(dict, args, scope) ?? null
  })
}

const sortList = changingList(
  'sort',
  [
    ['key', null],
    ['reverse', false],
  ],
  (list, [key, reversed], scope) => {
    if (key !== null && !(key instanceof PyFunction) && !(key instanceof CallableObject)) {
      throw new PythonTypeError(`'${typeName(key)}' object is not callable`)
    }
    const by = (item: unknown): unknown => (key === null ? item : key.run({ args: [item], kwargs: {}, scope }))
    for (const [at, item] of sortedBy(list, by, isTruthy(reversed), scope).entries()) list[at] = item
  },
)

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

function requireOwn(value: object, scope: Scope): void {
  if (!scope.isOwn(value)) throw new CallersDataError('data of the caller is not changed')
}

function insert(list: unknown[], at: number, items: unknown[], scope: Scope): void {
  for (const item of items) refuseCycle(item, list, scope)
  scope.budget.requireLength(list.length + items.length)
  list.splice(at, 0, ...items.slice(0, MAX_SPREAD))
  for (let from = MAX_SPREAD; from < items.length; from++) list.splice(at + from, 0, items[from])
}

/** Arguments that a call takes at once on any host. */
const MAX_SPREAD = 10_000

/** A structure that holds itself would have no text and no JSON. */
function refuseCycle(value: unknown, holder: object, scope: Scope): void {
  if (typeof value !== 'object' || value === null) return
  measure(scope.budget, value)
  if (holds(value, holder)) throw new PythonValueError('a list or dict cannot be put into itself')
}

function holds(value: unknown, holder: object): boolean {
  if (value === holder) return true
  if (Array.isArray(value)) return value.some((item) => holds(item, holder))
  return isDict(value) && entriesOf(value).some(([, inner]) => holds(inner, holder))
}

function indexOf(value: unknown): number {
  if (isInt(value) || typeof value === 'boolean') return Number(value)
  throw new PythonTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
}

function placeIn(list: unknown[], at: unknown): number {
  const index = indexOf(at)
  return index < 0 ? Math.max(0, index + list.length) : Math.min(index, list.length)
}

/** Names that a plain object would put in another order or take for something else. */
const AWKWARD = /^(?:0|[1-9]\d{0,9}|__proto__)$/

function put(dict: Dict, key: unknown, value: unknown, scope: Scope): void {
  scope.budget.spend()
  requireHashable(key)
  refuseCycle(value, dict, scope)
  scope.budget.requireLength(sizeOf(dict) + 1)
  if (dict instanceof Map) setKey(dict, key, value)
  else if (typeof key === 'string' && !AWKWARD.test(key)) dict[key] = value
  else if (!scope.evaluation.ownsData) throw new CallersDataError('the dict must be held in another way')
  else throw new TemplateRuntimeError(`the key ${repr(key)} can only be given where the dict is made`)
}

function take(dict: Dict, key: unknown): unknown {
  const value = getKey(dict, key)
  if (dict instanceof Map) deleteKey(dict, key)
  else Reflect.deleteProperty(dict, String(key))
  return value
}
