import type { Collection, Document, IndexSpec } from '@st2/model'
import { type Db, type IndexDescription, MongoServerError } from 'mongodb'
import { HEADER } from './stored-document.ts'

type AnyCollection = Pick<Collection<Document>, 'name' | 'indexes' | 'fields'>

/** Begins the names of the indexes that are made and dropped here; others are left alone. */
const PREFIX = 'st2_'
const NAMESPACE_NOT_FOUND = 26

/** Makes the indexes that the collections declare, and drops those that an earlier version declared. */
export async function ensureIndexes(db: Db, collections: readonly AnyCollection[]): Promise<void> {
  for (const collection of collections) {
    const wanted = collection.indexes.map((index) => descriptionOf(index))
    const present = await indexNames(db, collection.name)
    const obsolete = present.filter((name) => name.startsWith(PREFIX) && !wanted.some((index) => index.name === name))
    for (const name of obsolete) await db.collection(collection.name).dropIndex(name)
    const missing = wanted.filter(({ name }) => name !== undefined && !present.includes(name))
    if (missing.length > 0) await db.collection(collection.name).createIndexes(missing)
  }
}

/** The name says all there is about an index, so that another declaration is another index. */
export function indexName(index: IndexSpec): string {
  const kind = `${index.unique === true ? 'unique_' : ''}${index.sparse === undefined ? '' : `sparse_${index.sparse}_`}`
  return `${PREFIX}${kind}${index.fields.join('_')}`
}

function descriptionOf(index: IndexSpec): IndexDescription {
  const keys = index.fields.map((field) => [field === 'id' ? '_id' : `${HEADER}.${field}`, 1] as const)
  const isUnique = index.unique === true
  // Every order breaks ties by id.
  if (!isUnique && !index.fields.includes('id')) keys.push(['_id', 1])
  return {
    name: indexName(index),
    key: Object.fromEntries(keys),
    ...(isUnique ? { unique: true } : {}),
    ...sparseness(index),
  }
}

/**
 * A unique index leaves documents out by being sparse; another one by a filter, as a sparse index of several fields holds every
 * document that has any of them.
 */
function sparseness(index: IndexSpec): Partial<IndexDescription> {
  if (index.sparse === undefined) return {}
  if (index.unique === true) return { sparse: true }
  return { partialFilterExpression: { [`${HEADER}.${index.sparse}`]: { $exists: true } } }
}

async function indexNames(db: Db, collection: string): Promise<string[]> {
  try {
    const indexes = await db.collection(collection).listIndexes().toArray()
    return indexes.map((index) => String(index['name']))
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return []
    throw error
  }
}
