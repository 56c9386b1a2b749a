import { describe, expect, it } from 'vitest'
import { cutLines } from './cut-lines.ts'

describe('cutLines', () => {
  it('leaves lines of a bearable length alone, however many', () => {
    const text = 'abc\n'.repeat(10)
    expect(cutLines(text, 5)).toBe(text)
  })

  it('cuts a longer line and says how much is missing', () => {
    expect(cutLines('ab\nabcdefgh\n', 5)).toBe('ab\nabcde … 3 more characters\n')
  })
})
