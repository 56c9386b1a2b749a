import { expect, it } from 'vitest'
import { formatGrid } from './grid.ts'

it('keeps the borders in line around characters that take two cells', () => {
  const columns = [
    { title: 'ref', maxWidth: 6 },
    { title: 'text', maxWidth: 9 },
  ]
  expect(
    formatGrid(columns, [
      ['日本語です', 'é 🚀 ok'],
      ['a\nb', ''],
    ]).split('\n'),
  ).toEqual([
    '+--------+---------+',
    '| ref    | text    |',
    '+--------+---------+',
    '| 日本語 | é 🚀 ok |',
    '| です   |         |',
    '| a      |         |',
    '| b      |         |',
    '+--------+---------+',
  ])
})
