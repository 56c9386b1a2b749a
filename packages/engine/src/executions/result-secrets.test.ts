import { describe, expect, it } from 'vitest'
import { secretParts, withSecretParts } from './result-secrets.ts'

describe('what of a result nobody may see', () => {
  it.each([
    ['nothing', { a: 1 }, { a: 1 }, []],
    ['a property', { a: 1, b: 's' }, { a: 1, b: '********' }, [[['b'], 's']]],
    ['parts of a text', { t: 'a s b tt' }, { t: 'a ******** b ********' }, [[['t'], 'a s b tt', ['s', 'tt']]]],
    ['an item of a list', { l: [1, { k: 's' }] }, { l: [1, { k: '********' }] }, [[['l', 1, 'k'], 's']]],
    ['a key that is hidden, with what holds it', { o: { s: 1 } }, { o: { '*': 1 } }, [[['o'], { s: 1 }]]],
    ['a list that became a text', { l: ['s', 't'] }, { l: '*' }, [[['l'], ['s', 't']]]],
    ['all of it', 's', '********', [[[], 's']]],
  ])('is told apart and put back: %s', (_what, result, shown, parts) => {
    expect(secretParts(result, shown)).toEqual(parts)
    expect(withSecretParts(shown, secretParts(result, shown))).toEqual(result)
  })
})
