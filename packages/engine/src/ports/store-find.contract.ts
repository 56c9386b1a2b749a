import { InvalidError } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { idOf, numbers, numbersFound, thing, things, type Thing } from './contract-collections.ts'
import type { Condition, Filter, Order, Query, Store } from './store.ts'

/** Where what a test runs against is not the real thing. */
export interface StoreTraits {
  /** A stand-in in a language of UTF-16 texts orders characters beyond U+FFFF before some others. */
  readonly textOrder: 'code points' | 'utf-16'
}

/** What queries find, in which order, and which values a field has. */
export function storeFindContract(storeOf: () => Store, traits: () => StoreTraits): void {
  const idsOf = (filter: Filter, order?: readonly Order[]): Promise<number[]> =>
    numbersFound(storeOf(), order === undefined ? { filter } : { filter, order })
  const found = (condition: Condition): Promise<number[]> => idsOf([condition])

  describe('find', () => {
    it('orders by a field, breaking ties by id in the direction of the last field', async () => {
      await storeOf().insert(
        things,
        thing(1, { created: 'b' }),
        thing(2, { created: 'a' }),
        thing(3, { created: 'b' }),
        thing(4, { created: 'a' }),
      )
      expect(await idsOf([], [{ field: 'created', direction: 'asc' }])).toEqual([2, 4, 1, 3])
      expect(await idsOf([], [{ field: 'created', direction: 'desc' }])).toEqual([3, 1, 4, 2])
    })

    it('orders by several fields and by id', async () => {
      await storeOf().insert(
        things,
        thing(1, { kind: 'a', size: 2 }),
        thing(2, { kind: 'b', size: 1 }),
        thing(3, { kind: 'a', size: 1 }),
        thing(4, { kind: 'b', size: 1 }),
      )
      const order = (kind: 'asc' | 'desc', size: 'asc' | 'desc') =>
        idsOf(
          [],
          [
            { field: 'kind', direction: kind },
            { field: 'size', direction: size },
          ],
        )
      expect(await order('asc', 'asc')).toEqual([3, 1, 2, 4])
      expect(await order('desc', 'asc')).toEqual([2, 4, 3, 1])
      expect(await order('asc', 'desc')).toEqual([1, 3, 4, 2])
      expect(await idsOf([], [{ field: 'id', direction: 'desc' }])).toEqual([4, 3, 2, 1])
      expect(await idsOf([])).toEqual([1, 2, 3, 4])
    })

    it('orders integers by value and texts by code points, absent ones first', async () => {
      await storeOf().insert(
        things,
        thing(1, { size: 10, kind: 'é' }),
        thing(2, { size: 9, kind: 'Z' }),
        thing(3, { size: -1, kind: 'a' }),
        thing(4),
        thing(5, { size: 0, kind: '\u{1F600}' }),
        thing(6, { size: 5, kind: '\uFFFD' }),
      )
      expect(await idsOf([], [{ field: 'size', direction: 'asc' }])).toEqual([4, 3, 5, 6, 2, 1])
      const last = traits().textOrder === 'code points' ? [6, 5] : [5, 6]
      expect(await idsOf([], [{ field: 'kind', direction: 'asc' }])).toEqual([4, 2, 3, 1, ...last])
    })

    it('pages by offset and limit without gaps', async () => {
      await storeOf().insert(
        things,
        ...numbers(25).map((number) =>
          thing(number, { kind: number % 2 === 0 ? 'even' : 'odd', created: `c${number % 3}` }),
        ),
      )
      const order = [{ field: 'created', direction: 'desc' }] as const
      for (const filter of [
        [],
        [{ field: 'kind', op: 'in', value: ['even', 'odd'] }],
        [{ field: 'kind', op: 'eq', value: 'odd' }],
      ] as const) {
        const all = await storeOf().find(things, { filter, order })
        const pages: Thing[] = []
        for (let offset = 0; offset < 30; offset += 7)
          pages.push(...(await storeOf().find(things, { filter, order, limit: 7, offset })))
        expect(pages).toEqual(all)
      }
      expect(await storeOf().find(things, { limit: 0 })).toEqual([])
      expect(await storeOf().find(things, { limit: 3, offset: 100 })).toEqual([])
    })

    it('takes eq null as absent and ne null as present', async () => {
      await storeOf().insert(things, thing(1, { kind: 'a', parent: 'p' }), thing(2, { kind: 'a' }), thing(3))
      expect(await found({ field: 'parent', op: 'eq', value: null })).toEqual([2, 3])
      expect(await found({ field: 'parent', op: 'ne', value: null })).toEqual([1])
      expect(await found({ field: 'kind', op: 'ne', value: 'b' })).toEqual([1, 2, 3])
      expect(await found({ field: 'kind', op: 'ne', value: 'a' })).toEqual([3])
    })

    it('compares with lt, lte, gt and gte, which absent values never match', async () => {
      await storeOf().insert(things, thing(1, { size: 1 }), thing(2, { size: 2 }), thing(3, { size: 3 }), thing(4))
      expect(await found({ field: 'size', op: 'lt', value: 2 })).toEqual([1])
      expect(await found({ field: 'size', op: 'lte', value: 2 })).toEqual([1, 2])
      expect(await found({ field: 'size', op: 'gt', value: 2 })).toEqual([3])
      expect(await found({ field: 'size', op: 'gte', value: 2 })).toEqual([2, 3])
      expect(await found({ field: 'size', op: 'lt', value: null })).toEqual([])
      expect(await found({ field: 'id', op: 'gt', value: idOf(2) })).toEqual([3, 4])
    })

    it('takes lists of values, null among them', async () => {
      await storeOf().insert(
        things,
        thing(1, { kind: 'a' }),
        thing(2, { kind: 'b' }),
        thing(3, { kind: 'c' }),
        thing(4),
      )
      expect(await found({ field: 'kind', op: 'in', value: ['a', 'c', 'x'] })).toEqual([1, 3])
      expect(await found({ field: 'kind', op: 'in', value: ['a', null] })).toEqual([1, 4])
      expect(await found({ field: 'kind', op: 'in', value: [] })).toEqual([])
      expect(await found({ field: 'kind', op: 'nin', value: ['a', 'c'] })).toEqual([2, 4])
      expect(await found({ field: 'kind', op: 'nin', value: ['a', null] })).toEqual([2, 3])
      expect(await found({ field: 'kind', op: 'nin', value: [] })).toEqual([1, 2, 3, 4])
      expect(await found({ field: 'id', op: 'in', value: [idOf(4), idOf(2), idOf(9)] })).toEqual([2, 4])
    })

    it('takes a thousand values and refuses more', async () => {
      await storeOf().insert(things, ...numbers(20).map((number) => thing(number, { kind: `k${number}` })))
      const values = numbers(1_000).map((number) => `k${number}`)
      expect(await found({ field: 'kind', op: 'in', value: values })).toHaveLength(20)
      expect(await storeOf().count(things, [{ field: 'key', op: 'nin', value: values }])).toBe(20)
      await expect(found({ field: 'kind', op: 'in', value: [...values, 'one more'] })).rejects.toThrow(InvalidError)
    })

    it('finds texts by prefix, whatever characters it has', async () => {
      const kinds = [
        'core.local',
        'core.local_sudo',
        'core',
        'corf',
        'Core.local',
        'core.%',
        'core.\u{10FFFF}x',
        'é1',
        'é2',
      ]
      await storeOf().insert(things, ...kinds.map((kind, place) => thing(place + 1, { kind })), thing(99))
      expect(await found({ field: 'kind', op: 'prefix', value: 'core.' })).toEqual([1, 2, 6, 7])
      expect(await found({ field: 'kind', op: 'prefix', value: 'core.%' })).toEqual([6])
      expect(await found({ field: 'kind', op: 'prefix', value: 'core.\u{10FFFF}' })).toEqual([7])
      expect(await found({ field: 'kind', op: 'prefix', value: 'é' })).toEqual([8, 9])
      expect(await found({ field: 'kind', op: 'prefix', value: '' })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    })

    it('matches all conditions, several of one field among them', async () => {
      await storeOf().insert(
        things,
        ...numbers(10).map((number) => thing(number, { kind: number % 2 === 0 ? 'even' : 'odd', size: number })),
      )
      const filter: Filter = [
        { field: 'kind', op: 'eq', value: 'even' },
        { field: 'size', op: 'gt', value: 2 },
        { field: 'size', op: 'lt', value: 9 },
        { field: 'size', op: 'ne', value: 6 },
      ]
      expect(await idsOf(filter)).toEqual([4, 8])
      expect(await idsOf(filter, [{ field: 'created', direction: 'desc' }])).toEqual([8, 4])
    })

    it('takes a header value of another type as absent', async () => {
      const odd: unknown = { ...thing(1), kind: 5, size: 'large', nested: 'none' }
      await storeOf().insert(things, odd as Thing)
      expect(await found({ field: 'kind', op: 'eq', value: null })).toEqual([1])
      expect(await found({ field: 'size', op: 'eq', value: null })).toEqual([1])
      expect(await found({ field: 'owner', op: 'eq', value: null })).toEqual([1])
      expect(await storeOf().get(things, idOf(1))).toStrictEqual(odd)
    })

    it('matches any path of the document exactly, types included', async () => {
      const bodies: unknown[] = [
        { n: 1 },
        { n: '1' },
        { n: true },
        { deep: { x: 'y' } },
        { text: 'a "quoted" \\ ü' },
        { list: [{ n: 1 }, 'item'] },
        { n: null },
      ]
      await storeOf().insert(
        things,
        ...bodies.map((body, place) => thing(place + 1, { kind: place < 4 ? 'early' : 'late', body })),
      )
      expect(await found({ path: 'body.n', op: 'eq', value: 1 })).toEqual([1])
      expect(await found({ path: 'body.n', op: 'eq', value: '1' })).toEqual([2])
      expect(await found({ path: 'body.n', op: 'eq', value: true })).toEqual([3])
      expect(await found({ path: 'body.deep.x', op: 'eq', value: 'y' })).toEqual([4])
      expect(await found({ path: 'body.text', op: 'eq', value: 'a "quoted" \\ ü' })).toEqual([5])
      const odd = ['* ? [a-z] ]', `${'long '.repeat(1_000)}end`, '𝒳'.repeat(700), '%_']
      await storeOf().insert(things, ...odd.map((text, place) => thing(50 + place, { body: { odd: text } })))
      for (const [place, text] of odd.entries())
        expect(await found({ path: 'body.odd', op: 'eq', value: text })).toEqual([50 + place])
      await storeOf().remove(things, [{ field: 'id', op: 'gte', value: idOf(50) }], 10)
      expect(await found({ path: 'body.nothing', op: 'eq', value: 1 })).toEqual([])
      expect(await found({ path: 'constructor.name', op: 'eq', value: 'Object' })).toEqual([])
      expect(await found({ path: 'key', op: 'eq', value: 'key-6' })).toEqual([6])
      const both: Filter = [
        { path: 'body.n', op: 'eq', value: 1 },
        { field: 'kind', op: 'eq', value: 'late' },
      ]
      expect(await idsOf(both)).toEqual([])
      expect(await storeOf().count(things, [{ path: 'body.n', op: 'eq', value: 1 }])).toBe(1)
    })

    it('finds texts and numbers below paths, whatever the case of letters', async () => {
      const bodies: unknown[] = [
        { text: 'Disk FULL on web-7' },
        { deep: [{ list: ['x', { note: 'a disk full of things' }] }] },
        { port: 8080, on: true, nothing: null },
        { 'disk full': 'a key is no text' },
        { odd: 'a "quoted" \\ % _ Ünïcode' },
      ]
      await storeOf().insert(
        things,
        ...bodies.map((body, place) =>
          thing(place + 1, { kind: place % 2 === 0 ? 'even' : 'odd', body, created: `t${place}` }),
        ),
        thing(9, { kind: 'disk full', alias: 'elsewhere' }),
      )
      const inBody = (value: string): Condition => ({ paths: ['body'], op: 'contains', value })
      expect(await found(inBody('disk full'))).toEqual([1, 2])
      expect(await found(inBody('WEB-7'))).toEqual([1])
      expect(await found(inBody('808'))).toEqual([3])
      expect(await found(inBody('true'))).toEqual([])
      for (const text of ['"quoted"', 'd" \\ %', '% _', 'ünÏcode', 'Ü', '\\'])
        expect(await found(inBody(text))).toEqual([5])
      expect(await found(inBody('disk%full'))).toEqual([])
      expect(await found(inBody('d_sk'))).toEqual([])
      expect(await found({ paths: ['kind', 'body.text'], op: 'contains', value: 'disk full' })).toEqual([1, 9])
      expect(await found({ paths: ['id', 'body.deep'], op: 'contains', value: idOf(2).toUpperCase() })).toEqual([2])
      expect(await found({ paths: ['body.deep', 'body'], op: 'contains', value: 'things' })).toEqual([2])
      expect(await idsOf([inBody('disk full'), { field: 'kind', op: 'eq', value: 'odd' }])).toEqual([2])
      expect(await idsOf([inBody('disk'), inBody('things')])).toEqual([2])
      expect(await storeOf().count(things, [inBody('disk full')])).toBe(2)
      const query: Query = {
        filter: [inBody('disk')],
        order: [{ field: 'created', direction: 'desc' }],
        limit: 1,
        offset: 1,
      }
      expect((await storeOf().find(things, query)).map(({ body }) => body)).toEqual([bodies[0]])
    })

    it('orders and pages what it finds by a path', async () => {
      await storeOf().insert(
        things,
        ...numbers(20).map((number) =>
          thing(number, { created: `c${String(99 - number)}`, body: { odd: number % 2 === 1 } }),
        ),
      )
      const page = async (direction: 'asc' | 'desc', limit: number, offset: number) =>
        (
          await storeOf().find(things, {
            filter: [{ path: 'body.odd', op: 'eq', value: true }],
            order: [{ field: 'created', direction }],
            limit,
            offset,
          })
        ).map(({ id }) => Number.parseInt(id, 16))
      expect(await page('desc', 3, 0)).toEqual([1, 3, 5])
      expect(await page('desc', 3, 8)).toEqual([17, 19])
      expect(await page('asc', 3, 1)).toEqual([17, 15, 13])
    })

    it('names the field it can not filter or order by, or whose value is of another type', async () => {
      await expect(found({ field: 'nothing', op: 'eq', value: 1 })).rejects.toThrow(/nothing/)
      await expect(idsOf([], [{ field: 'nothing', direction: 'asc' }])).rejects.toThrow(InvalidError)
      await expect(found({ field: 'size', op: 'eq', value: '1' })).rejects.toThrow(/size/)
      await expect(found({ field: 'kind', op: 'in', value: ['a', 1] })).rejects.toThrow(InvalidError)
      await expect(storeOf().count(things, [{ field: 'nothing', op: 'eq', value: 1 }])).rejects.toThrow(InvalidError)
      await expect(storeOf().find(things, { limit: -1 })).rejects.toThrow(InvalidError)
    })
  })

  describe('distinct', () => {
    it('lists the values of a field, ascending, without repetition', async () => {
      await storeOf().insert(
        things,
        ...numbers(30).map((number) =>
          thing(number, {
            kind: ['b', 'a', 'c'][number % 3],
            created: `t${number % 4}`,
            size: number % 5,
            nested: { owner: 'o' },
          }),
        ),
        thing(99),
      )
      expect(await storeOf().distinct(things, 'kind', 10)).toEqual(['a', 'b', 'c'])
      expect(await storeOf().distinct(things, 'created', 10)).toEqual(['t0', 't1', 't2', 't3'])
      expect(await storeOf().distinct(things, 'size', 10)).toEqual([0, 1, 2, 3, 4])
      expect(await storeOf().distinct(things, 'kind', 2)).toEqual(['a', 'b'])
      expect(await storeOf().distinct(things, 'created', 2)).toEqual(['t0', 't1'])
      expect(await storeOf().distinct(things, 'alias', 2)).toEqual([])
    })

    it('forgets a counted value with its last document', async () => {
      await storeOf().insert(things, thing(1, { kind: 'gone' }), thing(2, { kind: 'stays' }))
      await storeOf().remove(things, [{ field: 'kind', op: 'eq', value: 'gone' }], 10)
      expect(await storeOf().distinct(things, 'kind', 10)).toEqual(['stays'])
    })
  })
}
