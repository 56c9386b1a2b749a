import { dumpsJson } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { BOOLEAN_MESSAGE, castParameter, type Signature } from './cast-parameter.ts'

const signature: Signature = {
  runner: { timeout: { type: 'integer' }, both: { type: 'integer' } },
  action: {
    s: { type: 'string' },
    i: { type: 'integer' },
    n: { type: 'number' },
    b: { type: 'boolean' },
    a: { type: 'array', items: { type: 'integer' } },
    sized: { type: 'array', properties: { size: { type: 'integer' }, big: { type: 'boolean' } } },
    o: { type: 'object' },
    both: { type: 'string' },
    mixed: { type: ['string', 'integer'] },
  },
}

/** parameter, word, JSON of what is sent */
const VALUES: readonly (readonly [string, string, string])[] = [
  ['s', '5', '"5"'],
  ['s', '"quoted"', '"\\"quoted\\""'],
  ['s', '', '""'],
  ['s', '{{ st2kv.system.x }}', '"{{ st2kv.system.x }}"'],
  ['i', '5', '5'],
  ['i', ' 5 ', '5'],
  ['i', '-7', '-7'],
  ['i', '1_000', '1000'],
  ['i', '12345678901234567890', '12345678901234567890'],
  ['n', '2', '2.0'],
  ['n', '1.5e3', '1500.0'],
  ['n', '.25', '0.25'],
  ['b', 'true', 'true'],
  ['b', 'FALSE', 'false'],
  ['b', '1', '1'],
  ['b', '0', '0'],
  ['a', '51', '[51]'],
  ['a', '[1, "x", {"k": null}]', '[1, "x", {"k": null}]'],
  ['a', 'a, b ,c', '["a", "b", "c"]'],
  ['a', '1,2', '["1", "2"]'],
  ['a', '{"a": 1}', '{"a": 1}'],
  ['a', '"x"', '"x"'],
  ['a', '1.5', '1.5'],
  ['a', '', '[""]'],
  ['o', '{"a": {"b": [1]}}', '{"a": {"b": [1]}}'],
  ['o', 'k1=v1,k2=v2=w', '{"k1": "v1", "k2": "v2=w"}'],
  ['o', 'k1=v1,dropped', '{"k1": "v1"}'],
  ['timeout', '9', '9'],
  ['both', '9', '9'],
  ['unknown', '9', '"9"'],
  ['mixed', '9', '"9"'],
]

describe('castParameter', () => {
  it.each(VALUES)('reads %s=%s as %s', (name, word, json) => {
    expect(dumpsJson(castParameter(name, word, signature, 'plain'))).toBe(json)
  })

  it.each([
    ['sized', 'size:4,name:x', '[{"size": 4, "name": "x"}]'],
    ['sized', 'big:true', '[{"big": true}]'],
    ['sized', 'size:4,plain', '["size:4", "plain"]'],
    ['sized', '["a:1", "b:2"]', '[{"a": "1", "b": "2"}]'],
    ['a', '[]', '[]'],
  ])('makes an object of items with a colon: %s=%s is %s', (name, word, json) => {
    expect(dumpsJson(castParameter(name, word, signature, 'auto-dict'))).toBe(json)
  })

  it.each([
    ['i', 'x', "invalid literal for int() with base 10: 'x'"],
    ['i', '1.5', "invalid literal for int() with base 10: '1.5'"],
    ['n', 'x', "could not convert string to float: 'x'"],
    ['b', 'maybe', BOOLEAN_MESSAGE],
    ['b', '', BOOLEAN_MESSAGE],
    ['o', '{x', 'Invalid value for object parameter "o"'],
  ])('refuses %s=%s: %s', (name, word, message) => {
    expect(() => castParameter(name, word, signature, 'plain')).toThrow(message)
  })

  it('refuses an item with two colons', () => {
    expect(() => castParameter('sized', 'a:b:c', signature, 'auto-dict')).toThrow('"a:b:c" of parameter "sized"')
  })
})
