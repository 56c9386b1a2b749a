import { describe, expect, it } from 'vitest'
import { CompiledCache } from './compiled-cache.ts'

function counting(limits?: { entries: number; bytes: number }) {
  const compiled: string[] = []
  const cache = new CompiledCache((source) => {
    if (source === 'mistake') throw new Error(source)
    compiled.push(source)
    return { source }
  }, limits)
  return { cache, compiled }
}

describe('CompiledCache', () => {
  it('compiles a text once', () => {
    const { cache, compiled } = counting()
    expect(cache.get('a')).toBe(cache.get('a'))
    expect(compiled).toEqual(['a'])
  })

  it('keeps no mistakes', () => {
    const { cache } = counting()
    expect(() => cache.get('mistake')).toThrow('mistake')
    expect(() => cache.get('mistake')).toThrow('mistake')
    expect(cache.size).toBe(0)
  })

  it('keeps what is used, however many others come by', () => {
    const { cache, compiled } = counting({ entries: 10, bytes: 1_000_000 })
    for (let at = 0; at < 1_000; at++) {
      cache.get('used')
      cache.get(`other ${at}`)
      expect(cache.size).toBeLessThanOrEqual(10)
    }
    expect(compiled.filter((source) => source === 'used')).toHaveLength(1)
  })

  it('is bounded in bytes, and does not keep what alone is too large', () => {
    const { cache, compiled } = counting({ entries: 1_000, bytes: 1_000_000 })
    for (let at = 0; at < 100; at++) cache.get(`${at}${'x'.repeat(500)}`)
    expect(cache.size).toBeLessThan(1_000_000 / (500 * 150))
    cache.get('y'.repeat(100_000))
    cache.get('y'.repeat(100_000))
    expect(compiled.filter((source) => source.startsWith('y'))).toHaveLength(2)
  })
})
