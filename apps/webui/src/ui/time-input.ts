import { type Zone, zoneOffset } from './time.ts'

const MINUTE_MS = 60_000

/** Between the API's instants and the browser's date and time input, which knows no zone. */
export function toTimeInput(iso: string, zone: Zone): string {
  const ms = Date.parse(iso)
  if (Number.isNaN(ms)) return ''
  return new Date(ms + zoneOffset(zone, ms) * MINUTE_MS).toISOString().slice(0, 19)
}

export function fromTimeInput(text: string, zone: Zone): string {
  const wall = Date.parse(`${text}Z`)
  if (text === '' || Number.isNaN(wall)) return ''
  // The offset of the zone is that of the instant, which is known only roughly before; the second look is exact.
  const near = wall - zoneOffset(zone, wall) * MINUTE_MS
  return new Date(wall - zoneOffset(zone, near) * MINUTE_MS).toISOString()
}
