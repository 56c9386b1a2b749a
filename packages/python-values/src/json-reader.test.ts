import { describe, expect, it } from 'vitest'
import { parseJson, PythonValueError, repr } from './index.ts'

describe('parseJson', () => {
  it('keeps floats floats and large integers exact', () => {
    expect(repr(parseJson('[5.0, 5, 1e3, 12345678901234567890, 0.5]'))).toBe(
      '[5.0, 5, 1000.0, 12345678901234567890, 0.5]',
    )
  })

  it('turns integers beyond 64 bits into floats', () => {
    expect(parseJson('123456789012345678901234567890')).toBe(1.2345678901234568e29)
  })

  it('takes -0 for the integer, and pairs of surrogates for a character', () => {
    expect(repr(parseJson(String.raw`[-0, -0.0, "\ud83d\ude00"]`))).toBe("[0, -0.0, '😀']")
  })

  it('does not take digits inside of texts for numbers', () => {
    expect(parseJson('["1.0", "1234567890123456789"]')).toEqual(['1.0', '1234567890123456789'])
  })

  it('keeps a key named __proto__ an ordinary key', () => {
    const value = parseJson('{"__proto__": 1.0}')
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(repr(value)).toBe("{'__proto__': 1.0}")
  })

  it.each([
    ['', 'Input is a zero-length, empty document: line 1 column 1 (char 0)'],
    ['web', 'unexpected character: line 1 column 1 (char 0)'],
    ['{"a":\n x}', 'unexpected character: line 2 column 2 (char 7)'],
    ['[1,', 'unexpected end of data: line 1 column 4 (char 3)'],
    ['1 2', 'unexpected content after document: line 1 column 3 (char 2)'],
    ['{"a": 1,}', 'trailing comma is not allowed: line 1 column 8 (char 7)'],
    ['[1, 1e400]', 'number is infinity when parsed as double: line 1 column 5 (char 4)'],
    ['-01', 'number with leading zero is not allowed: line 1 column 2 (char 1)'],
    [String.raw`{"a":"\ud800"}`, 'no low surrogate in string: line 1 column 13 (char 12)'],
    [String.raw`"\udc00"`, 'invalid high surrogate in string: line 1 column 2 (char 1)'],
    [String.raw`"\x"`, 'invalid escaped character in string: line 1 column 3 (char 2)'],
    ['"a\nb"', 'unexpected control character in string: line 1 column 3 (char 2)'],
    ['[tru', 'unexpected end of data: line 1 column 5 (char 4)'],
    ['trux', 'invalid literal: line 1 column 1 (char 0)'],
    ['1.e5', 'no digit after decimal point: line 1 column 3 (char 2)'],
    ['[-]', 'no digit after minus sign: line 1 column 3 (char 2)'],
    ['  ', 'input data is empty: line 1 column 1 (char 0)'],
    ['['.repeat(1_100), 'array and object recursion depth exceeded: line 1 column 1026 (char 1025)'],
    ['[NaN]', 'unexpected character: line 1 column 2 (char 1)'],
  ])('says where %j stops being JSON', (text, message) => {
    expect(() => parseJson(text)).toThrow(PythonValueError)
    expect(() => parseJson(text)).toThrow(message)
  })
})
