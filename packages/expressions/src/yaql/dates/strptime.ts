/** Python's `strptime` in the C locale. */
import { PythonError, PythonValueError, repr } from '@st2/python-values'
import type { Evaluation } from '../evaluation.ts'
import { patternOf } from '../library/pattern.ts'
import { dateOf, ordinalOf, weekdayOf } from './calendar.ts'
import { DateTime, UTC, type Zone, zoneOf } from './date-time.ts'
import { MONTHS, WEEKDAYS } from './names.ts'
import { TimeSpan } from './time-span.ts'

const short = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3))
const anyOf = (names: readonly string[]): string => `(${names.join('|')})`

/** What each directive reads. Longer names stand first. */
const READS: Readonly<Record<string, string>> = {
  a: anyOf(short(WEEKDAYS)),
  A: anyOf(WEEKDAYS),
  b: anyOf(short(MONTHS)),
  B: anyOf(MONTHS.toSorted((left, right) => right.length - left.length)),
  d: '(3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9])',
  f: '([0-9]{1,6})',
  G: '(\\d\\d\\d\\d)',
  H: '(2[0-3]|[0-1]\\d|\\d)',
  I: '(1[0-2]|0[1-9]|[1-9])',
  j: '(36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9])',
  m: '(1[0-2]|0[1-9]|[1-9])',
  M: '([0-5]\\d|\\d)',
  p: '(am|pm)',
  S: '(6[0-1]|[0-5]\\d|\\d)',
  u: '([1-7])',
  U: '(5[0-3]|[0-4]\\d|\\d)',
  V: '(5[0-3]|0[1-9]|[1-4]\\d|\\d)',
  w: '([0-6])',
  W: '(5[0-3]|[0-4]\\d|\\d)',
  y: '(\\d\\d)',
  Y: '(\\d\\d\\d\\d)',
  z: '([+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|(?-i:Z))',
  Z: '(utc|gmt)',
}

const COMPOUND: Readonly<Record<string, string>> = {
  c: '%a %b %d %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
}

/** @throws PythonValueError `time data 'x' does not match format '%Y'` */
export function readDate(text: string, format: string, evaluation: Evaluation): DateTime {
  const { source, names } = toPattern(format)
  const match = patternOf(source, evaluation, {
    ignoreCase: true,
    multiLine: false,
    dotAll: false,
  }).search(text)
  if (match === null) throw new PythonValueError(`time data ${repr(text)} does not match format ${repr(format)}`)
  const points = Array.from(text)
  if (match.end !== points.length) {
    throw new PythonValueError(`unconverted data remains: ${points.slice(match.end).join('')}`)
  }
  return build(new Map(names.map((name, at) => [name, match.groups[at + 1] ?? ''])))
}

function toPattern(format: string): { source: string; names: string[] } {
  const names: string[] = []
  const expanded = format.replace(/%([cxX])/g, (_whole, name: string) => COMPOUND[name] ?? '')
  let source = ''
  for (let at = 0; at < expanded.length; at++) {
    const char = expanded.charAt(at)
    if (/\s/.test(char)) {
      if (!source.endsWith('\\s+')) source += '\\s+'
      continue
    }
    if (char !== '%') {
      source += char.replace(/[\\.^$*+?(){}[\]|]/, '\\$&')
      continue
    }
    const name = expanded.charAt(++at)
    if (name === '') throw new PythonValueError(`stray % in format '${format}'`)
    const reads = name === '%' ? '%' : readsOf(name, format)
    if (name !== '%') {
      if (names.includes(name)) throw redefined(name, names, source)
      names.push(name)
    }
    source += reads
  }
  return { source: `\\A${source}`, names }
}

/** Python compiles one pattern with a group of its name for each directive, and counts places in that. */
function redefined(name: string, names: readonly string[], source: string): PythonError {
  const isOffset = (other: string): boolean => other === 'z'
  const groupOf = (at: number): number => at + 1 + 2 * names.slice(0, at).filter(isOffset).length
  const place = source.length + names.length * '?P<x>'.length - 4 * names.filter(isOffset).length + '(?P<'.length
  const was = `was group ${groupOf(names.indexOf(name))} at position ${place}`
  return new PythonError('error', `redefinition of group name '${name}' as group ${groupOf(names.length)}; ${was}`)
}

function readsOf(name: string, format: string): string {
  const reads = Object.hasOwn(READS, name) ? READS[name] : undefined
  if (reads === undefined) throw new PythonValueError(`'${name}' is a bad directive in format '${format}'`)
  return reads
}

const WEEK_ALONE =
  "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u')."
const WEEK_WITH_YEAR =
  "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead."

type Parts = ReadonlyMap<string, string>

