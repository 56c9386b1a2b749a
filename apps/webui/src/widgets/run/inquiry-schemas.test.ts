import { expect, it } from 'vitest'
import { inquiryForm } from './inquiry-schemas.ts'

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
