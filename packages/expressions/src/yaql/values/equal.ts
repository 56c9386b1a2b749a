/** Python's `==`, truth and membership over YAQL's values. */
import { equals, isNumeric, isTruthy, PyObject, PythonTypeError, PythonValueError } from '@st2/python-values'
import type { Budget } from '../../limits.ts'
import { entriesOfMapping, type Mapping, sizeOfMapping, valueAt, YaqlDict } from './dict.ts'
import {
  collect,
  type IterableValue,
  isFrozenSet,
  isMapping,
  isSequence,
  isSetLike,
  type SetLike,
  typeNameOf,
  walk,
} from './kinds.ts'
import { Lazy, Reiterable } from './lazy.ts'
import { YaqlList } from './list.ts'
import { charge, chargeText } from './meter.ts'
import { YaqlSet } from './set.ts'
import { ItemsView, KeysView, ValuesView } from './views.ts'

export function same(left: unknown, right: unknown): boolean {
  if (left === right) return !Number.isNaN(left)
  if (typeof left === 'string' && typeof right === 'string') {
    chargeText(left.length === right.length ? left.length : 0)
    return false
  }
  if (isNumeric(left) || typeof left === 'string' || left === null || left === undefined)
    return equalScalars(left, right)
  if (isSequence(left)) return isSequence(right) && sameKind(left, right) && sameItems(left, right)
  if (isMapping(left)) {
    if (!isMapping(right) || sizeOfMapping(left) !== sizeOfMapping(right)) return false
    for (const [key, value] of entriesOfMapping(left)) {
      const other = valueAt(right, key)
      charge(1)
      if (other === undefined || !sameItem(value, other)) return false
    }
    return true
  }
  if (isSetLike(left)) return isSetLike(right) && sizeOfSet(left) === sizeOfSet(right) && isSubset(left, right)
  return left instanceof PyObject && left.pyEquals(right)
}

function equalScalars(left: unknown, right: unknown): boolean {
  return (right === null || typeof right !== 'object' || isNumeric(right)) && equals(left, right)
}

function sameKind(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left instanceof YaqlList === right instanceof YaqlList
}

/** Python takes an item for equal to itself before it asks. */
function sameItem(left: unknown, right: unknown): boolean {
  return Object.is(left, right) || same(left, right)
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false
  charge(left.length >> 2)
  return left.every((item, at) => sameItem(item, right[at]))
}

export function truthy(value: unknown): boolean {
  if (isMapping(value)) return !isEmpty(value)
  if (isSetLike(value)) return sizeOfSet(value) > 0
  if (value instanceof ValuesView) return value.size > 0
  return isTruthy(value)
}

/** Without counting all keys. */
function isEmpty(mapping: Mapping): boolean {
  if (mapping instanceof YaqlDict || mapping instanceof Map) return mapping.size === 0
  for (const key in mapping) if (Object.hasOwn(mapping, key)) return false
  return true
}

export function sizeOfSet(set: SetLike): number {
  return set.size
}

function membersOf(set: SetLike): Iterable<unknown> {
  return set.values()
}

/** A set that can be asked for members by hash. */
export function asYaqlSet(set: YaqlSet | Set<unknown>): YaqlSet {
  return set instanceof YaqlSet ? set : new YaqlSet(set)
}

export function isSubset(left: SetLike, right: SetLike): boolean {
  const other = right instanceof Set ? asYaqlSet(right) : right
  for (const member of membersOf(left)) if (!hasMember(other, member)) return false
  return true
}

function hasMember(set: Exclude<SetLike, Set<unknown>>, member: unknown): boolean {
  return set instanceof ItemsView ? hasItem(set, member) : set.has(member)
}

/** Upstream takes the value apart without asking whether it is a pair. */
function hasItem(view: ItemsView, pair: unknown): boolean {
  if (!view.ofFrozen && !(isSequence(pair) && pair.length === 2 && !(pair instanceof YaqlList))) return false
  const items = firstThree(pair)
  if (items.length < 2) throw new PythonValueError(`not enough values to unpack (expected 2, got ${items.length})`)
  if (items.length > 2) throw new PythonValueError('too many values to unpack (expected 2)')
  const value = valueAt(view.mapping, items[0])
  return value !== undefined && sameItem(value, items[1])
}

/** As much of a value as it takes to see whether it is a pair. */
function firstThree(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return Array.from(value)
  if (isMapping(value)) return Array.from(entriesOfMapping(value), ([key]) => key)
  if (isSequence(value)) return value
  if (value instanceof Lazy) return takeThree(value.restarted())
  if (isSetLike(value) || value instanceof ValuesView || value instanceof Reiterable) return Array.from(value.values())
  throw new PythonTypeError(`cannot unpack non-iterable ${typeNameOf(value)} object`)
}

function takeThree(lazy: Lazy): unknown[] {
  const items: unknown[] = []
  for (let step = lazy.next(); step.done !== true; step = lazy.next()) if (items.push(step.value) === 3) break
  return items
}

/** `value in collection`. */
export function includes(collection: IterableValue, value: unknown, budget: Budget): boolean {
  if (isFrozenSet(collection)) return asYaqlSet(collection).has(value)
  if (collection instanceof KeysView) return collection.has(value)
  if (collection instanceof ItemsView) return hasItem(collection, value)
  if (isSequence(collection)) return collect(collection, budget).some((item) => sameItem(item ?? null, value))
  for (const item of walk(collection, budget)) if (sameItem(item, value)) return true
  return false
}
