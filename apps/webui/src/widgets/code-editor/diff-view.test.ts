import { expect, it } from 'vitest'
import { countDifferences } from './diff-view.ts'

it.each<[string, string, number, number]>([
  ['a\nb\nc\n', 'a\nb\nc\n', 0, 0],
  ['a\nb\nc\n', 'a\nx\nc\n', 1, 1],
  ['a\nb\nc\n', 'a\nc\n', 1, 0],
  ['a\nc', 'a\nb1\nb2\nc', 0, 2],
  ['a\r\nb\r\n', 'a\nb\n', 0, 0],
])('%j against %j', (before, after, removed, added) => {
  expect(countDifferences(before, after)).toEqual({ removed, added })
})
