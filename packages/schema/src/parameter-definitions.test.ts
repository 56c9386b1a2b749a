import { describe, expect, it } from 'vitest'
import { ParameterDefinitionError, checkParameterDefinitions, parameterSetSchema } from './parameter-definitions.ts'
import { validate } from './validator.ts'

describe('checkParameterDefinitions', () => {
  it('accepts what packs use', () => {
    const parameters = {
      cmd: { type: 'string', required: true, position: 0, description: 'Command', secret: false },
      größe: { type: 'integer', minimum: 0, exclusiveMinimum: true, default: 3 },
      list: { type: 'array', items: { type: ['string', 'null'], format: 'email' }, minItems: 1, uniqueItems: true },
      nested: {
        type: 'object',
        properties: { a: { type: 'string', unknown: 1 } },
        patternProperties: { '^x': { $ref: '#/properties/y' } },
      },
      anything: {},
      either: { anyOf: [{ type: 'string' }, { type: 'integer', widget: 'slider' }] },
    }
    expect(() => checkParameterDefinitions(parameters)).not.toThrow()
  })

  it.each([
    [{ a: { frob: 1 } }, 'a', 'frob', "Additional properties are not allowed ('frob' was unexpected)"],
    [{ a: { format: 'email' } }, 'a', 'format', "Additional properties are not allowed ('format' was unexpected)"],
    [{ a: { type: ['string'] } }, 'a', 'type', /is not one of \['array', 'boolean'/],
    [
      { a: { type: 'text' } },
      'a',
      'type',
      "'text' is not one of ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']",
    ],
    [{ a: { required: ['b'] } }, 'a', 'required', "['b'] is not of type 'boolean'"],
    [{ a: { position: -1 } }, 'a', 'position', '-1 is less than the minimum of 0'],
    [{ a: { enum: [] } }, 'a', 'enum', '[] should be non-empty'],
    [{ a: { enum: [1, 1] } }, 'a', 'enum', '[1, 1] has non-unique elements'],
    [{ a: { multipleOf: 0 } }, 'a', 'multipleOf', '0 is less than or equal to the minimum of 0'],
    [{ a: { exclusiveMaximum: true } }, 'a', 'exclusiveMaximum', "'maximum' is a dependency of 'exclusiveMaximum'"],
    [{ a: { pattern: '[' } }, 'a', 'pattern', /unexpected end of pattern/],
    [{ a: { properties: { b: { required: 1 } } } }, 'a', 'properties', "1 is not of type 'boolean'"],
    [{ a: 'string' }, 'a', null, "'string' is not of type 'object'"],
    [{ 'a-b': {} }, 'a-b', null, "'a-b' does not match any of the regexes: '^\\\\w+$'"],
  ])('refuses %j and names parameter and key', (parameters, parameter, key, reason) => {
    const failure = failureOf(parameters)
    expect(failure).toMatchObject({ parameter, key })
    expect(failure.reason).toMatch(reason)
    expect(failure.message).toContain(`Parameter "${parameter}"`)
  })
})

describe('parameterSetSchema', () => {
  it('lets anything pass when there are no parameters', () => {
    expect(validate(parameterSetSchema({}), { whatever: 1 })).toEqual([])
  })
})

function failureOf(parameters: unknown): ParameterDefinitionError {
  try {
    checkParameterDefinitions(parameters)
  } catch (error) {
    if (error instanceof ParameterDefinitionError) return error
    throw error
  }
  return expect.unreachable()
}
