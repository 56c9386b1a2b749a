import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { bodyReader, MAX_JSON_DEPTH, readBody } from './request-body.ts'

function request(body: string, contentType?: string): FastifyRequest {
  const headers = contentType === undefined ? {} : { 'content-type': contentType }
  // Only what readBody looks at.
  return { body: Buffer.from(body), headers } as unknown as FastifyRequest
}

describe('readBody', () => {
  it.each([
    ['{"a":1}', undefined, { a: 1 }],
    ['', 'application/json', {}],
    ['', undefined, {}],
    ['[1]', 'application/json; charset=utf-8', [1]],
    ['a=1&b=2&b=3&c=', 'application/x-www-form-urlencoded', { a: ['1'], b: ['2', '3'] }],
    ['version: 1.0', 'text/plain', 'version: 1.0'],
  ])('reads %j as %s', (body, contentType, expected) => {
    expect(readBody(request(body, contentType))).toEqual(expected)
  })

  it('names a content type it does not know', () => {
    expect(() => readBody(request('a=1', 'text/weird'))).toThrow(
      'Failed to parse request body: Unsupported Content-Type: "text/weird"',
    )
  })

  it('says where JSON breaks', () => {
    expect(() => readBody(request('{bad'))).toThrow(/^Failed to parse request body: /)
  })

  it('refuses nesting that no code could walk, and counts no brackets in strings', () => {
    expect(() => readBody(request('['.repeat(10_000)))).toThrow(`nested deeper than ${MAX_JSON_DEPTH} levels`)
    expect(readBody(request(JSON.stringify('['.repeat(10_000))))).toHaveLength(10_000)
  })

  it('makes a dangerous key an ordinary one', () => {
    const body = readBody(request('{"__proto__":{"polluted":true}}'))
    expect(Object.hasOwn(body as object, '__proto__')).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('bodyReader', () => {
  const read = bodyReader({ type: 'object', properties: { action: { type: 'string', required: true } } } as const)

  it('answers the body when it fits', () => {
    expect(read(request('{"action":"core.noop","more":1}'))).toEqual({ action: 'core.noop', more: 1 })
  })

  it('names the field that is missing or wrong', () => {
    expect(() => read(request('{}'))).toThrow("'action' is a required property")
    expect(() => read(request('{"action":1}'))).toThrow("1 is not of type 'string'")
    expect(() => read(request('[1]'))).toThrow("[1] is not of type 'object'")
  })
})
