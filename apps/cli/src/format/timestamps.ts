const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** English variants that know the abbreviations of different parts of the world. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-CA']

/** `Tue, 02 Jan 2024 15:04:05 UTC` in the given zone; empty for no time, unchanged for what is no time. */
export function formatTimestamp(value: unknown, timezone: string): string {
  if (value === null || value === undefined || value === '') return ''
  const time = parseTimestamp(String(value))
  if (time === null) return String(value)
  return timezone === 'UTC' ? inUtc(time) : inZone(time, timezone)
}

/** ms since epoch; a time without a zone is UTC. Digits beyond milliseconds are dropped. */
export function parseTimestamp(text: string): number | null {
  const iso = text
    .trim()
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d+/, '$1')
  const time = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(iso) ? iso : `${iso}Z`)
  return Number.isNaN(time) ? null : time
}

function inUtc(time: number): string {
  const at = new Date(time)
  const two = (number: number): string => String(number).padStart(2, '0')
  const date = `${DAYS[at.getUTCDay()]}, ${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
  return `${date} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} UTC`
}

function inZone(time: number, timezone: string): string {
  const parts = partsOf(time, timezone)
  const date = `${parts['weekday']}, ${parts['day']} ${parts['month']} ${parts['year']}`
  return `${date} ${parts['hour']}:${parts['minute']}:${parts['second']} ${zoneName(time, timezone)}`
}

function partsOf(time: number, timezone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(time).map((part) => [part.type, part.value]))
}

/** The zone's abbreviation; zones without one show their offset, `+0530`-like, as their data base entry does. */
function zoneName(time: number, timezone: string): string {
  const names = LOCALES.map((locale) => namedZone(time, timezone, locale, 'short'))
  const named = names.find((name) => !/^(?:GMT|UTC)[+-]/.test(name))
  if (named !== undefined) return named
  const offset = namedZone(time, timezone, 'en-US', 'longOffset').replace(/^GMT/, '').replace(':', '')
  return offset.endsWith('00') ? offset.slice(0, -2) : offset
}

function namedZone(time: number, timezone: string, locale: string, style: 'short' | 'longOffset'): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: style })
  return format.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? timezone
}
