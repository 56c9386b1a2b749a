import type { Collection, Document } from '@st2/model'
import type { Condition, Order, Query, Store } from '../ports/store.ts'
import { oneOf } from './content-filter.ts'

export interface Page<T> {
  readonly rows: readonly T[]
  /** Of all that fit, whatever the page. */
  readonly total: number
}

/** What a header field is compared with. Of a list any value fits. */
export type Wanted = string | readonly string[] | undefined

/** Each given field narrows. */
export type NameFilter = Readonly<{ id?: Wanted; ref?: Wanted; name?: Wanted; pack?: Wanted }>

/** What a list of documents is asked for. */
export interface Listing<F> {
  readonly filter?: F
  /** Default: pack, then name. */
  readonly order?: readonly Order[]
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export const BY_PACK_AND_NAME: readonly Order[] = [
  { field: 'pack', direction: 'asc' },
  { field: 'name', direction: 'asc' },
]

/** The conditions of a filter whose keys are header fields. */
export function conditionsOf(filter: Readonly<Record<string, Wanted>>): Condition[] {
  return Object.entries(filter).flatMap(([field, value]) => oneOf(field, value))
}

export async function findByRef<T extends Document>(
  store: Store,
  collection: Collection<T>,
  ref: string,
): Promise<T | null> {
  const [found] = await store.find(collection, { filter: oneOf('ref', ref), limit: 1 })
  return found ?? null
}

/** A page of what fits, and how many fit. */
export async function findPage<T extends Document>(
  store: Store,
  collection: Collection<T>,
  query: Query,
): Promise<Page<T>> {
  const [rows, total] = await Promise.all([store.find(collection, query), store.count(collection, query.filter ?? [])])
  return { rows, total }
}
