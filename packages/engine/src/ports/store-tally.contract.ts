import { InvalidError } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { thing, things } from './contract-collections.ts'
import type { Store, Tally } from './store.ts'

const DAY = { field: 'created', length: 10 } as const
const ALL: Tally = { filter: [], by: 'kind', over: DAY, limit: 1000 }

/** Counts in groups, by a value and by the beginning of a text. */
export function storeTallyContract(storeOf: () => Store): void {
  describe('tally', () => {
    const tallied = async (change: Partial<Tally> = {}) =>
      (await storeOf().tally(things, { ...ALL, ...change })).map(({ over, value, count }) => [over, value, count])
    const insert = () =>
      storeOf().insert(
        things,
        thing(1, { kind: 'b', created: '2026-11-01T10:00' }),
        thing(2, { kind: 'a', created: '2026-11-01T10:30' }),
        thing(3, { kind: 'b', created: '2026-11-01T11:00', nested: { owner: 'me' } }),
        thing(4, { created: '2026-11-02T00:00', size: 7 }),
        thing(5, { kind: 'a', created: '2026-11-02T00:00', parent: 'p' }),
        thing(6, { kind: 'a' }),
      )

    it('counts by value and by the beginning of a text, in their order', async () => {
      await insert()
      expect(await tallied()).toEqual([
        ['2026-11-01', 'a', 1],
        ['2026-11-01', 'b', 2],
        ['2026-11-02', null, 1],
        ['2026-11-02', 'a', 1],
      ])
      expect(
        await tallied({ over: { field: 'created', length: 13 }, filter: [{ field: 'kind', op: 'eq', value: 'b' }] }),
      ).toEqual([
        ['2026-11-01T10', 'b', 1],
        ['2026-11-01T11', 'b', 1],
      ])
      expect(await tallied({ by: 'size' })).toEqual([
        ['2026-11-01', null, 3],
        ['2026-11-02', null, 1],
        ['2026-11-02', 7, 1],
      ])
    })

    it('counts what the filter leaves', async () => {
      await insert()
      expect(await tallied({ filter: [{ field: 'parent', op: 'ne', value: null }] })).toEqual([['2026-11-02', 'a', 1]])
      expect(await tallied({ filter: [{ field: 'kind', op: 'in', value: ['b', 'c'] }] })).toEqual([
        ['2026-11-01', 'b', 2],
      ])
      expect(await tallied({ filter: [{ field: 'created', op: 'gte', value: '2026-11-02' }] })).toEqual([
        ['2026-11-02', null, 1],
        ['2026-11-02', 'a', 1],
      ])
      expect(await tallied({ filter: [{ field: 'owner', op: 'eq', value: 'you' }] })).toEqual([])
    })

    it('looks at the last ones only, where there are more than it may look at', async () => {
      await insert()
      expect(await tallied({ limit: 3 })).toEqual([
        ['2026-11-01', 'b', 1],
        ['2026-11-02', null, 1],
        ['2026-11-02', 'a', 1],
      ])
    })

    it('refuses what it cannot count by', async () => {
      await expect(tallied({ by: 'nothing' })).rejects.toThrow(/nothing/)
      await expect(tallied({ over: { field: 'nowhere', length: 3 } })).rejects.toThrow(/nowhere/)
      const scanned = { path: 'body.x', op: 'eq', value: 1 } as const
      await expect(tallied({ filter: [scanned] })).rejects.toThrow(InvalidError)
    })
  })
}
