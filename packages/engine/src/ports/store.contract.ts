import { ConflictError, InvalidError } from '@st2/model'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Opened } from './contract.ts'
import {
  CONTRACT_COLLECTIONS,
  entries,
  idOf,
  numbers,
  numbersFound,
  orders,
  thing,
  things,
} from './contract-collections.ts'
import { storeConstantContract } from './store-constant.contract.ts'
import { storeFindContract, type StoreTraits } from './store-find.contract.ts'
import { storeModelContract } from './store-model.contract.ts'
import type { Condition, Filter, Store } from './store.ts'
import { storeTallyContract } from './store-tally.contract.ts'

export { CONTRACT_COLLECTIONS, type StoreTraits }

const CONTENDERS = 64
const MEGABYTE = 1024 * 1024

/** What every store promises. `open` gives an empty or used store that knows CONTRACT_COLLECTIONS and is no one else's. */
export function storeContract(
  adapter: string,
  open: () => Promise<Opened<Store>>,
  traits: () => StoreTraits = () => ({ textOrder: 'code points' }),
): void {
  describe(`${adapter}: Store`, () => {
    let opened: Opened<Store>
    let store: Store
    beforeAll(async () => {
      opened = await open()
      store = opened.port
    })
    beforeEach(async () => {
      await removeAll(store)
    })
    afterAll(async () => {
      await opened[Symbol.asyncDispose]()
    })

    const idsOf = (filter: Filter): Promise<number[]> => numbersFound(store, { filter })
    const found = (condition: Condition): Promise<number[]> => idsOf([condition])

    describe('documents', () => {
      it('gives back what was inserted', async () => {
        const document = thing(1, {
          kind: 'a',
          size: 7,
          nested: { owner: 'me' },
          body: { list: [1, 'two', null, true, 2.5] },
        })
        await store.insert(things, document)
        expect(await store.get(things, document.id)).toStrictEqual(document)
        expect(await store.find(things, {})).toStrictEqual([document])
      })

      it('answers null for an id it does not have', async () => {
        expect(await store.get(things, idOf(404))).toBeNull()
      })

      it('does not store properties that are undefined', async () => {
        await store.insert(things, thing(1, { kind: undefined, body: { inner: undefined, kept: 1 } }))
        const stored = await store.get(things, idOf(1))
        expect(Object.keys(stored ?? {})).not.toContain('kind')
        expect(stored?.body).toStrictEqual({ kept: 1 })
      })

      it('hands out copies: changing one changes nothing in the store', async () => {
        const document = { ...thing(1), body: { list: [1] } }
        const write = store.insert(things, document)
        document.body.list.push(2)
        await write
        const first = await store.get(things, document.id)
        Object.assign(first ?? {}, { body: 'changed' })
        const [second] = await store.find(things, {})
        Object.assign(second ?? {}, { body: 'changed' })
        expect((await store.get(things, document.id))?.body).toStrictEqual({ list: [1] })
      })

      it('keeps keys with dots, dollars and __proto__, and every character', async () => {
        const text =
          '{"a.b":1,"$set":{"$x":2},"__proto__":{"evil":true},"constructor":3,"":4,"ключ 🗝":"\\u0000 \\n \\u2028 𝒳 é"}'
        const body: unknown = JSON.parse(text)
        await store.insert(things, thing(1, { kind: 'käse 🧀', body }))
        const [stored] = await store.find(things, { filter: [{ field: 'kind', op: 'eq', value: 'käse 🧀' }] })
        expect(JSON.stringify(stored?.body)).toBe(JSON.stringify(body))
        expect(Object.hasOwn(Object.prototype, 'evil')).toBe(false)
        const replaced = await store.replace(things, { ...thing(1), body: { again: body } })
        expect(JSON.stringify(replaced?.body)).toBe(JSON.stringify({ again: body }))
        expect(JSON.stringify((await store.get(things, idOf(1)))?.body)).toBe(JSON.stringify({ again: body }))
      })

      it('finds header values with any character', async () => {
        const kinds = ['nul \u0000 inside', 'quote \' " `', 'back\\slash', 'new\nline', '𝒳', '100%_']
        await store.insert(things, ...kinds.map((kind, number) => thing(number + 1, { kind })))
        for (const [number, kind] of kinds.entries()) {
          expect(await found({ field: 'kind', op: 'eq', value: kind })).toEqual([number + 1])
          expect(await store.count(things, [{ field: 'kind', op: 'eq', value: kind }])).toBe(1)
        }
      })

      it('stores a document of 5 MB and claims it', async () => {
        const body = 'ä'.repeat(2.5 * MEGABYTE)
        await store.insert(things, thing(1, { kind: 'large', body }))
        const [claimed] = await store.claim(things, claimOf('large', 'me'))
        expect(claimed?.body).toBe(body)
        expect((await store.get(things, idOf(1)))?.body).toBe(body)
      })

      it('sees a write at once in every kind of read', async () => {
        for (let number = 1; number <= 20; number++) {
          await store.insert(things, thing(number, { kind: 'seen', body: { number } }))
          const filter = [{ field: 'kind', op: 'eq', value: 'seen' }] as const
          expect(await store.get(things, idOf(number))).not.toBeNull()
          expect(await store.count(things, filter)).toBe(number)
          expect(await store.count(things, [{ field: 'key', op: 'prefix', value: 'key-' }])).toBe(number)
          expect(await store.find(things, { filter })).toHaveLength(number)
          expect(await store.find(things, { filter: [{ path: 'body.number', op: 'eq', value: number }] })).toHaveLength(
            1,
          )
          expect(await store.distinct(things, 'key', 100)).toHaveLength(number)
        }
      })

      it('refuses a collection it was opened without', async () => {
        const unknown = { name: 'contract_unknown', fields: {}, indexes: [] }
        await expect(store.get(unknown, idOf(1))).rejects.toThrow(InvalidError)
      })
    })

    describe('insert', () => {
      it('stores all documents or none', async () => {
        await store.insert(things, thing(1))
        const write = store.insert(things, thing(2), thing(3, { key: 'key-1' }), thing(4))
        await expect(write).rejects.toThrow(ConflictError)
        expect(await idsOf([])).toEqual([1])
        expect(await store.count(things, [])).toBe(1)
      })

      it('refuses an id that is taken, and says whose it is', async () => {
        await store.insert(things, thing(1, { kind: 'first' }))
        await expect(store.insert(things, thing(1, { key: 'other' }))).rejects.toMatchObject({
          name: 'ConflictError',
          conflictId: idOf(1),
          message: expect.stringMatching(/^Tried to save duplicate unique keys/),
        })
        expect((await store.get(things, idOf(1)))?.kind).toBe('first')
      })

      it('refuses a unique key that is taken, and names its holder', async () => {
        await store.insert(things, thing(1))
        await expect(store.insert(things, thing(2, { key: 'key-1' }))).rejects.toMatchObject({
          name: 'ConflictError',
          conflictId: idOf(1),
          message: expect.stringMatching(/^Tried to save duplicate unique keys/),
        })
      })

      it('refuses a unique key that two documents of one insert share', async () => {
        await expect(store.insert(things, thing(1), thing(2, { key: 'key-1' }))).rejects.toThrow(ConflictError)
        expect(await store.count(things, [])).toBe(0)
      })

      it('lets one of many contenders have a unique key, and fails the others alone', async () => {
        const writes = numbers(CONTENDERS).map((number) =>
          store.insert(things, thing(number, { key: `k-${number % 4}` })),
        )
        const outcomes = await Promise.allSettled(writes)
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
        const reasons = outcomes.flatMap((outcome): unknown[] =>
          outcome.status === 'rejected' ? [outcome.reason] : [],
        )
        expect(reasons.filter((reason) => !(reason instanceof ConflictError))).toEqual([])
        expect(await store.find(things, {})).toHaveLength(4)
      })

      it('allows any number of documents without the field of a unique sparse index', async () => {
        await store.insert(things, thing(1), thing(2), thing(3, { alias: 'one' }))
        await expect(store.insert(things, thing(4, { alias: 'one' }))).rejects.toThrow(ConflictError)
        expect(await idsOf([{ field: 'alias', op: 'eq', value: null }])).toEqual([1, 2])
      })

      it('holds a unique key of two fields', async () => {
        await store.insert(
          entries,
          { id: 'a', journal: 'j', seq: 1 },
          { id: 'b', journal: 'j', seq: 2 },
          { id: 'c', journal: 'k', seq: 1 },
        )
        await expect(store.insert(entries, { id: 'd', journal: 'j', seq: 2 })).rejects.toMatchObject({
          conflictId: 'b',
        })
        const [last] = await store.find(entries, {
          filter: [{ field: 'journal', op: 'eq', value: 'j' }],
          order: [{ field: 'seq', direction: 'desc' }],
          limit: 1,
        })
        expect(last?.id).toBe('b')
      })

      it('frees a unique key when its document goes or changes', async () => {
        await store.insert(things, thing(1), thing(2))
        await store.remove(things, [{ field: 'key', op: 'eq', value: 'key-1' }], 1)
        await store.replace(things, { ...thing(2), key: 'moved' })
        await store.insert(things, thing(3, { key: 'key-1' }), thing(4, { key: 'key-2' }))
        await expect(store.insert(things, thing(5, { key: 'moved' }))).rejects.toMatchObject({ conflictId: idOf(2) })
      })
    })

    describe('put', () => {
      it('inserts, and replaces whatever was there', async () => {
        await store.put(things, thing(1, { kind: 'a' }), thing(2, { kind: 'a' }))
        await store.put(things, { ...thing(1, { kind: 'b' }), rev: 99 })
        expect(await store.get(things, idOf(1))).toStrictEqual({ ...thing(1, { kind: 'b' }), rev: 99 })
        expect(await found({ field: 'kind', op: 'eq', value: 'a' })).toEqual([2])
        expect(await store.count(things, [{ field: 'kind', op: 'eq', value: 'b' }])).toBe(1)
      })

      it('refuses a unique key of another document and changes nothing then', async () => {
        await store.put(things, thing(1), thing(2, { kind: 'old' }))
        const write = store.put(things, thing(3), thing(2, { key: 'key-1', kind: 'new' }))
        await expect(write).rejects.toMatchObject({ conflictId: idOf(1) })
        expect(await idsOf([])).toEqual([1, 2])
        expect((await store.get(things, idOf(2)))?.kind).toBe('old')
      })
    })

    describe('replace', () => {
      it('counts revisions, and answers the document as stored', async () => {
        await store.insert(things, thing(1, { kind: 'a' }))
        const second = await store.replace(things, thing(1, { kind: 'b' }))
        expect(second).toEqual({ ...thing(1, { kind: 'b' }), rev: 2 })
        expect(await store.get(things, idOf(1))).toEqual(second)
        const third = second === null ? null : await store.replace(things, second)
        expect(third?.rev).toBe(3)
      })

      it('answers null for an old revision and for a document that is gone', async () => {
        await store.insert(things, thing(1, { kind: 'a' }))
        await store.replace(things, thing(1, { kind: 'b' }))
        expect(await store.replace(things, thing(1, { kind: 'late' }))).toBeNull()
        expect(await store.replace(things, thing(2))).toBeNull()
        expect((await store.get(things, idOf(1)))?.kind).toBe('b')
        expect(await store.count(things, [{ field: 'kind', op: 'eq', value: 'late' }])).toBe(0)
      })

      it('lets exactly one of many contenders win each round', async () => {
        await store.insert(things, thing(1, { size: 0 }))
        for (let round = 1; round <= 5; round++) {
          const read = await store.get(things, idOf(1))
          if (read === null) throw new Error('the document is gone')
          const outcomes = await Promise.all(
            numbers(CONTENDERS).map((size) => store.replace(things, { ...read, size })),
          )
          const winners = outcomes.filter((outcome) => outcome !== null)
          expect(winners).toHaveLength(1)
          expect(await store.get(things, idOf(1))).toEqual(winners[0])
        }
      })

      it('refuses a unique key that is taken and leaves the document as it was', async () => {
        await store.insert(things, thing(1), thing(2, { kind: 'a' }))
        await expect(store.replace(things, thing(2, { key: 'key-1', kind: 'b' }))).rejects.toMatchObject({
          conflictId: idOf(1),
        })
        expect(await store.get(things, idOf(2))).toEqual(thing(2, { kind: 'a' }))
        expect(await store.count(things, [{ field: 'kind', op: 'eq', value: 'b' }])).toBe(0)
      })
    })

    describe('claim', () => {
      it('patches what it claims and answers it as patched', async () => {
        await store.insert(things, thing(1, { kind: 'due', due_at: 5, nested: { owner: 'a' }, log: [{ at: 1 }] }))
        const claimed = await store.claim(things, {
          filter: [{ field: 'due_at', op: 'lte', value: 10 }],
          order: [{ field: 'due_at', direction: 'asc' }],
          limit: 5,
          patch: {
            set: { claimed_by: 'me', due_at: undefined, 'nested.owner': 'b', 'body.deep.new': [1] },
            push: { log: { at: 2 }, 'body.list': 'first' },
          },
        })
        const expected = {
          ...thing(1, { kind: 'due', nested: { owner: 'b' }, log: [{ at: 1 }, { at: 2 }] }),
          rev: 2,
          claimed_by: 'me',
          body: { deep: { new: [1] }, list: ['first'] },
        }
        expect(claimed).toStrictEqual([expected])
        expect(await store.get(things, idOf(1))).toStrictEqual(expected)
        expect(await found({ field: 'due_at', op: 'ne', value: null })).toEqual([])
        expect(await found({ field: 'owner', op: 'eq', value: 'b' })).toEqual([1])
      })

      it('takes the first of the order, at most as many as asked', async () => {
        await store.insert(
          things,
          ...[5, 3, 9, 1, 7].map((due, place) => thing(place + 1, { kind: 'due', due_at: due })),
        )
        const claimed = await store.claim(things, { ...claimOf('due', 'me'), limit: 3 })
        expect(claimed.map(({ due_at }) => due_at)).toEqual([1, 3, 5])
        expect(await store.claim(things, { ...claimOf('due', 'you'), limit: 9 })).toHaveLength(2)
        expect(await store.claim(things, claimOf('due', 'late'))).toEqual([])
      })

      it('takes the first over several values of a field', async () => {
        await store.insert(
          things,
          ...numbers(30).map((number) => thing(number, { kind: `k${number % 4}`, due_at: 100 - number })),
        )
        const claimed = await store.claim(things, {
          filter: [
            { field: 'kind', op: 'in', value: ['k0', 'k1', 'k3'] },
            { field: 'due_at', op: 'lte', value: 95 },
          ],
          order: [{ field: 'due_at', direction: 'asc' }],
          limit: 6,
          patch: { set: { due_at: undefined } },
        })
        expect(claimed.map(({ key }) => key)).toEqual(['key-29', 'key-28', 'key-27', 'key-25', 'key-24', 'key-23'])
      })

      it('gives each document to exactly one of many contenders', async () => {
        await store.insert(things, ...numbers(200).map((number) => thing(number, { kind: 'due', due_at: number })))
        const claims = await Promise.all(
          numbers(CONTENDERS).map((who) => store.claim(things, { ...claimOf('due', `w${who}`), limit: 5 })),
        )
        const ids = claims.flat().map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).toHaveLength(200)
        for (const [place, claimed] of claims.entries()) {
          for (const document of claimed)
            expect((await store.get(things, document.id))?.claimed_by).toBe(`w${place + 1}`)
        }
      })

      it('gives one due document to one of many contenders', async () => {
        await store.insert(things, thing(1, { kind: 'due', due_at: 1 }))
        const claims = await Promise.all(
          numbers(CONTENDERS).map((who) => store.claim(things, claimOf('due', `w${who}`))),
        )
        expect(claims.flat()).toHaveLength(1)
      })

      it('moves what is counted', async () => {
        await store.insert(things, thing(1, { kind: 'due', due_at: 1 }), thing(2, { kind: 'due', due_at: 2 }))
        await store.claim(things, { ...claimOf('due', 'me'), limit: 1, patch: { set: { kind: 'taken' } } })
        expect(await store.count(things, [{ field: 'kind', op: 'eq', value: 'due' }])).toBe(1)
        expect(await store.count(things, [{ field: 'kind', op: 'eq', value: 'taken' }])).toBe(1)
      })

      it('refuses a patch that does not fit, and claims nothing then', async () => {
        await store.insert(things, thing(1, { kind: 'due', due_at: 1, body: 'text' }))
        await expect(store.claim(things, { ...claimOf('due', 'me'), patch: { push: { body: 1 } } })).rejects.toThrow(
          InvalidError,
        )
        await expect(store.claim(things, { ...claimOf('due', 'me'), patch: { set: { rev: 7 } } })).rejects.toThrow(
          InvalidError,
        )
        expect(await store.get(things, idOf(1))).toEqual(thing(1, { kind: 'due', due_at: 1, body: 'text' }))
      })
    })

    describe('remove', () => {
      it('removes what matches, at most as many as asked, and says how many', async () => {
        await store.insert(
          things,
          ...numbers(10).map((number) => thing(number, { kind: number <= 6 ? 'old' : 'new', body: { number } })),
        )
        const filter = [{ field: 'kind', op: 'eq', value: 'old' }] as const
        expect(await store.remove(things, filter, 4)).toBe(4)
        expect(await store.count(things, filter)).toBe(2)
        expect(await store.remove(things, filter, 4)).toBe(2)
        expect(await store.remove(things, filter, 4)).toBe(0)
        expect(await store.remove(things, [{ path: 'body.number', op: 'eq', value: 8 }], 4)).toBe(1)
        expect(await idsOf([])).toEqual([7, 9, 10])
        expect(await store.count(things, [])).toBe(3)
      })
    })

    storeFindContract(() => store, traits)
    storeConstantContract(() => store)
    storeTallyContract(() => store)
    storeModelContract(() => store)
  })
}

function claimOf(kind: string, who: string) {
  return {
    filter: [
      { field: 'kind', op: 'eq', value: kind },
      { field: 'claimed_by', op: 'eq', value: null },
    ],
    order: [{ field: 'due_at', direction: 'asc' }],
    limit: 1,
    patch: { set: { claimed_by: who } },
  } as const
}

async function removeAll(store: Store): Promise<void> {
  while ((await store.remove(things, [], 10_000)) > 0);
  while ((await store.remove(entries, [], 10_000)) > 0);
  while ((await store.remove(orders, [], 10_000)) > 0);
}
