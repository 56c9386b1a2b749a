import { expect, it } from 'vitest'
import { formatList } from './list-table.ts'

it('never makes the last column narrower than five cells', () => {
  const table = formatList([{ id: '1', status: 'running', v: 'abcdefghijkl' }], {
    attributes: ['id', 'status', 'v'],
    columns: 40,
  })
  expect(table.split('\n').slice(3, -1)).toEqual([
    '| 1  | running | abcde |',
    '|    |         | fghij |',
    '|    |         | kl    |',
  ])
})
