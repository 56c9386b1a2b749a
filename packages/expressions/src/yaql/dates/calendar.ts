/** The proleptic Gregorian calendar, years 1 to 9999. */

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 31)
}

/** Days from the first of January of year 1, which is day 1, as Python's `toordinal` counts. */
export function ordinalOf(year: number, month: number, day: number): number {
  const before = year - 1
  const ofYears = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  return ofYears + dayOfYear(year, month, day)
}

export function dayOfYear(year: number, month: number, day: number): number {
  let days = day
  for (let earlier = 1; earlier < month; earlier++) days += daysInMonth(year, earlier)
  return days
}

export const MAX_ORDINAL = ordinalOf(9999, 12, 31)
export const EPOCH_ORDINAL = ordinalOf(1970, 1, 1)

export function dateOf(ordinal: number): {
  year: number
  month: number
  day: number
} {
  let year = Math.floor((ordinal - 1) / 365.2425) + 1
  while (ordinalOf(year + 1, 1, 1) <= ordinal) year++
  while (ordinalOf(year, 1, 1) > ordinal) year--
  let day = ordinal - ordinalOf(year, 1, 1) + 1
  let month = 1
  while (day > daysInMonth(year, month)) day -= daysInMonth(year, month++)
  return { year, month, day }
}

/** Monday is 0. */
export function weekdayOf(ordinal: number): number {
  return (ordinal + 6) % 7
}

/** Year, week and weekday (Monday is 1) of ISO 8601. */
export function isoCalendar(year: number, ordinal: number): { year: number; week: number; weekday: number } {
  const weekday = weekdayOf(ordinal)
  const firstMonday = (of: number): number => {
    const first = ordinalOf(of, 1, 1)
    const shift = (first + 6) % 7
    return shift > 3 ? first + 7 - shift : first - shift
  }
  let isoYear = year
  if (ordinal < firstMonday(year)) isoYear--
  else if (ordinal >= firstMonday(year + 1)) isoYear++
  return {
    year: isoYear,
    week: Math.floor((ordinal - firstMonday(isoYear)) / 7) + 1,
    weekday: weekday + 1,
  }
}
