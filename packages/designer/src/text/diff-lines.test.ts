import { describe, expect, it } from 'vitest'
import { diffLines } from './diff-lines.ts'

function shown(before: string, after: string): string[] {
  return diffLines(before, after).map(({ kind, text, oldLine, newLine }) => {
    return `${oldLine ?? ''}:${newLine ?? ''}${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`
  })
}

describe('two texts by lines', () => {
  it('show what was removed before what was added', () => {
    expect(shown('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual(['1:1 a', '2:-b', ':2+x', '3:3 c', '4:4 d', ':5+e'])
    expect(shown('a\nb\nc\n', 'c\n')).toEqual(['1:-a', '2:-b', '3:1 c'])
    expect(shown('', 'a')).toEqual([':1+a'])
    expect(shown('a', '')).toEqual(['1:-a'])
  })

  it('count a line end as part of its line', () => {
    expect(shown('a\nb', 'a\nb\n')).toEqual(['1:1 a', '2:-b', ':2+b'])
    expect(shown('a\r\n', 'a\n')).toEqual(['1:-a', ':1+a'])
    expect(shown('a\r\nb', 'a\r\nb')).toEqual(['1:1 a', '2:2 b'])
  })
})
