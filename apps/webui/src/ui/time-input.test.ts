import { describe, expect, it } from 'vitest'
import { fromTimeInput, toTimeInput } from './time-input.ts'

describe('a time that is typed', () => {
  it.each(['utc', 'local'] as const)('comes back as it went in %s', (zone) => {
    const iso = '2026-11-25T10:20:30.000Z'
    expect(fromTimeInput(toTimeInput(iso, zone), zone)).toBe(iso)
  })

  it('is UTC when UTC is shown', () => {
    expect(fromTimeInput('2026-11-25T10:20', 'utc')).toBe('2026-11-25T10:20:00.000Z')
    expect(fromTimeInput('', 'utc')).toBe('')
    expect(toTimeInput('nonsense', 'utc')).toBe('')
  })
})
