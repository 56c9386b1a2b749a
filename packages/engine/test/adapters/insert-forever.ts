import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { CONTRACT_COLLECTIONS, thing, things } from '../../src/ports/contract-collections.ts'
import { silent } from './support.ts'

/** Inserts until it is killed and prints each id once its write was acknowledged: `insert-forever.ts FILE ROUND`. */
const [path = '', round = '0'] = process.argv.slice(2)
const WRITERS = 8
const IDS_PER_ROUND = 1_000_000

const { store } = await openSqliteStore({ path, collections: CONTRACT_COLLECTIONS, log: silent })
let next = Number(round) * IDS_PER_ROUND

async function insertForever(): Promise<never> {
  for (;;) {
    const document = thing(++next, { kind: `k${next % 5}`, body: 'x'.repeat(500) })
    await store.insert(things, document)
    process.stdout.write(`${document.id}\n`)
  }
}

await Promise.all(Array.from({ length: WRITERS }, insertForever))
