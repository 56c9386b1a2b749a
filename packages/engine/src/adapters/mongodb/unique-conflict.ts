import { type Collection, ConflictError, type Document } from '@st2/model'
import { type Collection as MongoCollection, MongoBulkWriteError } from 'mongodb'
import { fieldKey } from './filter.ts'
import { indexName } from './indexes.ts'
import { duplicateIndex, isDuplicateKey } from './store-errors.ts'
import { HEADER, type StoredDocument, toStored } from './stored-document.ts'

/**
 * The error with the id of whoever holds the key, or the error itself when it is another.
 *
 * @param documents in the order in which they were written
 */
export async function conflictOf<T extends Document>(
  stored: MongoCollection<StoredDocument>,
  collection: Collection<T>,
  documents: readonly T[],
  error: unknown,
): Promise<unknown> {
  if (!isDuplicateKey(error)) return error
  const writeErrors = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : []
  const refused = documents[writeErrors[0]?.index ?? 0]
  const key = refused === undefined ? null : uniqueKey(collection, refused, duplicateIndex(error))
  const holder = key === null ? null : await stored.findOne(key, { projection: { _id: 1 } })
  const wanted = key === null ? '' : `: ${keyText(key)}`
  return new ConflictError(`Tried to save duplicate unique keys (${collection.name}${wanted})`, holder?._id ?? null, {
    cause: error,
  })
}

/** The key that a document shares with another one; null when the server did not say which index it is. */
function uniqueKey<T extends Document>(
  collection: Collection<T>,
  document: T,
  index: string | null,
): Record<string, unknown> | null {
  if (index === '_id_') return { _id: document.id }
  const spec = collection.indexes.find((one) => indexName(one) === index)
  if (spec === undefined) return null
  const { [HEADER]: header = {} } = toStored(collection, document)
  return Object.fromEntries(
    spec.fields.map((field) => [fieldKey(collection, field), field === 'id' ? document.id : header[field]]),
  )
}

function keyText(key: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(key).map(([name, value]) => {
    const field = name === '_id' ? 'id' : name.slice(HEADER.length + 1)
    return `${field}: ${JSON.stringify(value)}`
  })
  return `{ ${parts.join(', ')} }`
}
