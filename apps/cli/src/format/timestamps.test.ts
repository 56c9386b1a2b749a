import { expect, it } from 'vitest'
import { formatTimestamp } from './timestamps.ts'

it.each([
  ['2024-01-02T15:04:05.123456Z', 'UTC', 'Tue, 02 Jan 2024 15:04:05 UTC'],
  ['2024-01-02T15:04:05Z', 'Europe/Berlin', 'Tue, 02 Jan 2024 16:04:05 CET'],
  ['2024-07-02T15:04:05Z', 'Europe/Berlin', 'Tue, 02 Jul 2024 17:04:05 CEST'],
  ['2024-01-02T15:04:05+02:00', 'America/New_York', 'Tue, 02 Jan 2024 08:04:05 EST'],
  ['2024-01-02 15:04:05', 'Asia/Kolkata', 'Tue, 02 Jan 2024 20:34:05 IST'],
  ['2024-01-02T15:04:05Z', 'Etc/GMT-4', 'Tue, 02 Jan 2024 19:04:05 +04'],
  ['', 'UTC', ''],
  [null, 'UTC', ''],
  ['soon', 'UTC', 'soon'],
])('shows %j in %s as %s', (value, zone, text) => {
  expect(formatTimestamp(value, zone)).toBe(text)
})
