import { expect, it } from 'vitest'
import { findLines } from './find-lines.ts'

it('finds lines in any case and across colours', () => {
  const lines = ['one', '\u001b[31mEr\u001b[0mror here', 'an ERROR', 'three'].map((text) => ({
    stream: 'stdout' as const,
    text,
    carried: '',
  }))
  expect(findLines(lines, 'error')).toEqual([1, 2])
  expect(findLines(lines, '')).toEqual([])
})
