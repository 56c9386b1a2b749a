import { describe, expect, it } from 'vitest'
import { packConfigProblem, resolvePackConfig } from './pack-config.ts'

describe('resolvePackConfig', () => {
  it('fills defaults in, falsy ones and nested ones included', () => {
    const attributes = {
      off: { type: 'boolean', default: false },
      region: { type: 'string', default: 'eu' },
      server: { type: 'object', properties: { port: { type: 'integer', default: 22 } } },
      list: { type: 'array', items: { type: 'string' } },
      none: { type: 'string' },
    }
    expect(resolvePackConfig('p', { region: 'us' }, attributes)).toEqual({
      region: 'us',
      off: false,
      server: { port: 22 },
      list: [],
    })
  })

  it('answers the values as they are when there is no schema', () => {
    expect(resolvePackConfig('p', { a: { b: 1 } }, {})).toEqual({ a: { b: 1 } })
  })

  it('names the key of a value that would come from the datastore', () => {
    const values = { a: { b: ['x', '{{ st2kv.system.token }}'] } }
    expect(() => resolvePackConfig('p', values, {})).toThrow(
      'Failed to render dynamic configuration value for key "a.b.1" with value "{{ st2kv.system.token }}" for pack "p" config: ',
    )
  })
})

describe('packConfigProblem', () => {
  const attributes = { key: { type: 'string', secret: true }, port: { type: 'integer', required: true, default: 1 } }
  const problem = (values: Record<string, unknown>) => packConfigProblem('p', values, attributes, 'p.yaml')

  it('accepts defaults in the place of required values, null for optional ones, and further keys', () => {
    expect(problem({})).toBeNull()
    expect(problem({ key: null, more: [1] })).toBeNull()
  })

  it('refuses a wrong type, a template in the place of a number, and names the attribute', () => {
    expect(problem({ port: '{{ st2kv.system.port }}' })).toMatchObject({
      path: ['port'],
      message: `Failed validating attribute "port" in config for pack "p" (p.yaml): '{{ st2kv.system.port }}' is not of type 'integer'`,
    })
  })

  it('refuses to decrypt what is decrypted anyway', () => {
    expect(problem({ key: '{{ st2kv.system.k | decrypt_kv }}' })?.message).toMatch(/automatically decrypted/)
    expect(problem({ key: 'decrypt_kv' })).toBeNull()
  })
})
