import { isSameValue } from './same-value.ts'

/** A place where two values differ, or are the same. */
export interface Difference {
  /** `$.output.hosts[0]`, without the `$.`; empty: all of it. */
  readonly path: string
  readonly left: unknown
  readonly right: unknown
  readonly kind: 'same' | 'changed' | 'added' | 'removed'
}

/** Differences of one comparison at most; more than that nobody reads. */
export const MAX_DIFFERENCES = 200

/**
 * Where two values differ, as deep as both are objects or lists; what is equal is told only at the top, by name. Absent is
 * not the same as null. Pure.
 */
export function compareValues(left: unknown, right: unknown): Difference[] {
  const found: Difference[] = []
  walk('', left, right, found)
  return found
}

function walk(path: string, left: unknown, right: unknown, found: Difference[]): void {
  if (found.length >= MAX_DIFFERENCES) return
  const isSame = isSameValue(left, right)
  if (!isSame && isContainer(left) && isContainer(right) && Array.isArray(left) === Array.isArray(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const inner = Array.isArray(left) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
      walk(inner, left[key], right[key], found)
    }
    return
  }
  const kind = isSame ? 'same' : left === undefined ? 'added' : right === undefined ? 'removed' : 'changed'
  if (kind !== 'same' || !/[.[]/.test(path)) found.push({ path, left, right, kind })
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
