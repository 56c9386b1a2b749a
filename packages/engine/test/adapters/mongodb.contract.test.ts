import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { MongoClient } from 'mongodb'
import { type OpenedMongo, openMongoStore } from '../../src/adapters/mongodb/open-mongo-store.ts'
import { CONTRACT_COLLECTIONS } from '../../src/ports/contract-collections.ts'
import { blobsContract, storeContract } from '../../src/ports/contracts.ts'
import { type MongodbServer, startMongodb } from '@st2/test-servers'
import { silent } from './support.ts'

let server: MongodbServer

beforeAll(async () => {
  server = await startMongodb()
})

afterAll(() => server[Symbol.asyncDispose]())

storeContract(
  'mongodb',
  async () => {
    const opened = await openOwnDatabase()
    return { port: opened.store, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
  },
  // NOTE: MongoDB itself compares texts by code points; the stand-in is a Java program and compares them by UTF-16 units.
  () => ({ textOrder: server.isStandIn ? 'utf-16' : 'code points' }),
)

blobsContract('mongodb', async () => {
  const opened = await openOwnDatabase()
  return { port: opened.blobs, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
})

/** In a database of its own, which is dropped afterwards. */
async function openOwnDatabase(): Promise<OpenedMongo & AsyncDisposable> {
  const database = `st2_contract_${randomBytes(6).toString('hex')}`
  const opened = await openMongoStore({ url: server.url, database, collections: CONTRACT_COLLECTIONS, log: silent })
  return {
    ...opened,
    [Symbol.asyncDispose]: async () => {
      await opened.store.close()
      await using client = new MongoClient(server.url)
      await client.db(database).dropDatabase()
    },
  }
}
