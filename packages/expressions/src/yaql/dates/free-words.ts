import { MONTHS, WEEKDAYS } from './names.ts'

type Names = readonly (readonly string[])[]

const withShort = (names: readonly string[]): string[][] =>
  names.map((name) => [name.toLowerCase(), name.slice(0, 3).toLowerCase()])

export const WEEKDAY_NAMES: Names = withShort(WEEKDAYS)
export const MONTH_NAMES: Names = withShort(MONTHS).map((names) => (names[1] === 'sep' ? [...names, 'sept'] : names))
export const HMS: Names = [
  ['h', 'hour', 'hours'],
  ['m', 'minute', 'minutes'],
  ['s', 'second', 'seconds'],
]

const HALVES: Names = [
  ['am', 'a'],
  ['pm', 'p'],
]
const JUMPS = new Set([
  ' ',
  '.',
  ',',
  ';',
  '-',
  '/',
  "'",
  'at',
  'on',
  'and',
  'ad',
  'm',
  't',
  'of',
  'st',
  'nd',
  'rd',
  'th',
])

/** Which of the names it is. */
export function indexOf(names: Names, piece: string): number | null {
  const lower = piece.toLowerCase()
  const found = names.findIndex((spellings) => spellings.includes(lower))
  return found === -1 ? null : found
}

/** 0 for the first half of the day, 1 for the second. */
export function ampmOf(piece: string): number | null {
  return indexOf(HALVES, piece)
}

/** What may stand between the parts of a date. */
export function hasJump(piece: string): boolean {
  return JUMPS.has(piece.toLowerCase())
}

export function isUtcName(name: string): boolean {
  return ['utc', 'gmt', 'z'].includes(name.toLowerCase())
}
