import { describe, expect, it } from 'vitest'
import { expressionText, pathSteps, pathText, valueAtPath } from './json-path.ts'

describe('a path', () => {
  it.each([
    ['$', []],
    ['$.tasks[3].name', ['tasks', 3, 'name']],
    ['$["a b"].x-y["with \\"quotes\\""]', ['a b', 'x-y', 'with "quotes"']],
    ['$["0"][0]', ['0', 0]],
  ])('%s is read and written', (text, steps) => {
    expect(pathSteps(text)).toEqual(steps)
    expect(pathText(steps)).toBe(text)
  })

  it('leads to a value', () => {
    expect(valueAtPath({ a: [{ 'b c': 1 }] }, ['a', 0, 'b c'])).toBe(1)
    expect(valueAtPath({ a: 1 }, ['a', 'b'])).toBeUndefined()
  })

  it('is said as an expression', () => {
    expect(expressionText(['items', 0, 'a-b'])).toBe('items[0]["a-b"]')
  })

  it('is refused when it is none', () => {
    expect(() => pathSteps('$.a..b')).toThrow('“$.a..b” is no path.')
  })
})
