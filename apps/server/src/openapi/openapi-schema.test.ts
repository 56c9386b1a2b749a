import { describe, expect, it } from 'vitest'
import { openapiSchema } from './openapi-schema.ts'

const inline = () => null

describe('a schema of the dialect in OpenAPI', () => {
  it.each([
    [
      'names required properties in a list',
      { type: 'object', properties: { a: { type: 'string', required: true }, b: { required: false } } },
      { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] },
    ],
    [
      'does so at every level',
      { properties: { a: { type: 'array', items: { properties: { b: { required: true } } } } } },
      { properties: { a: { type: 'array', items: { properties: { b: {} }, required: ['b'] } } } },
    ],
    [
      'keeps a property that is named required',
      { properties: { required: { type: 'string' } } },
      { properties: { required: { type: 'string' } } },
    ],
    [
      'marks keywords that are its own',
      { type: 'string', secret: true, immutable: false, position: 0 },
      { type: 'string', 'x-secret': true, 'x-immutable': false, 'x-position': 0 },
    ],
    [
      'has tuples as later drafts do',
      { items: [{ type: 'string' }], additionalItems: false },
      { prefixItems: [{ type: 'string' }], items: false },
    ],
    [
      'ignores additionalItems without a tuple, as the dialect does',
      { items: {}, additionalItems: false },
      { items: {} },
    ],
    [
      'has exclusive limits as later drafts do',
      { minimum: 1, exclusiveMinimum: true, maximum: 9 },
      { exclusiveMinimum: 1, maximum: 9 },
    ],
    ['drops the flag of a limit that is included', { minimum: 1, exclusiveMinimum: false }, { minimum: 1 }],
    [
      'leaves defaults and enumerations alone',
      { default: { required: true }, enum: [{ secret: 1 }] },
      { default: { required: true }, enum: [{ secret: 1 }] },
    ],
    [
      'converts alternatives',
      { anyOf: [{ properties: { a: { required: true } } }] },
      { anyOf: [{ properties: { a: {} }, required: ['a'] }] },
    ],
  ])('%s', (_name, schema, converted) => {
    expect(openapiSchema(schema, inline)).toEqual(converted)
  })

  it('refers to schemas that have a place of their own', () => {
    const thing = { title: 'Thing', type: 'object', required: true, description: 'which one' }
    const refer = (schema: object) => ('title' in schema ? `#/components/schemas/${String(schema.title)}` : null)
    expect(openapiSchema({ type: 'object', properties: { thing } }, refer)).toEqual({
      type: 'object',
      properties: { thing: { $ref: '#/components/schemas/Thing', description: 'which one' } },
      required: ['thing'],
    })
  })
})
