import { describe, expect, it } from 'vitest'
import { parseFreeDate } from './free-date.ts'

const NOW = Date.UTC(2026, 6, 15, 10, 30)

describe('a date as people write it', () => {
  it.each([
    ['2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-01-02 03:04:05', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-01-02T03:04:05+02:00', Date.UTC(2026, 0, 2, 1, 4, 5)],
    ['2026-01-02T03:04:05.000250Z', Date.UTC(2026, 0, 2, 3, 4, 5) + 0.25],
    ['Jan 2 2026', Date.UTC(2026, 0, 2)],
    ['08:15', Date.UTC(2026, 6, 15, 8, 15)],
  ])('%s is a moment', (text, moment) => {
    expect(parseFreeDate(text, NOW)).toBe(moment)
  })

  it.each([
    ['', /does not contain a date/],
    ['yesterday', /Unknown string format/],
    ['2026-13-01', /month must be in 1..12/],
  ])('%j is none', (text, reason) => {
    expect(() => parseFreeDate(text, NOW)).toThrow(reason)
  })
})
