import { getItem } from '../access.ts'
import { textOf } from '../objects.ts'
import type { Scope } from '../scope.ts'
import { Undefined } from '../undefined.ts'

type Getter = (item: unknown) => unknown

/**
 * Reaches into an item by a dotted path; parts made of digits are indexes.
 *
 * @param fallback used where the path leads nowhere, unless it is None
 * @source jinja2: filters.py make_attrgetter
 */
export function attributeGetter(attribute: unknown, scope: Scope, fallback: unknown = null): Getter {
  const parts = partsOf(attribute)
  return (item) => {
    let value = item
    for (const part of parts) {
      value = getItem(value, part, scope)
      if (fallback !== null && value instanceof Undefined) value = fallback
    }
    return value
  }
}

/** Several paths at once, parted by commas: the keys of `sort`. */
export function attributeGetters(attribute: unknown, scope: Scope): (item: unknown) => unknown[] {
  const paths = typeof attribute === 'string' ? attribute.split(',') : [attribute]
  const getters = paths.map((path) => attributeGetter(path, scope))
  return (item) => getters.map((get) => get(item))
}

function partsOf(attribute: unknown): unknown[] {
  if (attribute === null || attribute === undefined) return []
  const path = textOf(attribute)
  if (typeof path !== 'string') return [path]
  return path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Texts are compared without their case unless asked otherwise. */
export function foldCase(given: unknown): unknown {
  const value = textOf(given)
  return typeof value === 'string' ? value.toLowerCase() : value
}
