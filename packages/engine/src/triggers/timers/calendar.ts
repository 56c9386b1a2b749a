const DAY_MS = 86_400_000

/** A time as a clock on the wall shows it. */
export interface WallTime {
  readonly year: number
  /** 1–12 */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** @param wall ms as if the wall clock showed UTC */
export function wallTimeOf(wall: number): WallTime {
  const date = new Date(wall)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

export function wallOf({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Monday is 0. */
export function weekdayOf(year: number, month: number, day: number): number {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7
}

/** ISO: the week that has the Thursday. 1–53 */
export function isoWeekOf(year: number, month: number, day: number): number {
  const thursday = new Date(Date.UTC(year, month - 1, day) + (3 - weekdayOf(year, month, day)) * DAY_MS)
  const dayOfYear = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY_MS)
  return Math.floor(dayOfYear / 7) + 1
}
