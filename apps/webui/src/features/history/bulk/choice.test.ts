import { expect, it } from 'vitest'
import { flipped, ranged } from './choice.ts'

const ORDER = ['a', 'b', 'c', 'd', 'e']

it.each([
  { what: 'down from the last one', ids: ['b'], anchor: 'b', id: 'd', chosen: 'b c d' },
  { what: 'up from the last one', ids: ['d'], anchor: 'd', id: 'b', chosen: 'd b c' },
  { what: 'out again, as the last of them', ids: ['a', 'b', 'c', 'd'], anchor: 'b', id: 'c', chosen: 'a d' },
  { what: 'that one alone when the range begins on another page', ids: ['z'], anchor: 'z', id: 'b', chosen: 'z b' },
  { what: 'that one alone when nothing was chosen before', ids: [], anchor: null, id: 'c', chosen: 'c' },
])('a range takes $what', ({ ids, anchor, id, chosen }) => {
  const after = ranged({ ids: new Set(ids), anchor }, id, ORDER)
  expect([...after.ids].join(' ')).toBe(chosen)
  expect(after.anchor).toBe(id)
})

it('takes one in and out', () => {
  const chosen = flipped({ ids: new Set(), anchor: null }, 'b')
  expect([...chosen.ids]).toEqual(['b'])
  expect([...flipped(chosen, 'b').ids]).toEqual([])
})
