import type { Condition } from '../ports/store.ts'

/** A document's id, as opposed to a name or ref. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{24}$/i.test(text)
}

/** The condition that a header field has the value, or one of the values; none when there is nothing to compare with. */
export function oneOf(field: string, value: string | readonly string[] | undefined): Condition[] {
  if (value === undefined) return []
  if (typeof value === 'string') return [{ field, op: 'eq', value }]
  return [{ field, op: 'in', value }]
}
