/** The steps of a JSONPath. @source jsonpath-rw: jsonpath.py */
import {
  getKey,
  hasKey,
  isDict,
  isInt,
  keysOf,
  PythonError,
  PythonIndexError,
  PythonKeyError,
  PythonTypeError,
  PyTuple,
  repr,
  sizeOf,
  typeName,
} from '@st2/python-values'
import type { FunctionHost } from './function-table.ts'

/** A value and where it was found. */
export interface Place {
  value: unknown
  within: Place | null
}

/** What a path finds from a place on; null is what lies above the whole. */
export type Find = (place: Place, host: FunctionHost) => (Place | null)[]

export function open(value: unknown): Place {
  return { value, within: null }
}

export const root: Find = (place) => {
  let top = place
  while (top.within !== null) top = top.within
  return [top]
}

export const self: Find = (place) => [place]

export const parent: Find = (place) => [place.within]

export function child(left: Find, right: Find): Find {
  return (place, host) => left(place, host).flatMap((found) => right(required(found), host))
}

export function union(left: Find, right: Find): Find {
  return (place, host) => [...left(place, host), ...right(place, host)]
}

/** Has a syntax upstream and no meaning. */
export function intersect(): Find {
  return () => {
    throw new PythonError('NotImplementedError', '')
  }
}

export function where(left: Find, right: Find): Find {
  return (place, host) => left(place, host).filter((found) => right(required(found), host).length > 0)
}

export function descendants(left: Find, right: Find): Find {
  const within = (place: Place, host: FunctionHost): (Place | null)[] => {
    host.budget.spend()
    const found = right(place, host)
    for (const inner of innerPlaces(place, host)) found.push(...host.budget.nested(() => within(inner, host)))
    return found
  }
  return (place, host) => left(place, host).flatMap((found) => within(required(found), host))
}

/** Only lists and dicts are gone into: not tuples, and not what YAQL has frozen. */
function innerPlaces(place: Place, { isFrozen }: FunctionHost): Place[] {
  const { value } = place
  if (isFrozen) return []
  if (Array.isArray(value) && !(value instanceof PyTuple)) return value.map((item) => ({ value: item, within: place }))
  return isDict(value) ? keysOf(value).map((key) => ({ value: getKey(value, key), within: place })) : []
}

export function fields(names: string[]): Find {
  return (place, { budget }) => {
    budget.spend()
    const { value } = place
    if (!isDict(value)) return []
    const keys = names.includes('*') ? keysOf(value) : names
    return keys.filter((key) => hasKey(value, key)).map((key) => ({ value: getKey(value, key), within: place }))
  }
}

export function index(at: number): Find {
  return (place, { budget }) => {
    budget.spend()
    return lengthOf(place.value) > at ? [{ value: itemAt(place.value, at), within: place }] : []
  }
}

/** A value that is no list counts as a list of itself. */
export function slice(start: number | null, stop: number | null): Find {
  return (place, { budget, isFrozen }) => {
    const { value } = place
    const isAlone =
      (isDict(value) && !isFrozen) || isInt(value) || typeof value === 'boolean' || typeof value === 'string'
    const holder: Place = isAlone ? { value: [value], within: place.within } : place
    const places = Array.from({ length: lengthOf(holder.value) }, (_, at) => at).slice(start ?? 0, stop ?? undefined)
    budget.spend(places.length)
    return places.map((at) => ({ value: itemAt(holder.value, at), within: holder }))
  }
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length
  if (Array.isArray(value)) return value.length
  if (isDict(value)) return sizeOf(value)
  throw new PythonTypeError(`object of type '${typeName(value)}' has no len()`)
}

function itemAt(value: unknown, at: number): unknown {
  if (isDict(value)) {
    if (hasKey(value, at)) return getKey(value, at)
    throw new PythonKeyError(repr(at))
  }
  const items: unknown[] = typeof value === 'string' ? Array.from(value) : Array.isArray(value) ? value : []
  const item = items.at(at)
  if (item !== undefined || (at < 0 ? at + items.length : at) in items) return item
  throw new PythonIndexError(`${typeof value === 'string' ? 'string' : typeName(value)} index out of range`)
}

function required(place: Place | null): Place {
  if (place !== null) return place
  throw new PythonError('AttributeError', "'NoneType' object has no attribute 'value'")
}
