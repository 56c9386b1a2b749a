import { describe, expect, it } from 'vitest'
import { LogBuffer, MAX_LINE_LENGTH, MAX_LINES, visibleText } from './log-buffer.ts'

const texts = (buffer: LogBuffer) => buffer.lines.map((line) => `${line.stream}: ${line.text}`)

describe('LogBuffer', () => {
  it('joins a line that arrives in pieces', () => {
    const buffer = new LogBuffer()
    buffer.append('stdout', 'one\ntw')
    buffer.append('stdout', 'o\nthree\n')
    expect(texts(buffer)).toEqual(['stdout: one', 'stdout: two', 'stdout: three'])
  })

  it('keeps stdout and stderr apart when they interleave', () => {
    const buffer = new LogBuffer()
    buffer.append('stdout', 'half')
    buffer.append('stderr', 'oops\n')
    buffer.append('stdout', ' rest\n')
    expect(texts(buffer)).toEqual(['stdout: half', 'stderr: oops', 'stdout:  rest'])
  })

  it('carries a colour over the end of a line until it is reset', () => {
    const buffer = new LogBuffer()
    buffer.append('stdout', '\u001b[31mred\nstill red\u001b[0m\nplain\n')
    expect(buffer.lines.map((line) => line.carried)).toEqual(['', '\u001b[31m', ''])
  })

  it('drops the oldest lines beyond its limit and counts them', () => {
    const buffer = new LogBuffer()
    buffer.append('stdout', 'x\n'.repeat(MAX_LINES + 1))
    expect(buffer.lines.length).toBeLessThanOrEqual(MAX_LINES)
    expect(buffer.dropped + buffer.lines.length).toBe(MAX_LINES + 1)
  })
})

describe('visibleText', () => {
  it('shows what the last carriage return left', () => {
    expect(visibleText('10%\r50%\r100%')).toEqual({ text: '100%', hidden: 0 })
    expect(visibleText('windows\r')).toEqual({ text: 'windows', hidden: 0 })
  })

  it('cuts a line that no browser could lay out', () => {
    expect(visibleText('x'.repeat(MAX_LINE_LENGTH + 5)).hidden).toBe(5)
  })
})
