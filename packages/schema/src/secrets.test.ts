import { describe, expect, it } from 'vitest'
import { MASK, maskParameters, maskSecrets, secretPaths } from './secrets.ts'

const schema = {
  type: 'object',
  properties: {
    user: { type: 'string' },
    password: { type: 'string', secret: true },
    hosts: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' }, token: { secret: true } } },
    },
    keys: { type: 'array', secret: true },
    pins: { type: 'array', items: { type: 'integer', secret: true } },
  },
}

describe('secretPaths', () => {
  it('finds every secret in properties and items', () => {
    expect(secretPaths(schema)).toEqual([['password'], ['hosts', '*', 'token'], ['keys'], ['pins', '*']])
    expect(secretPaths({ type: 'string', secret: true })).toEqual([[]])
  })
})

describe('maskSecrets', () => {
  it('replaces whole values whatever their type and leaves the input alone', () => {
    const value = Object.freeze({
      user: 'u',
      password: null,
      hosts: Object.freeze([Object.freeze({ name: 'h', token: { a: 1 } }), 'odd']),
      keys: [1, 2],
      pins: [1, 2],
      other: Object.freeze({ x: 1 }),
    })
    expect(maskSecrets(schema, value)).toEqual({
      user: 'u',
      password: MASK,
      hosts: [{ name: 'h', token: MASK }, 'odd'],
      keys: MASK,
      pins: [MASK, MASK],
      other: { x: 1 },
    })
    expect(maskSecrets(schema, value)).toHaveProperty('other', value.other)
  })

  it('shares what holds no secret', () => {
    const value = { user: 'u' }
    expect(maskSecrets(schema, value)).toBe(value)
    expect(maskSecrets({ type: 'object' }, value)).toBe(value)
  })

  it('finds secrets in properties that are not named, and in lists whose items differ', () => {
    const secret = { type: 'string', secret: true }
    const open = {
      type: 'object',
      properties: { plain: { type: 'string' } },
      patternProperties: { '^key_': secret, '(': secret },
      additionalProperties: { type: 'object', properties: { pin: { secret: true } } },
    }
    expect(maskSecrets(open, { plain: 'p', key_a: 'a', other: { pin: 1, b: 2 } })).toEqual({
      plain: 'p',
      key_a: MASK,
      // The second pattern cannot be used: it may have meant this name.
      other: MASK,
    })
    const { '(': _, ...patterns } = open.patternProperties
    expect(maskSecrets({ ...open, patternProperties: patterns }, { plain: 'p', other: { pin: 1, b: 2 } })).toEqual({
      plain: 'p',
      other: { pin: MASK, b: 2 },
    })
    const list = {
      type: 'array',
      items: [{ type: 'string' }, secret],
      additionalItems: { type: 'array', items: secret },
    }
    expect(maskSecrets(list, ['a', 'b', ['c'], 'd'])).toEqual(['a', MASK, [MASK], 'd'])
    expect(secretPaths(open)).toEqual([['*'], ['*'], ['*', 'pin']])
    expect(secretPaths(list)).toEqual([['*'], ['*', '*']])
  })

  it('takes a value of another shape than the schema says', () => {
    for (const value of [null, 5, 'x', [], undefined]) expect(maskSecrets(schema, value)).toBe(value)
  })
})

describe('maskParameters', () => {
  it('takes a dict of parameters, one named secret among them', () => {
    const parameters = { secret: { type: 'string' }, token: { secret: true } }
    expect(maskParameters(parameters, { secret: 's', token: 't' })).toEqual({ secret: 's', token: MASK })
  })
})
