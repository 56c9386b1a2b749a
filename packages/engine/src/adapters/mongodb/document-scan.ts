import type { Document } from '@st2/model'
import type { Collection as MongoCollection } from 'mongodb'
import { fits, type ScannedCondition } from '../documents/scanned-conditions.ts'
import { allOf, type MongoFilter } from './filter.ts'
import { escapedPath, fromStored, type StoredDocument, valueAtPath } from './stored-document.ts'

/** Which documents are looked at, one after the other, and for what. */
export interface Scan {
  readonly header: MongoFilter
  readonly scanned: readonly ScannedCondition[]
  readonly page: ScanPage
  /** Documents that are looked at, at most: the first of the order. What lies beyond is not found. */
  readonly maxRows: number
}

export interface ScanPage {
  readonly sort: Map<string, 1 | -1>
  readonly limit: number | null
  readonly offset: number
}

/** Documents fetched by their ids in one query. */
const IDS_AT_A_TIME = 1000

export async function findScanned<T extends Document>(
  collection: MongoCollection<StoredDocument>,
  what: Scan,
): Promise<T[]> {
  const ids = await scan(collection, what)
  const found = new Map<string, StoredDocument>()
  for (let start = 0; start < ids.length; start += IDS_AT_A_TIME) {
    const cursor = collection.find({ _id: { $in: ids.slice(start, start + IDS_AT_A_TIME) } })
    for await (const stored of cursor) found.set(stored._id, stored)
  }
  return ids.flatMap((id) => {
    const stored = found.get(id)
    return stored === undefined ? [] : [fromStored<T>(stored)]
  })
}

/** Ids of what matches among those that may be looked at; only what the conditions are about is fetched of each. */
export async function scan(
  collection: MongoCollection<StoredDocument>,
  { header, scanned, page, maxRows }: Scan,
): Promise<string[]> {
  const exact = scanned.flatMap((condition) =>
    'path' in condition ? [{ [escapedPath(condition.path)]: condition.value }] : [],
  )
  const cursor = collection.aggregate<StoredDocument>([
    { $match: header },
    { $sort: Object.fromEntries(page.sort) },
    { $limit: maxRows },
    { $match: allOf(exact) },
    { $project: projectionOf(scanned) },
  ])
  const found: string[] = []
  const end = page.limit === null ? Number.POSITIVE_INFINITY : page.offset + page.limit
  for await (const stored of cursor) {
    const document = fromStored<Document>(stored)
    // MongoDB looks into lists as well, and does not look for texts.
    if (scanned.every((condition) => fits(document, condition, valueAtPath))) found.push(document.id)
    if (found.length >= end) break
  }
  return found.slice(page.offset)
}

/** The paths that conditions are about; one that lies below another goes with it. */
function projectionOf(scanned: readonly ScannedCondition[]): Record<string, 1> {
  const paths = scanned.flatMap((condition) => ('path' in condition ? [condition.path] : condition.paths))
  const escaped = [...new Set(paths.map((path) => (path === 'id' ? '_id' : escapedPath(path))))]
  const outermost = escaped.filter((path) => !escaped.some((other) => path.startsWith(`${other}.`)))
  return Object.fromEntries(outermost.map((path) => [path, 1] as const))
}
