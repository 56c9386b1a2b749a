import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dumpsJson, equals, parseJson, parseLiteral, repr, toFloat, toInt } from './index.ts'

const jsonValue = fc.jsonValue({ maxDepth: 4, noUnicodeString: false })

describe('for any JSON value', () => {
  it('reading back its repr gives an equal value', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        expect(equals(parseLiteral(repr(value)), value)).toBe(true)
      }),
    )
  })

  it('json.dumps is JSON of an equal value, sorted or not', () => {
    fc.assert(
      fc.property(jsonValue, fc.boolean(), (value, sortKeys) => {
        expect(equals(parseJson(dumpsJson(value, { sortKeys })), value)).toBe(true)
      }),
    )
  })
})

describe('for any number', () => {
  it('the text of a float reads back as the same float', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(toFloat(repr(value))).toBe(value)
      }),
    )
  })

  it('the text of an integer reads back as the same integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (value) => {
        expect(equals(toInt(repr(value)), value)).toBe(true)
      }),
    )
  })
})
