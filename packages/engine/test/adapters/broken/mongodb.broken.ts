import { randomBytes } from 'node:crypto'
import { startMongodb } from '@st2/test-servers'
import { Collection as MongoCollection } from 'mongodb'
import { openMongoStore } from '../../../src/adapters/mongodb/open-mongo-store.ts'
import { CONTRACT_COLLECTIONS } from '../../../src/ports/contract-collections.ts'
import { storeContract } from '../../../src/ports/contracts.ts'
import { silent } from '../support.ts'

/**
 * MongoDB as a server has it whose updates look first and write later, by id alone, as FerretDB 1 does: two writers of one
 * revision both win.
 */
const { replaceOne } = MongoCollection.prototype
MongoCollection.prototype.replaceOne = async function (this: MongoCollection, filter, replacement, options) {
  const found = await this.findOne(filter, { projection: { _id: 1 } })
  if (found === null && options?.upsert !== true) {
    return { acknowledged: true, matchedCount: 0, modifiedCount: 0, upsertedCount: 0, upsertedId: null }
  }
  return replaceOne.call(this, found === null ? filter : { _id: found._id }, replacement, options)
}

storeContract('mongodb without atomic updates', async () => {
  const server = await startMongodb()
  const database = `st2_broken_${randomBytes(6).toString('hex')}`
  const { store } = await openMongoStore({ url: server.url, database, collections: CONTRACT_COLLECTIONS, log: silent })
  return {
    port: store,
    [Symbol.asyncDispose]: async () => {
      await store.close()
      await server[Symbol.asyncDispose]()
    },
  }
})
