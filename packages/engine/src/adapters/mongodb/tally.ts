import { type Collection, type Document, InvalidError } from '@st2/model'
import type { HeaderValue, Tally } from '../../ports/store.ts'
import { allOf, fieldKey, splitFilter } from './filter.ts'

/** A group as the pipeline answers it. */
export interface StoredGroup {
  readonly _id: { readonly over: string; readonly value?: HeaderValue }
  readonly count: number
}

/** Counts in groups. @throws InvalidError for a condition on a free path, and for a field that is not declared */
export function tallyPipeline<T extends Document>(
  collection: Collection<T>,
  { filter, by, over, limit }: Tally,
): Record<string, unknown>[] {
  const { header, scanned } = splitFilter(collection, filter)
  if (scanned.length > 0) throw new InvalidError('what a condition on a free path leaves cannot be counted in groups')
  const [when, value] = [fieldKey(collection, over.field), fieldKey(collection, by)]
  return [
    { $match: allOf([header, { [when]: { $exists: true } }]) },
    { $sort: { [when]: -1 } },
    { $limit: limit },
    { $group: { _id: { over: { $substrCP: [`$${when}`, 0, over.length] }, value: `$${value}` }, count: { $sum: 1 } } },
    { $sort: { '_id.over': 1, '_id.value': 1 } },
  ]
}