function build(parts: Parts): DateTime {
  const number = (name: string): number | undefined => (parts.has(name) ? Number(parts.get(name)) : undefined)
  const clock = {
    hour: hourOf(parts),
    minute: number('M') ?? 0,
    second: number('S') ?? 0,
    microsecond: Number((parts.get('f') ?? '0').padEnd(6, '0')),
  }
  return new DateTime({ ...dateFrom(parts, number), ...clock }, zoneFrom(parts.get('z')))
}

/** Of several directives for the same thing the last one counts. */
function lastOf(parts: Parts, names: string): string | undefined {
  return [...parts.keys()].findLast((name) => names.includes(name))
}

function hourOf(parts: Parts): number {
  const name = lastOf(parts, 'HI')
  if (name === undefined) return 0
  const hour = Number(parts.get(name))
  if (name === 'H') return hour
  return parts.get('p')?.toLowerCase() === 'pm' ? (hour % 12) + 12 : hour % 12
}

function dateFrom(
  parts: Parts,
  number: (name: string) => number | undefined,
): { year: number; month: number; day: number } {
  const year = yearOf(parts)
  const isoYear = number('G')
  const isoWeek = number('V')
  const weekday = weekdayFrom(parts)
  if (isoYear !== undefined && year === undefined) return isoDate(isoYear, isoWeek, weekday, number('j'))
  if (isoWeek !== undefined && !parts.has('W') && !parts.has('U')) {
    throw new PythonValueError(weekday === undefined ? WEEK_ALONE : WEEK_WITH_YEAR)
  }
  const month = monthFrom(parts)
  const day = number('d')
  const actual = year ?? (month === 2 && day === 29 ? 1904 : 1900)
  const dayOf = number('j') ?? dayFromWeek(parts, number, actual, weekday)
  if (dayOf !== undefined) return dateOf(ordinalOf(actual, 1, 1) + dayOf - 1)
  return { year: year ?? 1900, month: month ?? 1, day: day ?? 1 }
}

function yearOf(parts: Parts): number | undefined {
  const name = lastOf(parts, 'Yy')
  if (name === undefined) return undefined
  const year = Number(parts.get(name))
  if (name === 'Y') return year
  return year <= 68 ? 2000 + year : 1900 + year
}

function monthFrom(parts: Parts): number | undefined {
  const name = lastOf(parts, 'Bbm')
  if (name === undefined) return undefined
  const value = parts.get(name) ?? ''
  return name === 'm' ? Number(value) : indexOfName(MONTHS, value) + 1
}

function weekdayFrom(parts: Parts): number | undefined {
  const name = lastOf(parts, 'Aawu')
  if (name === undefined) return undefined
  const value = parts.get(name) ?? ''
  if (name === 'w') return (Number(value) + 6) % 7
  return name === 'u' ? Number(value) - 1 : indexOfName(WEEKDAYS, value)
}

function indexOfName(names: readonly string[], found: string): number {
  return names.findIndex((name) => name.slice(0, 3).toLowerCase() === found.slice(0, 3).toLowerCase())
}

function isoDate(
  year: number,
  week: number | undefined,
  weekday: number | undefined,
  dayOf: number | undefined,
): { year: number; month: number; day: number } {
  if (week === undefined || weekday === undefined) {
    throw new PythonValueError(
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
    )
  }
  if (dayOf !== undefined) {
    throw new PythonValueError(
      "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
    )
  }
  const correction = ((weekdayOf(ordinalOf(year, 1, 4)) + 1) % 7 || 7) + 3
  return dateOf(ordinalOf(year, 1, 1) + week * 7 + weekday + 1 - correction - 1)
}

/** The day of the year from a week number and a weekday. */
function dayFromWeek(
  parts: Parts,
  number: (name: string) => number | undefined,
  year: number,
  weekday: number | undefined,
): number | undefined {
  const name = lastOf(parts, 'WU')
  const fromMonday = name === 'W'
  const week = name === undefined ? undefined : number(name)
  if (week === undefined || weekday === undefined) return undefined
  let first = weekdayOf(ordinalOf(year, 1, 1))
  let day = weekday
  if (!fromMonday) {
    first = (first + 1) % 7
    day = (day + 1) % 7
  }
  const weekZero = (7 - first) % 7
  return week === 0 ? 1 + day - first : 1 + weekZero + 7 * (week - 1) + day
}

function zoneFrom(text: string | undefined): Zone {
  if (text === undefined || text === 'Z') return UTC
  const [, sign, hours, minutes, seconds = '0', fraction = '0'] =
    /^([+-])(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,6}))?)?$/.exec(text) ?? []
  const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  const micros = BigInt(total) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  return zoneOf(new TimeSpan(sign === '-' ? -micros : micros))
}
