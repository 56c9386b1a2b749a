import { describe, expect, it } from 'vitest'
import { textOfValue, valueOfText } from './value-text.ts'

describe('values as they are typed', () => {
  it.each([
    ['5', 5],
    ['-1.5', -1.5],
    ['true', true],
    ['null', null],
    ['[1, two]', [1, 'two']],
    ['{a: 1}', { a: 1 }],
    ['"5"', '5'],
    ['<% ctx(x) %>', '<% ctx(x) %>'],
    ['{{ ctx().x }}', '{{ ctx().x }}'],
    ['a: b', 'a: b'],
    ['[not closed', '[not closed'],
    ['007', '007'],
    ['', ''],
  ])('%s', (text, value) => expect(valueOfText(text)).toEqual(value))

  it.each(['', 'word', '5', 'true', '[1]', '{{ x }}', ' spaced ', '"quoted"', 5, 0, false, null, [1, { a: 'b' }]])(
    'gives %j back when its text is read again',
    (value) => expect(valueOfText(textOfValue(value))).toEqual(value),
  )
})
