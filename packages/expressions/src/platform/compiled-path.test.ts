import { describe, expect, it } from 'vitest'
import { Budget, DEFAULT_LIMITS } from '../limits.ts'
import { JsonPath } from './compiled-path.ts'

describe('a JSONPath that is parsed once', () => {
  it('finds the same as often as it is asked', () => {
    const path = new JsonPath('list[*].x')
    expect(path.find({ list: [{ x: 1 }, { y: 2 }, { x: 3 }] })).toEqual([1, 3])
    expect(path.find({ list: [] })).toEqual([])
    expect(path.source).toBe('list[*].x')
  })

  it('is refused when it is none', () => {
    expect(() => new JsonPath('a b')).toThrow('Parse error')
  })

  it('ends when its budget is spent', () => {
    const budget = new Budget({ ...DEFAULT_LIMITS, steps: 100 })
    const value = { list: Array.from({ length: 1000 }, (_, x) => ({ x })) }
    expect(() => new JsonPath('$..x').find(value, budget)).toThrow('limit of steps (100)')
  })
})
