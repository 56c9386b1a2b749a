import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../test/cpu-time.ts'
import { decodeBytes, PyBytes } from './bytes.ts'

/** What Python says of bytes that are no text. */
const FAULTS = [
  ['utf-8', [0x61, 0xff], "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"],
  ['utf-8', [0xe2, 0x82, 0xac, 0x80], "'utf-8' codec can't decode byte 0x80 in position 3: invalid start byte"],
  ['utf-8', [0x61, 0xe2, 0x82], "'utf-8' codec can't decode bytes in position 1-2: unexpected end of data"],
  ['utf-8', [0xf0, 0x90, 0x28], "'utf-8' codec can't decode bytes in position 0-1: invalid continuation byte"],
  ['utf-8', [0xed, 0xa0, 0x80], "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte"],
  ['utf-16-le', [0x61, 0, 0x62], "'utf-16-le' codec can't decode byte 0x62 in position 2: truncated data"],
  ['utf-16-le', [0, 0xdc], "'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"],
  ['utf-16-be', [0xd8, 0, 0, 0x61], "'utf-16-be' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"],
  ['utf-16-le', [0, 0xd8], "'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data"],
] as const

describe('bytes that are no text', () => {
  it.each(FAULTS)('in %s: %j', (encoding, bytes, message) => {
    expect(() => decodeBytes(PyBytes.of(bytes), encoding, 'strict')).toThrow(message)
  })

  it('are left out, or replaced, by themselves', () => {
    const bytes = PyBytes.of([0x61, 0xef, 0xbf, 0xbd, 0xe2, 0x28, 0xf0, 0x9f, 0x62, 0xff])
    expect(decodeBytes(bytes, 'utf-8', 'ignore')).toBe('a\ufffd(b')
    expect(decodeBytes(bytes, 'utf-8', 'replace')).toBe('a\ufffd\ufffd(\ufffdb\ufffd')
    expect(decodeBytes(PyBytes.of([0xef, 0xbf, 0xbd]), 'utf-8', 'strict')).toBe('\ufffd')
  })

  it('are found in linear time', () => {
    const start = cpuMs()
    const bytes = new PyBytes(`${'a'.repeat(1_000_000)}\xff`)
    expect(() => decodeBytes(bytes, 'utf-8', 'strict')).toThrow('position 1000000')
    expect(cpuMs() - start).toBeLessThan(2_000)
  })
})
