import { describe, expect, it } from 'vitest'
import { applyDefaults } from './defaults.ts'

describe('applyDefaults', () => {
  it('leaves the value and the schema as they are', () => {
    const schema = { type: 'object', properties: { a: { type: 'object', default: { list: [1] } } } }
    const value = Object.freeze({ a: null, b: Object.freeze({ c: 1 }) })
    const filled = applyDefaults(schema, value)
    expect(filled).toEqual({ a: { list: [1] }, b: { c: 1 } })
    expect(filled).toHaveProperty('b', value.b)
    expect(JSON.stringify(schema)).toContain('"default":{"list":[1]}')
    expect(filled).not.toHaveProperty('a', schema.properties.a.default.list)
  })

  it('gives the value itself back when nothing is missing', () => {
    const value = { a: 1 }
    expect(applyDefaults({ type: 'object', properties: { a: { default: 2 } } }, value)).toBe(value)
  })

  it('does nothing for a schema that is not of type object or array', () => {
    expect(applyDefaults({ properties: { a: { default: 2 } } }, {})).toEqual({})
  })
})
