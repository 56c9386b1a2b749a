import { ConflictError, InvalidError } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { idOf, type Order, orders } from './contract-collections.ts'
import type { Filter, Store } from './store.ts'

const PIECE = 'ä"\\\n𝒳'
const SIZES = { small: 10, large: 100_000 } as const

/** Documents of which a part stays as it was inserted, whatever its size. */
export function storeConstantContract(storeOf: () => Store): void {
  describe.each(Object.entries(SIZES))('what is constant in a document and %s', (_size, length) => {
    const goods = { list: [PIECE.repeat(length)], 'a.b': null, name: 'Rarity', __proto__: null }
    const order = (number: number, status = 'new'): Order => {
      return { id: idOf(number), rev: 1, status, goods: JSON.parse(JSON.stringify(goods)), sealed: 's'.repeat(length) }
    }
    const all = (filter: Filter = []): Promise<Order[]> => storeOf().find(orders, { filter })

    it('is there in every kind of read', async () => {
      await storeOf().insert(orders, order(1), order(2))
      expect(await storeOf().get(orders, idOf(1))).toStrictEqual(order(1))
      expect(await all()).toStrictEqual([order(1), order(2)])
      expect(await all([{ field: 'status', op: 'eq', value: 'new' }])).toStrictEqual([order(1), order(2)])
      expect(await all([{ path: 'goods.name', op: 'eq', value: 'Rarity' }])).toStrictEqual([order(1), order(2)])
      expect(await all([{ path: 'goods.name', op: 'eq', value: 'else' }])).toStrictEqual([])
      expect(await all([{ paths: ['goods.name', 'status'], op: 'contains', value: 'rari' }])).toHaveLength(2)
      expect(await storeOf().count(orders, [{ paths: ['goods'], op: 'contains', value: 'RARITY' }])).toBe(2)
      expect(await storeOf().count(orders, [{ paths: ['sealed'], op: 'contains', value: 'rarity' }])).toBe(0)
    })

    it('stays through changes of the rest', async () => {
      await storeOf().insert(orders, order(1))
      const replaced = await storeOf().replace(orders, { ...order(1), status: 'sold', log: ['sold'] })
      expect(replaced).toStrictEqual({ ...order(1), rev: 2, status: 'sold', log: ['sold'] })
      expect(await storeOf().get(orders, idOf(1))).toStrictEqual(replaced)
      expect(await storeOf().replace(orders, { ...order(1), status: 'late' })).toBeNull()
      const claimed = await storeOf().claim(orders, {
        filter: [{ field: 'status', op: 'eq', value: 'sold' }],
        order: [],
        limit: 1,
        patch: { set: { status: 'sent' }, push: { log: 'sent' } },
      })
      expect(claimed).toStrictEqual([{ ...order(1), rev: 3, status: 'sent', log: ['sold', 'sent'] }])
      expect(await all()).toStrictEqual(claimed)
    })

    it('is refused in a patch', async () => {
      await storeOf().insert(orders, order(1))
      const claim = { filter: [], order: [], limit: 1 }
      await expect(storeOf().claim(orders, { ...claim, patch: { set: { 'goods.name': 1 } } })).rejects.toThrow(
        InvalidError,
      )
      await expect(storeOf().claim(orders, { ...claim, patch: { push: { goods: 1 } } })).rejects.toThrow(InvalidError)
      expect(await all()).toStrictEqual([order(1)])
    })

    it('is another one when the document is put anew, or removed and inserted', async () => {
      const { sealed: _sealed, ...without } = order(1)
      await storeOf().insert(orders, order(1))
      await storeOf().put(orders, { ...without, goods: 'few' })
      expect(await all()).toStrictEqual([{ ...without, goods: 'few' }])
      await storeOf().put(orders, order(1))
      expect(await all()).toStrictEqual([order(1)])
      expect(await storeOf().remove(orders, [], 10)).toBe(1)
      await storeOf().insert(orders, { ...without, goods: null })
      expect(await all()).toStrictEqual([{ ...without, goods: null }])
    })

    it('of several documents is not there when one of them is refused', async () => {
      await storeOf().insert(orders, order(2))
      await expect(storeOf().insert(orders, order(1), order(2))).rejects.toThrow(ConflictError)
      const { sealed: _sealed, ...without } = order(1)
      await storeOf().insert(orders, { ...without, goods: 1 })
      expect(await all()).toStrictEqual([{ ...without, goods: 1 }, order(2)])
    })
  })
}
