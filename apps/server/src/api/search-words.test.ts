import { describe, expect, it } from 'vitest'
import { readSearchWords } from './search-words.ts'

describe('the words of a search', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['  ', []],
    ['web-7', ['web-7']],
    ['disk  web-7', ['disk', 'web-7']],
    ['"disk full" web', ['disk full', 'web']],
    ['a"b c"d', ['a', 'b c', 'd']],
    ['"no end', ['no end']],
    ['"" " "', []],
    ['twice twice', ['twice']],
    ['path:value,other', ['path:value,other']],
  ])('%s', (text, words) => {
    expect(readSearchWords(text)).toEqual(words)
  })

  it('are not too many, and not too long', () => {
    expect(() => readSearchWords('a b c d e f g h i')).toThrow('q has 9 words; at most 8 are allowed.')
    expect(() => readSearchWords('x'.repeat(201))).toThrow('q has 201 characters; at most 200 are allowed.')
  })
})
