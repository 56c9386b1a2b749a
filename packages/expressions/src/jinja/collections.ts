import {
  contains,
  type Dict,
  equals,
  isDict,
  keysOf,
  PyObject,
  PythonTypeError,
  sizeOf,
  typeName,
} from '@st2/python-values'
import { PyBytes } from './bytes.ts'
import { DictView, Markup, PyGenerator, PyRange, valueOf } from './objects.ts'
import type { Scope } from './scope.ts'
import { codePoints } from './text.ts'
import { Undefined } from './undefined.ts'

/** What `for` and the list filters walk over. @throws PythonTypeError `'int' object is not iterable` */
export function iterate(given: unknown): Iterable<unknown> {
  const value = valueOf(given)
  const items = itemsOf(value)
  if (items === undefined) throw new PythonTypeError(`'${typeName(value)}' object is not iterable`)
  return items
}

export function isIterable(value: unknown): boolean {
  return itemsOf(value instanceof Markup ? value.text : value) !== undefined
}

function itemsOf(value: unknown): Iterable<unknown> | undefined {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return codePoints(value)
  if (isDict(value)) return keysOf(value)
  if (value instanceof Set) return value
  if (value instanceof DictView) return value.items
  if (value instanceof PyRange || value instanceof PyBytes) return value.values()
  if (value instanceof PyGenerator) return value.iterator
  if (!(value instanceof Undefined)) return undefined
  value.requireLenient()
  return []
}

/** Items that are only copied or compared cost a step for each so many. */
const ITEMS_PER_STEP = 16

/** All items at once. */
export function toList(value: unknown, scope: Scope): unknown[] {
  const items: unknown[] = []
  for (const item of iterate(value)) {
    if (items.length % ITEMS_PER_STEP === 0) scope.budget.spend()
    items.push(item)
  }
  return items
}

/** Python's `len()`. */
export function lengthOf(value: unknown): number {
  if (typeof value === 'string') return codePoints(value).length
  if (Array.isArray(value)) return value.length
  if (isDict(value)) return sizeOf(value)
  if (value instanceof Set) return value.size
  if (value instanceof DictView) return value.items.length
  if (value instanceof PyRange || value instanceof PyBytes) return value.length
  if (!(value instanceof Undefined)) throw new PythonTypeError(`object of type '${typeName(value)}' has no len()`)
  value.requireLenient()
  return 0
}

/** `item in container`, for everything that can be walked. */
export function containsValue(given: unknown, item: unknown, scope: Scope): boolean {
  const container = valueOf(given)
  if (Array.isArray(container)) scope.budget.spend(Math.ceil(container.length / ITEMS_PER_STEP))
  if (container instanceof PyBytes) return container.holds(valueOf(item))
  if (!(container instanceof PyObject)) return contains(container, valueOf(item))
  if (!isIterable(container)) throw new PythonTypeError(`argument of type '${typeName(container)}' is not iterable`)
  for (const member of iterate(container)) {
    scope.budget.spend()
    if (equals(member, valueOf(item))) return true
  }
  return false
}

/** Views show what the dict holds now. */
export const DICT_VIEWS = {
  keys: (dict: Dict) => new DictView('dict_keys', dict),
  values: (dict: Dict) => new DictView('dict_values', dict),
  items: (dict: Dict) => new DictView('dict_items', dict),
}

/** A lazy result becomes a list when it leaves an evaluation, and a look-up its value. */
export function materialise(value: unknown, scope: Scope): unknown {
  if (value instanceof PyGenerator || value instanceof DictView || value instanceof PyRange) {
    return toList(value, scope).map((item) => materialise(item, scope))
  }
  return valueOf(value)
}
