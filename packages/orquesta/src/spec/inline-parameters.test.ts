import { describe, expect, it } from 'vitest'
import { parseInlineParameters } from './inline-parameters.ts'

const cases: [string, [string, unknown][]][] = [
  ['core.local cmd="date"', [['cmd', 'date']]],
  [
    "a x='5' y=5 z=-1.5",
    [
      ['x', '5'],
      ['y', 5],
      ['z', -1.5],
    ],
  ],
  [
    'a x=TRUE y=False z=null w=NULL',
    [
      ['x', true],
      ['y', false],
      ['z', null],
    ],
  ],
  ['a x=<% ctx().x %>/foo', [['x', '<% ctx().x %>']]],
  [
    'a x={{ ctx().x }} y=1',
    [
      ['x', '{{ ctx().x }}'],
      ['y', 1],
    ],
  ],
  ['a=[1,2] b=[3]', [['a', '[1,2] b=[3]']]],
  ['a=[1,2]', [['a', [1, 2]]]],
  ['a=["x"]', [['a', '["x"]']]],
  [`a='{"k": 1}'`, [['a', { k: 1 }]]],
  ['a=1e3', [['a', 1]]],
  ['a=""', [['a', '']]],
  ['core.local cmd=date', []],
  ['a = 5', []],
  ['a={"k":1}', []],
]

describe('inline parameters', () => {
  it.each(cases)('of %s', (text, expected) => {
    expect(parseInlineParameters(text)).toEqual(expected)
  })
})
