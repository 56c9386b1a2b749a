import { describe, expect, it } from 'vitest'
import { fromTimeInput, toTimeInput } from './time-input.ts'

describe('a time that is typed', () => {
  it.each(['utc', 'local', 'Asia/Kolkata', 'America/New_York'])('comes back as it went in %s', (zone) => {
    const iso = '2026-11-25T10:20:30.000Z'
    expect(fromTimeInput(toTimeInput(iso, zone), zone)).toBe(iso)
  })

  it('is that of the zone, on either side of a change of its clocks', () => {
    expect(fromTimeInput('2026-03-29T01:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:00.000Z')
    expect(fromTimeInput('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
    expect(toTimeInput('2026-03-29T01:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T03:00:00')
  })

  it('is UTC when UTC is shown', () => {
    expect(fromTimeInput('2026-11-25T10:20', 'utc')).toBe('2026-11-25T10:20:00.000Z')
    expect(fromTimeInput('', 'utc')).toBe('')
    expect(toTimeInput('nonsense', 'utc')).toBe('')
  })
})
