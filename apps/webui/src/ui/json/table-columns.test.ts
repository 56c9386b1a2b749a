import { expect, it } from 'vitest'
import { cellText, columnsOf } from './table-columns.ts'

it('has a column for every key of any row, as wide as what is in it', () => {
  const rows = [{ host: 'web-1', up: true }, undefined, { host: 'web-12', note: 'x'.repeat(400) }, 3]
  expect(columnsOf(rows)).toEqual([
    { name: 'host', width: 9 },
    { name: 'up', width: 7 },
    { name: 'note', width: 44 },
  ])
})

it('shows scalars as they are, and how much is in anything else', () => {
  const row = { zero: 0, no: false, none: null, list: [1, 2], empty: {} }
  expect(['zero', 'no', 'none', 'list', 'empty', 'missing'].map((name) => cellText(row, name).text)).toEqual([
    '0',
    'false',
    'null',
    '2 items',
    '{}',
    '',
  ])
})
