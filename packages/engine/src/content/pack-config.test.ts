import { describe, expect, it } from 'vitest'
import { packConfigProblem, resolvePackConfig } from './pack-config.ts'

const unrendered = (template: string): string => {
  throw new Error(`nothing here is dynamic: ${template}`)
}

describe('resolvePackConfig', () => {
  it('fills defaults in, falsy ones and nested ones included', () => {
    const attributes = {
      off: { type: 'boolean', default: false },
      region: { type: 'string', default: 'eu' },
      server: { type: 'object', properties: { port: { type: 'integer', default: 22 } } },
      list: { type: 'array', items: { type: 'string' } },
      none: { type: 'string' },
    }
    expect(resolvePackConfig('p', { region: 'us' }, attributes, unrendered).values).toEqual({
      region: 'us',
      off: false,
      server: { port: 22 },
      list: [],
    })
  })

  it('answers the values as they are when there is no schema', () => {
    expect(resolvePackConfig('p', { a: { b: 1 } }, {}, unrendered).values).toEqual({ a: { b: 1 } })
  })

  it('renders dynamic values at any depth, nothing becomes null, and defaults are left alone', () => {
    const attributes = { a: { type: 'object' }, later: { type: 'string', default: '{{ not.rendered }}' } }
    const values = { a: { b: ['x', '{{ one }}', '{{ nothing }}'] } }
    const render = (template: string) => (template === '{{ one }}' ? '1' : '')
    expect(resolvePackConfig('p', values, attributes, render).values).toEqual({
      a: { b: ['x', '1', null] },
      later: '{{ not.rendered }}',
    })
  })

  it('knows which values are secret, through every way a schema has to them', () => {
    const attributes = {
      token: { type: 'string', secret: true },
      users: {
        type: 'object',
        patternProperties: { '^u_': { type: 'object', properties: { key: { secret: true } } } },
      },
      hosts: { type: 'array', items: { type: 'object', additionalProperties: { secret: true } } },
    }
    const values = { token: '{{ t }}', users: { u_ann: { key: 'k', name: 'n' } }, hosts: [{ any: 'h' }] }
    const asked: boolean[] = []
    const resolved = resolvePackConfig('p', values, attributes, (_template, isSecret) => {
      asked.push(isSecret)
      return 'deciphered'
    })
    expect(asked).toEqual([true])
    expect(resolved.secrets).toEqual([
      { key: 'token', text: 'deciphered' },
      { key: 'key', text: 'k' },
      { key: 'any', text: 'h' },
    ])
  })

  it('names the key of a value that cannot be rendered', () => {
    const values = { a: { b: ['x', '{{ st2kv.system.token }}'] } }
    const render = () => {
      throw new Error('no')
    }
    expect(() => resolvePackConfig('p', values, {}, render)).toThrow(
      'Failed to render dynamic configuration value for key "a.b.1" with value "{{ st2kv.system.token }}" for pack "p" config: no',
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
