import { PyFloat } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { InvalidSchemaError, SchemaValidationError } from './failure.ts'
import { MAX_SCHEMA_DEPTH, assertValid, compileValidator, validate } from './validator.ts'

describe('compileValidator', () => {
  it('gives the same validator for the same schema object', () => {
    const schema = { type: 'string' }
    expect(compileValidator(schema)).toBe(compileValidator(schema))
  })

  it('refuses an unknown type and names the place', () => {
    expect(() => compileValidator({ properties: { a: { type: 'text' } } })).toThrow(
      new InvalidSchemaError("type 'text' is unknown", ['properties', 'a', 'type']),
    )
  })

  it('refuses arguments of the wrong kind', () => {
    for (const schema of [{ enum: 5 }, { properties: [] }, { minimum: '1' }, { pattern: 5 }, { multipleOf: 0 }]) {
      expect(() => compileValidator(schema)).toThrow(InvalidSchemaError)
    }
  })

  it('refuses an invalid pattern when the schema is compiled, not when a value comes', () => {
    expect(() => compileValidator({ properties: { a: { pattern: '[a' } } })).toThrow(
      /properties\.a\.pattern: pattern '\[a'/,
    )
    expect(() => compileValidator({ patternProperties: { '(': {} } })).toThrow(InvalidSchemaError)
  })

  it('refuses schemas nested without end', () => {
    let schema: Record<string, unknown> = {}
    for (let depth = 0; depth < MAX_SCHEMA_DEPTH; depth += 1) schema = { not: schema }
    expect(() => compileValidator({ not: schema })).toThrow(/nested deeper than/)
  })

  it('ends references that go in circles, also those that multiply', () => {
    const circle = { definitions: { a: { $ref: '#/definitions/a' } }, $ref: '#/definitions/a' }
    expect(() => validate(circle, 1)).toThrow(/followed too often or too deep/)
    const bush = { anyOf: [{ $ref: '#' }, { $ref: '#' }, { type: 'null' }] }
    expect(() => validate(bush, 1)).toThrow(/followed too often or too deep/)
  })

  it('says what a reference misses once a value reaches it', () => {
    const schema = { properties: { a: { $ref: '#/definitions/none' } } }
    expect(validate(schema, {})).toEqual([])
    expect(() => validate(schema, { a: 1 })).toThrow("$ref '#/definitions/none' points to nothing")
    expect(() => validate({ $ref: 'http://example.com/x#' }, 1)).toThrow(/does not point into the schema/)
  })

  it('stays quick on alternatives within alternatives that all fail', () => {
    let schema: Record<string, unknown> = { type: 'string' }
    for (let depth = 0; depth < 60; depth += 1) schema = { anyOf: [schema] }
    expect(() => assertValid(schema, 1)).toThrow("1 is not of type 'string'")
  })
})

describe('assertValid', () => {
  it('throws the failure that upstream shows, with path and keyword', () => {
    const schema = {
      type: 'object',
      properties: { o: { type: 'object', properties: { n: { type: 'integer', required: true } } } },
    }
    const error = errorOf(() => assertValid(schema, { o: {} }))
    expect(error).toBeInstanceOf(SchemaValidationError)
    expect(error).toMatchObject({ message: "'n' is a required property", path: ['o', 'n'], keyword: 'required' })
  })

  it('shows the deepest reason of an anyOf with its whole path', () => {
    const schema = {
      properties: { v: { anyOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { type: 'null' }] } },
    }
    expect(() => assertValid(schema, { v: { a: 1 } })).toThrow("1 is not of type 'string'")
  })
})

describe('values that JSON cannot tell apart', () => {
  it('takes a whole float for a number, not for an integer', () => {
    expect(validate({ type: 'number' }, new PyFloat(1))).toEqual([])
    expect(validate({ type: 'integer' }, new PyFloat(1))[0]?.message).toBe("1.0 is not of type 'integer'")
    expect(validate({ enum: [1] }, new PyFloat(1))).toEqual([])
  })

  it('compares integers beyond the precision of floats', () => {
    expect(validate({ maximum: 2n ** 64n }, 2n ** 64n)).toEqual([])
    expect(validate({ maximum: 2n ** 64n }, 2n ** 64n + 1n)).toHaveLength(1)
    expect(validate({ type: 'integer', multipleOf: 3 }, 3n * 2n ** 70n)).toEqual([])
  })

  it('looks at own properties only', () => {
    const schema = { type: 'object', properties: { toString: { type: 'string' } }, additionalProperties: false }
    expect(validate(schema, {})).toEqual([])
    expect(validate(schema, JSON.parse('{"__proto__": 1}'))[0]?.message).toBe(
      "Additional properties are not allowed ('__proto__' was unexpected)",
    )
  })
})

function errorOf(act: () => void): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return expect.unreachable()
}
