import { describe, expect, it } from 'vitest'
import { RecentTexts } from './recent-texts.ts'

const MEGABYTES_4 = 'x'.repeat(4 * 1024 * 1024)

describe('recent texts', () => {
  it('are known until they are forgotten', () => {
    const texts = new RecentTexts()
    texts.add('a', 'one')
    expect(texts.get('a')).toBe('one')
    texts.forget('a')
    texts.forget('a')
    expect(texts.get('a')).toBeUndefined()
  })

  it('go when there are too many, the oldest first; one that comes again is new', () => {
    const texts = new RecentTexts()
    for (const hash of ['a', 'b', 'c', 'd', 'a', 'e']) texts.add(hash, MEGABYTES_4)
    expect(['a', 'b', 'c', 'd', 'e'].filter((hash) => texts.get(hash) !== undefined)).toEqual(['a', 'c', 'd', 'e'])
  })

  it('are not kept when a single one is too long', () => {
    const texts = new RecentTexts()
    texts.add('a', 'short')
    texts.add('b', `${MEGABYTES_4}x`)
    expect(texts.get('a')).toBe('short')
    expect(texts.get('b')).toBeUndefined()
  })
})
