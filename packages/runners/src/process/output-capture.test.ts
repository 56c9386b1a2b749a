import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MAX_PIECE_LENGTH, OutputCapture, PIECE_INTERVAL_MS } from './output-capture.ts'

describe('OutputCapture', () => {
  let pieces: string[]
  const capture = (limit = 1_000): OutputCapture => new OutputCapture(limit, (text) => pieces.push(text))

  beforeEach(() => {
    pieces = []
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('hands on the first line at once', () => {
    capture().push(Buffer.from('one\n'))
    expect(pieces).toEqual(['one\n'])
  })

  it('keeps an unfinished line back for the interval only', () => {
    const output = capture()
    output.push(Buffer.from('one\ntw'))
    expect(pieces).toEqual(['one\n'])
    vi.advanceTimersByTime(PIECE_INTERVAL_MS)
    expect(pieces).toEqual(['one\n', 'tw'])
  })

  it('makes one piece of what comes within the interval', () => {
    const output = capture()
    for (let line = 0; line < 10; line++) output.push(Buffer.from(`${line}\n`))
    vi.advanceTimersByTime(PIECE_INTERVAL_MS)
    expect(pieces).toEqual(['0\n', '1\n2\n3\n4\n5\n6\n7\n8\n9\n'])
  })

  it('hands on at most 21 pieces in a second of steady output', () => {
    const output = capture(100_000)
    for (let ms = 0; ms < 1_000; ms += 2) {
      output.push(Buffer.from(`${ms}\n`))
      vi.advanceTimersByTime(2)
    }
    output.end()
    expect(pieces.length).toBeLessThanOrEqual(22)
    expect(pieces.join('')).toBe(output.end())
  })

  it('joins a character that arrives in two chunks', () => {
    const output = capture()
    const bytes = Buffer.from('ä€\n')
    for (const byte of bytes) output.push(Buffer.from([byte]))
    expect(output.end()).toBe('ä€\n')
    expect(pieces.join('')).toBe('ä€\n')
  })

  it('replaces bytes that are no UTF-8', () => {
    const output = capture()
    output.push(Buffer.from([0x61, 0xff, 0x62, 0xc3]))
    expect(output.end()).toBe('a\ufffdb\ufffd')
    expect(pieces.join('')).toBe('a\ufffdb\ufffd')
  })

  it('keeps the first bytes up to the limit and says what it left out', () => {
    const output = capture(5)
    output.push(Buffer.from('abc'))
    output.push(Buffer.from('defgh'))
    output.push(Buffer.from('i'))
    const line = '[output truncated: limit actionrunner.max_output_size of 5 bytes]\n'
    expect(output.end()).toBe(`abcde\n${line}`)
    expect(pieces.join('')).toBe(`abcde\n${line}`)
  })

  it('leaves out a character that the limit would cut in half', () => {
    const output = capture(4)
    output.push(Buffer.from('abcä'))
    expect(output.end()).toMatch(/^abc\n\[output truncated/)
  })

  it('says nothing when the output is exactly as long as the limit', () => {
    const output = capture(3)
    output.push(Buffer.from('abc'))
    expect(output.end()).toBe('abc')
  })

  it('cuts a large piece at a line end, and never inside a character', () => {
    const output = capture(10 * MAX_PIECE_LENGTH)
    const lines = `${'x'.repeat(99)}\n`.repeat(MAX_PIECE_LENGTH / 50)
    output.push(Buffer.from(lines))
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.every((piece) => piece.endsWith('\n') && piece.length <= MAX_PIECE_LENGTH)).toBe(true)
    pieces = []
    const wide = capture(10 * MAX_PIECE_LENGTH)
    wide.push(Buffer.from(`a${'😀'.repeat(MAX_PIECE_LENGTH)}`))
    wide.end()
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true)
  })
})
