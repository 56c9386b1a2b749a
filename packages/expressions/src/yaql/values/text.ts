/** Python's `str()` and `repr()` of YAQL's values. */
import { PyObject, repr, requireWithin } from '@st2/python-values'
import { entriesOfMapping, type Mapping, sizeOfMapping } from './dict.ts'
import { isFrozenSet, isMapping, isSequence } from './kinds.ts'
import { YaqlList } from './list.ts'
import { charge, chargeText } from './meter.ts'
import { ItemsView, KeysView, ValuesView } from './views.ts'

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') charge(100)
  return value instanceof PyObject && !isContainer(value) ? value.pyStr() : reprOf(value)
}

export function reprOf(value: unknown, depth = 0): string {
  requireWithin('valueDepth', depth)
  if (isSequence(value)) return reprSequence(value, depth)
  if (isMapping(value)) return reprMapping(value, depth)
  if (isFrozenSet(value)) {
    return value.size === 0 ? 'frozenset()' : `frozenset({${list(value.values(), depth)}})`
  }
  if (value instanceof KeysView || value instanceof ItemsView || value instanceof ValuesView) {
    return value.ofFrozen
      ? `${value.pyType}(${reprMapping(value.mapping, depth)})`
      : `${value.pyType}([${list(value.values(), depth)}])`
  }
  if (typeof value === 'string') chargeText(value.length << 2)
  return repr(value)
}

function isContainer(value: PyObject): boolean {
  return (
    isMapping(value) ||
    isFrozenSet(value) ||
    value instanceof KeysView ||
    value instanceof ItemsView ||
    value instanceof ValuesView
  )
}

function reprSequence(items: readonly unknown[], depth: number): string {
  charge(items.length)
  const inner = list(items, depth)
  if (items instanceof YaqlList) return `[${inner}]`
  return items.length === 1 ? `(${inner},)` : `(${inner})`
}

function reprMapping(mapping: Mapping, depth: number): string {
  charge(sizeOfMapping(mapping))
  const entries = Array.from(
    entriesOfMapping(mapping),
    ([key, value]) => `${reprOf(key, depth + 1)}: ${reprOf(value, depth + 1)}`,
  )
  return `{${entries.join(', ')}}`
}

function list(items: Iterable<unknown>, depth: number): string {
  return Array.from(items, (item) => reprOf(item, depth + 1)).join(', ')
}
