import { describe, expect, it } from 'vitest'
import { checkSchema } from './check-schema.ts'
import { InvalidSchemaError } from './failure.ts'

describe('checkSchema', () => {
  it('accepts the schemas of triggers and inquiries', () => {
    const schema = {
      type: 'object',
      properties: { url: { type: 'string', required: true, format: 'uri', 'x-hint': 1 } },
      additionalProperties: false,
      required: true,
    }
    expect(() => checkSchema(schema)).not.toThrow()
    expect(() => checkSchema({ type: ['object', 'null'], format: 'x' })).not.toThrow()
  })

  it.each([
    [{ frob: 1 }, "Additional properties are not allowed ('frob' was unexpected)", []],
    [{ required: ['a'] }, "['a'] is not of type 'boolean'", ['required']],
    [{ properties: { a: { type: 'text' } } }, /'text' is not /, ['properties', 'a', 'type']],
    [{ properties: { a: { pattern: '(' } } }, /missing \), unterminated subpattern/, ['properties', 'a', 'pattern']],
    [5, "5 is not of type 'object'", []],
  ])('refuses %j', (schema, reason, path) => {
    const error = errorOf(() => checkSchema(schema))
    expect(error).toMatchObject({ path })
    expect(error.reason).toMatch(reason)
  })
})

function errorOf(act: () => void): InvalidSchemaError {
  try {
    act()
  } catch (error) {
    if (error instanceof InvalidSchemaError) return error
    throw error
  }
  return expect.unreachable()
}
