import { InvalidError } from '@st2/model'
import { daysInMonth, isoWeekOf, wallOf, type WallTime, wallTimeOf, weekdayOf } from './calendar.ts'
import { type CronExpression, cronExpression } from './cron-expression.ts'
import { CRON_FIELDS, CRON_LIMITS, type CronFieldName } from './cron-limits.ts'
import type { TimeZone } from './time-zone.ts'

/** Years after which days fall on the same weekdays and weeks again. */
const CALENDAR_CYCLE = 400
/** Alternatives of one field, between commas. */
const MAX_ALTERNATIVES = 1000

export type CronFields = Readonly<Partial<Record<CronFieldName, string | number>>>

/**
 * The times that fit all fields, in a time zone. Pure: the same fields and moment give the same time.
 *
 * A time that the clock skips comes as many minutes later as the clock jumped; one that comes twice is met once, in
 * standard time, by fields that name it; and fields that take every hour, minute or second run through both.
 *
 * @source services.md 3.2
 */
export class CronSchedule {
  readonly #fields: readonly Field[]
  readonly #zone: TimeZone
  /** Years after which a search is over: calendars repeat, but not years that are named. */
  readonly #searchedYears: number

  /** @throws InvalidError with upstream's text for a field that is wrong */
  constructor(fields: CronFields, zone: TimeZone) {
    this.#fields = readFields(fields)
    this.#zone = zone
    this.#searchedYears = String(fields.year ?? '*').trim() === '*' ? CALENDAR_CYCLE : Infinity
  }

  /** The first time at or after that moment, in ms since epoch; null when there is none until the year 9999. */
  from(moment: number): number | null {
    let at = 0
    let time = this.#normal(Math.ceil(moment / 1000) * 1000)
    const lastYear = time.fields.year + this.#searchedYears
    while (at >= 0 && at < this.#fields.length) {
      if (time.fields.year > lastYear) return null
      const field = this.#field(at)
      const value = valueOf(field.name, time.fields)
      const next = nextValue(field, time.fields, value)
      if (next === null) {
        ;({ time, at } = this.#incremented(time, at - 1))
      } else if (next > value) {
        if (isReal(field.name)) {
          time = this.#withValue(time, at, next)
          at += 1
        } else {
          ;({ time, at } = this.#incremented(time, at))
        }
      } else {
        at += 1
      }
    }
    return at < 0 ? null : time.wall - time.offset
  }

  /** The next time after one of its times. */
  after(previous: number): number | null {
    return this.from(previous + 1)
  }

  /** Sets a field and those below to what comes first, as the wall clock shows it. */
  #withValue(time: ZonedTime, at: number, value: number): ZonedTime {
    const fields = this.#fieldsUpTo(time, at)
    fields[this.#field(at).name] = value
    const wall = wallOf(asWallTime(fields))
    return zoned(wall, this.#zone.offsetOfWall(wall))
  }

  /**
   * Counts a field up, or the one above it where it is at its end, and begins anew below. The time moves on by what the
   * wall clock says; where the zone changes on the way, the clock then shows another time.
   */
  #incremented(time: ZonedTime, from: number): { time: ZonedTime; at: number } {
    let at = from
    while (at >= 0) {
      const { name } = this.#field(at)
      const value = valueOf(name, time.fields)
      if (isReal(name) && value < maximumOf(name, time.fields)) {
        const fields = this.#fieldsUpTo(time, at)
        fields[name] = value + 1
        const wall = wallOf(asWallTime(fields))
        return { time: this.#normal(wall - time.offset), at }
      }
      at -= 1
    }
    return { time, at }
  }

  /** The values of the fields above, minimums below. */
  #fieldsUpTo(time: ZonedTime, at: number): Record<string, number> {
    const values: Record<string, number> = {}
    for (const [index, { name }] of this.#fields.entries()) {
      values[name] = index < at ? valueOf(name, time.fields) : CRON_LIMITS[name].minimum
    }
    return values
  }

  #normal(instant: number): ZonedTime {
    const offset = this.#zone.offsetAt(instant)
    return zoned(instant + offset, offset)
  }

  #field(at: number): Field {
    const field = this.#fields[at]
    if (field === undefined) throw new RangeError(`no field ${at}`)
    return field
  }
}

interface Field {
  readonly name: CronFieldName
  readonly expressions: readonly CronExpression[]
}

interface ZonedTime {
  /** ms as if the wall clock showed UTC */
  readonly wall: number
  readonly offset: number
  readonly fields: WallTime
}

function zoned(wall: number, offset: number): ZonedTime {
  return { wall, offset, fields: wallTimeOf(wall) }
}

/** Those that are not given: all values above the last given one, the first value below it. */
function readFields(given: CronFields): Field[] {
  const names = CRON_FIELDS.filter((name) => (given[name] ?? null) !== null)
  const lastGiven = names.length === 0 ? CRON_FIELDS.length : CRON_FIELDS.indexOf(names.at(-1) ?? 'second')
  return CRON_FIELDS.map((name, index) => {
    const fallback = index > lastGiven ? CRON_LIMITS[name].fallback : '*'
    const texts = String(given[name] ?? fallback)
      .trim()
      .split(/ *, */)
    if (texts.length > MAX_ALTERNATIVES) {
      throw new InvalidError(`${name}: more than ${MAX_ALTERNATIVES} alternatives in one field`)
    }
    return { name, expressions: texts.map((text) => cronExpression(name, text)) }
  })
}

/** Week and weekday follow from the day. */
function isReal(name: CronFieldName): boolean {
  return name !== 'week' && name !== 'day_of_week'
}

function valueOf(name: CronFieldName, wall: WallTime): number {
  if (name === 'week') return isoWeekOf(wall.year, wall.month, wall.day)
  if (name === 'day_of_week') return weekdayOf(wall.year, wall.month, wall.day)
  return wall[name]
}

function maximumOf(name: CronFieldName, wall: WallTime): number {
  return name === 'day' ? daysInMonth(wall.year, wall.month) : CRON_LIMITS[name].maximum
}

function nextValue(field: Field, wall: WallTime, value: number): number | null {
  const { minimum } = CRON_LIMITS[field.name]
  const moment = { wall, value, minimum, maximum: maximumOf(field.name, wall) }
  let smallest: number | null = null
  for (const expression of field.expressions) {
    const next = expression.next(moment)
    if (next !== null && (smallest === null || next < smallest)) smallest = next
  }
  return smallest
}

function asWallTime(values: Record<string, number>): WallTime {
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = values
  return { year, month, day, hour, minute, second }
}
