import { expect, it } from 'vitest'
import { inquiryForm, shortReason, ttlText } from './inquiry-schemas.ts'

it('takes required properties however they are written', () => {
  const { schemas, answerOf } = inquiryForm({
    type: 'object',
    properties: { a: { type: 'boolean', required: true }, b: { type: 'string' }, c: {} },
    required: ['c'],
  })
  expect(schemas).toEqual({ a: { type: 'boolean', required: true }, b: { type: 'string' }, c: { required: true } })
  expect(answerOf({ a: true })).toEqual({ a: true })
})

it('asks for all of it as JSON when no properties are named', () => {
  const { schemas, answerOf } = inquiryForm({ type: 'object' })
  expect(Object.keys(schemas)).toEqual(['response'])
  expect(answerOf({ response: { any: 1 } })).toEqual({ any: 1 })
  expect(inquiryForm(null).answerOf({})).toEqual({})
})

it('says how long it waits, and why an answer was refused, in few words', () => {
  expect([1, 90, 60, 1440, 4320].map(ttlText)).toEqual(['1 minute', '90 minutes', '1 hour', '1 day', '3 days'])
  expect(shortReason("'x' is not of type 'integer'\n\nFailed validating 'type' in schema:\n {}")).toBe(
    "'x' is not of type 'integer'",
  )
})
