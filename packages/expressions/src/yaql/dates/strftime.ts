/** Python's `strftime` in the C locale, with what glibc adds to it. */
import { requireWithin } from '@st2/python-values'
import { dayOfYear, EPOCH_ORDINAL, isoCalendar } from './calendar.ts'
import { type DateTime, offsetText, pad } from './date-time.ts'
import { MONTHS, WEEKDAYS } from './names.ts'

interface Directive {
  value: (moment: DateTime) => number | string
  /** Digits of a number. */
  width?: number
  fill?: '0' | ' '
}

const hour12 = ({ fields }: DateTime): number => fields.hour % 12 || 12
const isoOf = (moment: DateTime): ReturnType<typeof isoCalendar> => isoCalendar(moment.fields.year, moment.ordinal)
const yearDay = ({ fields: { year, month, day } }: DateTime): number => dayOfYear(year, month, day)

/** The week of the year, weeks beginning on the day that is so many days behind Monday. */
function weekOfYear(moment: DateTime, shift: number): number {
  return Math.floor((yearDay(moment) + 6 - ((moment.weekday + shift) % 7)) / 7)
}

const compound =
  (format: string) =>
  (moment: DateTime): string =>
    formatDate(moment, format)

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  a: { value: (moment) => WEEKDAYS[moment.weekday]?.slice(0, 3) ?? '' },
  A: { value: (moment) => WEEKDAYS[moment.weekday] ?? '' },
  b: { value: ({ fields }) => MONTHS[fields.month - 1]?.slice(0, 3) ?? '' },
  B: { value: ({ fields }) => MONTHS[fields.month - 1] ?? '' },
  h: { value: ({ fields }) => MONTHS[fields.month - 1]?.slice(0, 3) ?? '' },
  c: { value: compound('%a %b %e %H:%M:%S %Y') },
  C: { value: ({ fields }) => Math.floor(fields.year / 100), width: 1 },
  d: { value: ({ fields }) => fields.day, width: 2 },
  D: { value: compound('%m/%d/%y') },
  e: { value: ({ fields }) => fields.day, width: 2, fill: ' ' },
  f: { value: ({ fields }) => pad(fields.microsecond, 6) },
  F: { value: compound('%Y-%m-%d') },
  g: { value: (moment) => isoOf(moment).year % 100, width: 2 },
  G: { value: (moment) => isoOf(moment).year, width: 1 },
  H: { value: ({ fields }) => fields.hour, width: 2 },
  I: { value: hour12, width: 2 },
  j: { value: yearDay, width: 3 },
  k: { value: ({ fields }) => fields.hour, width: 2, fill: ' ' },
  l: { value: hour12, width: 2, fill: ' ' },
  m: { value: ({ fields }) => fields.month, width: 2 },
  M: { value: ({ fields }) => fields.minute, width: 2 },
  n: { value: () => '\n' },
  p: { value: ({ fields }) => (fields.hour < 12 ? 'AM' : 'PM') },
  P: { value: ({ fields }) => (fields.hour < 12 ? 'am' : 'pm') },
  r: { value: compound('%I:%M:%S %p') },
  R: { value: compound('%H:%M') },
  s: {
    value: (moment) => String(moment.clock / 1_000_000n - BigInt(EPOCH_ORDINAL - 1) * 86_400n),
  },
  S: { value: ({ fields }) => fields.second, width: 2 },
  t: { value: () => '\t' },
  T: { value: compound('%H:%M:%S') },
  u: { value: (moment) => moment.weekday + 1, width: 1 },
  U: { value: (moment) => weekOfYear(moment, 1), width: 2 },
  V: { value: (moment) => isoOf(moment).week, width: 2 },
  w: { value: (moment) => (moment.weekday + 1) % 7, width: 1 },
  W: { value: (moment) => weekOfYear(moment, 0), width: 2 },
  x: { value: compound('%m/%d/%y') },
  X: { value: compound('%H:%M:%S') },
  y: { value: ({ fields }) => fields.year % 100, width: 2 },
  Y: { value: ({ fields }) => fields.year, width: 1 },
  z: { value: (moment) => offsetText(moment.offset, '') },
  Z: { value: ({ zone }) => (zone.isUtc ? 'UTC' : '') },
  '%': { value: () => '%' },
}

const PLACE = /%([-_0^#]*)(\d*)([EO]?)([\s\S])/g

/** Directives that do not exist stay as they are. @throws PythonOverflowError for a width beyond all reason */
export function formatDate(moment: DateTime, format: string): string {
  return format.replace(PLACE, (whole, flags: string, width: string, _modifier: string, name: string) => {
    const directive = Object.hasOwn(DIRECTIVES, name) ? DIRECTIVES[name] : undefined
    if (directive === undefined || (name === 'f' && whole !== '%f')) return whole
    requireWithin('formatWidth', Number(width))
    return filled({ ...directive, wanted: Number(width) }, name, flags, moment)
  })
}

function filled(
  { value, width = 1, fill = '0', wanted }: Directive & { wanted: number },
  name: string,
  flags: string,
  moment: DateTime,
): string {
  const result = flags !== '' && Object.hasOwn(LOCAL_ZONE, name) ? (LOCAL_ZONE[name] ?? '') : value(moment)
  if (typeof result === 'string') return inCase(result, name, flags).padStart(wanted, flags.includes('0') ? '0' : ' ')
  if (flags.includes('-')) return String(result)
  const filler = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : fill
  return String(result).padStart(Math.max(width, wanted), filler)
}

/** NOTE: with a flag, upstream asks the host's zone instead of the moment's; ours is always UTC. */
const LOCAL_ZONE: Readonly<Record<string, string>> = { Z: 'UTC', z: '+0000' }

/** `^` asks for upper case, `#` for the other one. */
function inCase(text: string, name: string, flags: string): string {
  if (flags.includes('#')) return name === 'Z' || name === 'p' ? text.toLowerCase() : text.toUpperCase()
  return flags.includes('^') ? text.toUpperCase() : text
}
