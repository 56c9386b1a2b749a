import { type Collection, type Document, InvalidError } from '@st2/model'
import type { Condition, Filter, HeaderValue, Order, Query } from '../../ports/store.ts'
import { isScanned, type ScannedCondition } from '../documents/scanned-conditions.ts'
import { HEADER } from './stored-document.ts'

type FieldCondition = Extract<Condition, { field: string }>

/** A query in MongoDB's own words. */
export type MongoFilter = Record<string, unknown>

/** Most values of an `in` or `nin`. */
const MAX_IN_VALUES = 1000
const COMPARISONS = { lt: '$lt', lte: '$lte', gt: '$gt', gte: '$gte' } as const
/** Matches no document: every one has an id. */
const NOTHING: MongoFilter = { _id: { $exists: false } }

export interface SplitFilter {
  readonly header: MongoFilter
  /** No index answers them. */
  readonly scanned: readonly ScannedCondition[]
}

/** @throws InvalidError for a field that is not declared and for a value that is not of its type */
export function splitFilter<T extends Document>(collection: Collection<T>, filter: Filter): SplitFilter {
  const terms: MongoFilter[] = []
  const scanned: ScannedCondition[] = []
  for (const condition of filter) {
    if (isScanned(condition)) scanned.push(condition)
    else terms.push(termOf(keyOf(collection, condition), condition))
  }
  return { header: allOf(terms), scanned }
}

export function allOf(terms: readonly MongoFilter[]): MongoFilter {
  const [first] = terms
  if (first === undefined) return {}
  return terms.length === 1 ? first : { $and: terms }
}

/** Ties are broken by id in the direction of the last field. */
export function sortOf<T extends Document>(collection: Collection<T>, order: readonly Order[]): Map<string, 1 | -1> {
  const sort = new Map<string, 1 | -1>()
  for (const { field, direction } of order) {
    const key = fieldKey(collection, field)
    if (!sort.has(key)) sort.set(key, direction === 'asc' ? 1 : -1)
  }
  if (!sort.has('_id')) sort.set('_id', order.at(-1)?.direction === 'desc' ? -1 : 1)
  return sort
}

export function checkedPage({ limit, offset = 0 }: Query): { limit: number | null; offset: number } {
  for (const [name, value] of Object.entries({ limit: limit ?? 0, offset })) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new InvalidError(`${name} ${value} is not a whole number of 0 or more`)
  }
  return { limit: limit ?? null, offset }
}

export function fieldKey<T extends Document>(collection: Collection<T>, field: string): string {
  if (field === 'id') return '_id'
  if (Object.hasOwn(collection.fields, field)) return `${HEADER}.${field}`
  throw new InvalidError(`"${field}" is not a field that ${collection.name} can be filtered by`)
}

function keyOf<T extends Document>(collection: Collection<T>, condition: FieldCondition): string {
  const { field } = condition
  const key = fieldKey(collection, field)
  const type = field === 'id' ? 'text' : (collection.fields[field]?.type ?? 'text')
  const values = condition.op === 'in' || condition.op === 'nin' ? condition.value : [condition.value]
  if (values.length > MAX_IN_VALUES) {
    throw new InvalidError(`the filter on "${field}" has ${values.length} values; at most ${MAX_IN_VALUES} are allowed`)
  }
  for (const value of values) {
    if (value !== null && typeof value !== (type === 'text' ? 'string' : 'number')) {
      throw new InvalidError(
        `the filter on "${field}" of ${collection.name} takes ${type}, not ${JSON.stringify(value)}`,
      )
    }
  }
  return key
}

function termOf(key: string, condition: FieldCondition): MongoFilter {
  switch (condition.op) {
    case 'eq':
      return condition.value === null ? { [key]: { $exists: false } } : { [key]: condition.value }
    case 'ne':
      return { [key]: condition.value === null ? { $exists: true } : { $ne: condition.value } }
    case 'in':
      return membership(key, condition.value)
    case 'nin':
      return exclusion(key, condition.value)
    case 'prefix':
      return prefixTerm(key, condition.value)
    default:
      return condition.value === null ? NOTHING : { [key]: { [COMPARISONS[condition.op]]: condition.value } }
  }
}

function membership(key: string, values: readonly HeaderValue[]): MongoFilter {
  const present = values.filter((value) => value !== null)
  const among: MongoFilter = present.length === 0 ? NOTHING : { [key]: { $in: present } }
  return values.includes(null) ? { $or: [among, { [key]: { $exists: false } }] } : among
}

function exclusion(key: string, values: readonly HeaderValue[]): MongoFilter {
  const present = values.filter((value) => value !== null)
  const outside: MongoFilter = present.length === 0 ? {} : { [key]: { $nin: present } }
  return values.includes(null) ? allOf([{ [key]: { $exists: true } }, outside]) : outside
}

/** An anchored expression without options, which an index answers as a range. */
function prefixTerm(key: string, prefix: string): MongoFilter {
  if (prefix === '') return { [key]: { $exists: true } }
  // A NUL cannot stand in the pattern itself.
  const pattern = prefix.replaceAll(/[\\^$.*+?()[\]{}|/#\s-]/g, '\\$&').replaceAll('\0', '\\x00')
  return { [key]: { $regex: `^${pattern}` } }
}
