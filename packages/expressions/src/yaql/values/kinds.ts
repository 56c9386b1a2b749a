/**
 * YAQL's values. Data that comes in is never copied: it is frozen in upstream's sense as it stands.
 *
 * | YAQL (Python) | here |
 * | --- | --- |
 * | tuple: literals, data | an array (`PyTuple` too) |
 * | list: results of `split`, `json`, … | a `YaqlList` |
 * | FrozenDict: literals, data | a plain object, a `Map`, a frozen `YaqlDict` |
 * | dict: results of `toDict`, `delete`, … | a `YaqlDict` that is not frozen |
 * | frozenset | a `YaqlSet`; a `Set` in data |
 * | iterators | a `Lazy` |
 * | the rest | as @st2/python-values holds it |
 */
import { isPlainObject, PyObject, typeName } from '@st2/python-values'
import type { Budget } from '../../limits.ts'
import { type Mapping, YaqlDict } from './dict.ts'
import { Lazy, Reiterable } from './lazy.ts'
import { YaqlList } from './list.ts'
import { YaqlSet } from './set.ts'
import { ItemsView, KeysView, ValuesView } from './views.ts'

/** An argument or a default left out, where upstream's marker for that becomes visible. */
class NoValue extends PyObject {
  readonly pyType = 'MarkerClass'

  pyRepr(): string {
    return '<NoValue>'
  }
}

export const NO_VALUE = new NoValue()

export type SetLike = YaqlSet | Set<unknown> | KeysView | ItemsView
export type IterableValue = readonly unknown[] | SetLike | ValuesView | Lazy | Reiterable

export function isSequence(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

export function isMapping(value: unknown): value is Mapping {
  return value instanceof YaqlDict || value instanceof Map || isPlainObject(value)
}

export function isSetLike(value: unknown): value is SetLike {
  return isFrozenSet(value) || value instanceof KeysView || value instanceof ItemsView
}

export function isFrozenSet(value: unknown): value is YaqlSet | Set<unknown> {
  return value instanceof YaqlSet || value instanceof Set
}

export function isIterable(value: unknown): value is IterableValue {
  return (
    Array.isArray(value) ||
    value instanceof Lazy ||
    value instanceof Reiterable ||
    isSetLike(value) ||
    value instanceof ValuesView
  )
}

export function isIterator(value: unknown): value is Lazy {
  return value instanceof Lazy
}

/** Walks any iterable; every element costs a step. Leaving early leaves an iterator where it is. */
export function* walk(value: IterableValue, budget: Budget): Generator<unknown, undefined> {
  if (value instanceof Lazy) {
    const lazy = value.restarted()
    for (let step = lazy.next(); step.done !== true; step = lazy.next()) {
      budget.spend()
      yield step.value
    }
    return undefined
  }
  for (const item of elementsOf(value)) {
    budget.spend()
    yield item === undefined ? null : item
  }
  return undefined
}

/** The elements of an iterable that is no iterator. */
function elementsOf(value: Exclude<IterableValue, Lazy>): Iterable<unknown> {
  if (value instanceof YaqlSet || value instanceof KeysView || value instanceof ItemsView) return value.values()
  return value instanceof ValuesView || value instanceof Reiterable ? value.values() : value
}

/** All elements at once. */
export function collect(value: IterableValue, budget: Budget): unknown[] {
  if (Array.isArray(value)) {
    budget.spend(value.length >> 3)
    return value
  }
  const items: unknown[] = []
  for (const item of walk(value, budget)) {
    items.push(item)
    budget.requireLength(items.length)
  }
  return items
}

/** Python's class name of a value. */
export function typeNameOf(value: unknown): string {
  if (Array.isArray(value)) return value instanceof YaqlList ? 'list' : 'tuple'
  if (isMapping(value)) return value instanceof YaqlDict ? value.pyType : 'FrozenDict'
  return value instanceof Set ? 'frozenset' : typeName(value)
}
