import { describe, expect, it } from 'vitest'
import type { Ids } from '../ports/ids.ts'
import { ValueCipher } from './value-cipher.ts'

const range = (from: number, length: number) => Buffer.from(Array.from({ length }, (_, index) => from + index))
const KEY = { aes: range(0x00, 32), hmac: range(0x20, 32) }

/** The IV of the check value. */
const ids: Ids = { next: () => '', token: () => '', bytes: (length) => range(0x40, length) }
const cipher = new ValueCipher(KEY, ids)

/** @source services.md 8.1 */
const CHECK =
  '3030303030404142434445464748494A4B4C4D4E4F04D5A4D8413C5A4CCE7B86915D3D3F66154F76AB1D8614D0B44079533DF1FA3C9ADA117D'

describe('ValueCipher', () => {
  it("writes upstream's check value, and reads it", () => {
    expect(cipher.encrypt('st2 secret')).toBe(CHECK)
    expect(cipher.decrypt(CHECK)).toBe('st2 secret')
    expect(cipher.decrypt(CHECK.toLowerCase())).toBe('st2 secret')
  })

  it.each(['', 'ä€😀', 'x'.repeat(100_000)])('gives back what it took', (text) => {
    expect(cipher.decrypt(cipher.encrypt(text))).toBe(text)
  })

  it('takes keys of 128 bits', () => {
    const small = new ValueCipher({ aes: range(1, 16), hmac: range(2, 16) }, ids)
    expect(small.decrypt(small.encrypt('x'))).toBe('x')
  })

  it.each([
    ['too short', '30303030'],
    ['no hexadecimal', 'garbage'],
    ['changed', CHECK.replace('04D5', '04D6')],
    ['with another header', `31${CHECK.slice(2)}`],
  ])('refuses a text that is %s', (_what, text) => {
    expect(() => cipher.decrypt(text)).toThrow('The value is not a ciphertext of this server')
  })
})
