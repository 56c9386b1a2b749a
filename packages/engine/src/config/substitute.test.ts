import { expect, it } from 'vitest'
import { substitute } from './substitute.ts'

const values: Record<string, string> = {
  'auth.host': 'box',
  'api.port': '9101',
  'a.a': '$a.b',
  'a.b': '$a.a',
  'a.c': '<$api.port>',
}

const lookUp = (reference: string) => {
  const key = reference.includes('.') ? reference : `auth.${reference}`
  const text = values[key]
  return text === undefined ? null : { key, text }
}

it.each([
  ['http://$host/', 'http://box/'],
  ['${host}x', 'boxx'],
  ['${api.port}', '9101'],
  ['$a.c', '<9101>'],
  ['pa$$word', 'pa$word'],
  ['pa\\$host', 'pa$host'],
  ['5 $ and $1', '5 $ and $1'],
  ['%(host)s', '%(host)s'],
])('reads %j as %j', (text, expected) => {
  expect(substitute(text, lookUp, 'here')).toBe(expected)
})

it('refuses a reference that names no option', () => {
  expect(() => substitute('$nothing', lookUp, 'f:1: [auth] host')).toThrow(
    'f:1: [auth] host: "$nothing" names no option; write "$$" for a dollar sign',
  )
})

it('refuses a reference that leads back to itself', () => {
  expect(() => substitute('$a.a', lookUp, 'here')).toThrow('refers to itself')
})
