import type { Condition, Order } from '@st2/engine'
import { InvalidError } from '@st2/model'
import type { QueryParameters } from './query-parameters.ts'

/** Query parameter → header field of the collection. */
export type FilterFields = Readonly<Record<string, string>>

const TIME = /^\d{4}-\d{2}-\d{2}(\s|T)\d{2}:\d{2}:\d{2}(\.\d{3,6})?(Z|\+00|\+0000|\+00:00)$/

export function requireId(id: string): string {
  if (/^[0-9a-fA-F]{24}$/.test(id)) return id.toLowerCase()
  throw new InvalidError(`'${id}' is not a valid ObjectId, it must be a 12-byte input or a 24-character hex string`)
}

/** Ids separated by commas. */
export function readIds(query: QueryParameters): readonly string[] | undefined {
  return query.list('id')?.map(requireId)
}

/** To the stored form: microseconds and Z. */
export function requireTime(value: string): string {
  const match = TIME.exec(value)
  if (match === null) throw new InvalidError('Datetime value does not match expected format.')
  const fraction = (match[2] ?? '.').slice(1).padEnd(6, '0')
  return `${value.slice(0, 10)}T${value.slice(11, 19)}.${fraction}Z`
}

/** The narrow list of words that mean a boolean in a filter. @source rest-api.md 7.4 */
export function readFlag(query: QueryParameters, name: string): boolean | undefined {
  const value = query.filter(name)
  if (value === undefined) return undefined
  if (['1', 'true', 'True'].includes(value)) return true
  if (['0', 'false', 'False'].includes(value)) return false
  throw new InvalidError(`Invalid bool representation "${value}" provided.`)
}

/** The conditions that the given parameters make; those that are absent or empty make none. @source rest-api.md 7.4 */
export function readConditions(query: QueryParameters, fields: FilterFields): readonly Condition[] {
  const ids = readIds(query)
  return [
    ...(ids === undefined ? [] : [{ field: 'id', op: 'in' as const, value: ids }]),
    ...Object.entries(fields).flatMap(([name, field]) => {
      const value = query.filter(name)
      return value === undefined ? [] : fieldConditions(field, value)
    }),
  ]
}

/** `null` means absent, `A..B` a range of times. */
export function fieldConditions(field: string, value: string): readonly Condition[] {
  if (value.toLowerCase() === 'null') return [{ field, op: 'eq', value: null }]
  if (value.includes('..')) return rangeConditions(field, value)
  return [{ field, op: 'eq', value }]
}

function rangeConditions(field: string, value: string): readonly Condition[] {
  const [first = '', second = ''] = value.split('..', 2).map(requireTime)
  const [from, to] = first <= second ? [first, second] : [second, first]
  return [
    { field, op: 'gte', value: from },
    { field, op: 'lte', value: to },
  ]
}

/** `name_gt` and `name_lt` of a field; both ends belong to the range. */
export function readTimeRange(query: QueryParameters, name: string, field: string): readonly Condition[] {
  const conditions = [
    [`${name}_gt`, 'gte'],
    [`${name}_lt`, 'lte'],
  ] as const
  return conditions.flatMap(([parameter, op]) => {
    const value = query.filter(parameter)
    return value === undefined ? [] : [{ field, op, value: requireTime(value) }]
  })
}

/** `sort`: names of filters, `-` before one for descending; unknown ones are skipped, none means the resource's own order. */
export function readOrder(query: QueryParameters, fields: FilterFields): readonly Order[] | undefined {
  const order = (query.list('sort') ?? []).flatMap((key): Order[] => {
    const name = key.replace(/^[-+]/, '')
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    return field === undefined ? [] : [{ field, direction: key.startsWith('-') ? 'desc' : 'asc' }]
  })
  return order.length === 0 ? undefined : order
}
