import { describe, expect, it } from 'vitest'
import {
  dayKey,
  formatBytes,
  formatDuration,
  formatInstant,
  formatRelative,
  formatRunning,
  isZone,
  zoneName,
} from './time.ts'

describe('time', () => {
  it('shows an instant in UTC and says so', () => {
    expect(formatInstant('2026-11-25T23:59:58.123456Z', 'utc')).toBe('Wed, 25 Nov 2026, 23:59:58 UTC')
    expect(dayKey('2026-11-25T23:59:58.123456Z', 'utc')).toBe('2026-11-25')
  })

  it('shows an instant in a named zone and says which', () => {
    expect(formatInstant('2026-11-25T23:59:58Z', 'Europe/Berlin')).toMatch(/^Thu, 26 Nov 2026, 00:59:58 (CET|GMT\+1)$/)
    expect(dayKey('2026-11-25T23:59:58Z', 'Asia/Tokyo')).toBe('2026-11-26')
    expect(zoneName('America/New_York')).toBe('New York')
    expect([isZone('Europe/Berlin'), isZone('Europe/Nowhere'), isZone(3)]).toEqual([true, false, false])
  })

  it.each([
    [0, 'now'],
    [12, '12 s ago'],
    [61, '1 min ago'],
    [7300, '2 h ago'],
    [200_000, '2 d ago'],
    [-120, 'in 2 min'],
  ])('calls %i seconds ago %s', (seconds, text) => {
    const now = Date.parse('2026-11-25T12:00:00Z')
    expect(formatRelative(new Date(now - seconds * 1000).toISOString(), now)).toBe(text)
  })

  it.each([
    [0, '0 ms'],
    [0.3404, '340 ms'],
    [4.23, '4.2 s'],
    [42.4, '42 s'],
    [185, '3 min 05 s'],
    [7812, '2 h 10 min'],
  ])('shows %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it.each([
    [0.046, '< 1 s'],
    [0.999, '< 1 s'],
    [1.96, '1 s'],
    [9.99, '9 s'],
    [59.9, '59 s'],
    [60, '1 min 00 s'],
  ])('shows what has gone on for %d seconds as %s', (seconds, text) => {
    expect(formatRunning(seconds)).toBe(text)
  })

  it('shows sizes in decimal units', () => {
    expect(formatBytes(999)).toBe('999 B')
    expect(formatBytes(10_485_760)).toBe('10.5 MB')
  })
})
