import { expect, it } from 'vitest'
import { pickFields, valueAt } from './fields.ts'

const DOCUMENT = { id: '1', none: null, a: { b: { c: 1 }, 'd e': 2, list: [{ x: 1 }, { x: 2 }] }, empty: '' }

it.each([
  ['id', '1'],
  ['a.b.c', 1],
  ['a.b.nope', undefined],
  ['a.list[1].x', 2],
  ['a.list[-1].x', 2],
  ['$.a.list[*].x', 1],
  ["a['d e']", 2],
  ['$..c', 1],
  ['constructor', undefined],
])('finds %s', (path, value) => {
  expect(valueAt(DOCUMENT, path)).toBe(value)
})

it('refuses what it cannot read', () => {
  expect(() => valueAt(DOCUMENT, 'a[?(@.x>1)]')).toThrow('"a[?(@.x>1)]" is no JSONPath expression')
})

it('nests dotted attributes and leaves out what is missing or null', () => {
  expect(pickFields(DOCUMENT, ['id', 'a.b.c', 'a.d', 'none', 'empty'])).toEqual({
    id: '1',
    a: { b: { c: 1 } },
    empty: '',
  })
  expect(pickFields(DOCUMENT, ['all'])).toEqual({ id: '1', a: DOCUMENT.a, empty: '' })
})
