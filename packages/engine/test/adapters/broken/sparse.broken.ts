import { storeContract } from '../../../src/ports/contracts.ts'
import { CONTRACT_COLLECTIONS, things } from '../../../src/ports/contract-collections.ts'
import { openSqlite } from '../support.ts'

// NOTE: a unique index that is not sparse takes "absent" as a value, as MongoDB does: here by a path that always holds one.
const alias = { path: 'rev', type: 'integer' } as const
const collections = CONTRACT_COLLECTIONS.map((collection) =>
  collection.name === things.name ? { ...things, fields: { ...things.fields, alias } } : collection,
)

storeContract('broken', async () => {
  const opened = await openSqlite('memory', { collections })
  return { port: opened.store, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
})
