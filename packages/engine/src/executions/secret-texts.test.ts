import { describe, expect, it } from 'vitest'
import { SecretTexts } from './secret-texts.ts'

function secrets(...values: readonly unknown[]): SecretTexts {
  const texts = new SecretTexts()
  for (const value of values) texts.add(value)
  return texts
}

describe('texts that were told in confidence', () => {
  it.each([
    ['as a whole', 'swordfish', '********'],
    ['within a text', 'say swordfish twice: swordfish', 'say ******** twice: ********'],
    ['as a key', { swordfish: 1 }, { '********': 1 }],
    ['deep inside', { list: [1, { inner: 'a swordfish' }] }, { list: [1, { inner: 'a ********' }] }],
    ['a number', { pin: 4711 }, { pin: '********' }],
    ['a short one as a whole only', ['xy', 'xyz'], ['********', 'xyz']],
  ])('are masked %s', (_where, value, masked) => {
    const texts = secrets({ word: 'swordfish', more: [4711, 'xy'] })
    expect(texts.mask<unknown>(value)).toEqual(masked)
    expect(texts.holdsAny(value)).toBe(true)
  })

  it('leave alone what holds none of them, and share it', () => {
    const value = { a: [1, 'b'], c: null }
    expect(secrets('swordfish').mask(value)).toBe(value)
    expect(secrets('swordfish').holdsAny(value)).toBe(false)
    expect(secrets().mask('swordfish')).toBe('swordfish')
    expect(secrets(7).mask({ count: 7 })).toEqual({ count: 7 })
  })

  it('are what a masked form does not show', () => {
    const texts = new SecretTexts()
    texts.addHidden({ user: 'joe-the-user', keys: [{ key: 'swordfish' }] }, { user: 'joe-the-user', keys: '********' })
    expect(texts.all).toEqual(['swordfish'])
  })

  it('are masked as a whole where a shorter one is part of a longer one', () => {
    const texts = secrets('sword', 'swordfish')
    expect(texts.mask('say swordfish')).toBe('say ********')
    texts.add('fishes')
    expect(texts.mask('say swordfishes, swordfish and fishes')).toBe('say ********, ******** and ********')
    expect(secrets('abab').mask('abababa abab')).toBe('********a ********')
  })

  it('are too many to be told apart: then everything may hold one', () => {
    const texts = secrets(Array.from({ length: 10_001 }, (_, number) => `secret ${number}`))
    expect(texts.mask('anything')).toBe('********')
  })
})
