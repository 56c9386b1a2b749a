import { describe, expect, it } from 'vitest'
import { MAX_MATCHES, searchValue } from './search-value.ts'

describe('searchValue', () => {
  it('finds keys, lines of texts and other scalars', () => {
    const value = { Error: 'all well', log: 'one\nan ERROR here\nthree', list: [{ code: 500 }] }
    expect(searchValue(value, 'error', 0).matches).toEqual([
      { path: '$.Error', isKey: true, line: 0, excerpt: 'Error', column: 0 },
      { path: '$.log', isKey: false, line: 1, excerpt: 'an ERROR here', column: 3 },
    ])
    expect(searchValue(value, '50', 0).matches).toMatchObject([{ path: '$.list[0].code', excerpt: '500' }])
  })

  it('goes on where it stopped', () => {
    const value = Array.from({ length: MAX_MATCHES + 5 }, () => 'x')
    const first = searchValue(value, 'x', 0)
    expect(first.matches).toHaveLength(MAX_MATCHES)
    const second = searchValue(value, 'x', first.next ?? 0)
    expect(second.matches.map(({ path }) => path).at(-1)).toBe(`$[${MAX_MATCHES + 4}]`)
    expect(second.next).toBeNull()
  })
})
