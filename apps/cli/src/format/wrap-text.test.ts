import { expect, it } from 'vitest'
import { wrapText } from './wrap-text.ts'

it.each([
  ['one two three', 7, ['one two', 'three']],
  ['examples.orquesta-fail-inspection', 15, ['examples.orques', 'ta-fail-', 'inspection']],
  ['a_word_without_a_break', 8, ['a_word_w', 'ithout_a', '_break']],
  ['x--y z', 3, ['x--', 'y z']],
  ['1-2 3-4', 3, ['1-2', '3-4']],
  ['  indented text', 10, ['  indented', 'text']],
  ['日本語です', 4, ['日本', '語で', 'す']],
  ['日', 1, ['日']],
  ['a\tb', 20, ['a       b']],
  ['', 5, []],
])('breaks %j at %d cells', (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines)
})
