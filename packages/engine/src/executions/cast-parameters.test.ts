import type { ParameterSchemas } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { castParameters } from './cast-parameters.ts'

const SCHEMAS: ParameterSchemas = {
  array: { type: 'array' },
  object: { type: 'object' },
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  string: { type: 'string' },
  untyped: {},
}

function cast(name: string, value: unknown): unknown {
  return castParameters({ [name]: value }, SCHEMAS)[name]
}

describe('castParameters', () => {
  it.each([
    ['array', '[1, "a"]', [1, 'a']],
    ['array', "['a', None]", ['a', null]],
    ['array', '(1, (2.0, "a"))', [1, [2, 'a']]],
    ['array', [1], [1]],
    ['object', '{"a": 1}', { a: 1 }],
    ['object', "{'a': True}", { a: true }],
    ['boolean', 'true', true],
    ['boolean', 'FALSE', false],
    ['boolean', '1', 1],
    ['boolean', 'none', null],
    ['boolean', 0, 0],
    ['integer', '5', 5],
    ['integer', 5.9, 5],
    ['number', '2.5', 2.5],
    ['string', 'x', 'x'],
    ['string', '%*****__%NONE%__*****%', null],
    ['untyped', '5', '5'],
    ['undeclared', '5', '5'],
    ['integer', null, null],
  ])('%s: %j becomes %j', (name, value, expected) => {
    expect(cast(name, value)).toEqual(expected)
  })

  it('does not show the value of a secret', () => {
    const schemas = { pin: { type: 'integer', secret: true }, key: { type: 'string', secret: true } } as const
    expect(() => castParameters({ pin: 'hunter2' }, schemas)).toThrow(
      'The value of the secret parameter "pin" is not of type "integer".',
    )
    expect(() => castParameters({ key: 4711 }, schemas)).toThrow(
      'The value of the secret parameter "key" is not of type "string".',
    )
  })

  it.each([
    ['integer', 'abc', "invalid literal for int() with base 10: 'abc'"],
    ['integer', '5.5', "invalid literal for int() with base 10: '5.5'"],
    ['number', 'x', "could not convert string to float: 'x'"],
    ['string', 5, 'Value "5" must either be a string or None. Got "int".'],
    ['string', { a: 1 }, 'Value "{\'a\': 1}" must either be a string or None. Got "dict".'],
    ['boolean', 'yes', 'malformed node or string'],
    ['array', 'a,b', 'malformed node or string'],
  ])('%s refuses %j', (name, value, message) => {
    expect(() => cast(name, value)).toThrow(message)
  })
})
