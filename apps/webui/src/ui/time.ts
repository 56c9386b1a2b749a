/** How instants are shown: in the viewer's zone, in UTC or in a named zone, exact or relative. Pure; the component is TimeStamp. */

/** `local`, `utc`, or a name of the IANA data base such as `Europe/Berlin`. */
export type Zone = string

const cache = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: timeZoneOf(zone) })
  cache.set(key, made)
  return made
}

function timeZoneOf(zone: Zone): string | undefined {
  return zone === 'local' ? undefined : zone === 'utc' ? 'UTC' : zone
}

/** Whether this browser knows the zone. */
export function isZone(zone: unknown): zone is Zone {
  if (typeof zone !== 'string' || zone === '') return false
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: timeZoneOf(zone) })
    return true
  } catch {
    return false
  }
}

/** `Local`, `UTC`, `Berlin`. */
export function zoneName(zone: Zone): string {
  if (zone === 'local') return 'Local'
  return zone === 'utc' ? 'UTC' : zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

/** Minutes that the zone is ahead of UTC at an instant. */
export function zoneOffset(zone: Zone, ms: number): number {
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const parts = formatter(zone, { ...fields, hourCycle: 'h23' }).formatToParts(ms)
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  const wall = Date.parse(`${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}Z`)
  return Math.round((wall - Math.floor(ms / 60_000) * 60_000) / 60_000)
}

export function formatDay(iso: string, zone: Zone): string {
  const date = new Date(iso)
  return formatter(zone, { weekday: 'short', day: '2-digit', month: 'short', year: 'numeric' }).format(date)
}

export function formatClock(iso: string, zone: Zone): string {
  return formatter(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(iso))
}

export function formatInstant(iso: string, zone: Zone): string {
  return `${formatDay(iso, zone)}, ${formatClock(iso, zone)}${zone === 'local' ? '' : ` ${zoneSuffix(iso, zone)}`}`
}

/** `UTC`, `CET`, `GMT+9`: what the zone is called at that instant. */
function zoneSuffix(iso: string, zone: Zone): string {
  const parts = formatter(zone, { timeZoneName: 'short' }).formatToParts(new Date(iso))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** Groups by calendar day in the chosen zone: `2026-11-25`. */
export function dayKey(iso: string, zone: Zone): string {
  const parts = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(iso))
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

const STEPS: readonly (readonly [unit: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
]

/** `now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`; the future reads `in 5 min`. */
export function formatRelative(iso: string, nowMs: number): string {
  const seconds = Math.round((nowMs - Date.parse(iso)) / 1000)
  const size = Math.abs(seconds)
  if (size < 2) return 'now'
  const [unit, length] = STEPS.find(([, length]) => size >= length) ?? ['s', 1]
  const text = `${Math.floor(size / length)} ${unit}`
  return seconds < 0 ? `in ${text}` : `${text} ago`
}

/** `340 ms`, `4.2 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.001) return '0 ms'
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} min`
}

/** Of what still goes on: whole seconds that have passed, so that it never says more than is shown at the end. */
export function formatRunning(seconds: number): string {
  if (seconds < 1) return '< 1 s'
  return seconds < 60 ? `${Math.floor(seconds)} s` : formatDuration(seconds)
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
