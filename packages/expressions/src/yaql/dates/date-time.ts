import { PyObject, PythonOverflowError, PythonValueError } from '@st2/python-values'
import { dateOf, daysInMonth, EPOCH_ORDINAL, MAX_ORDINAL, ordinalOf, weekdayOf } from './calendar.ts'
import { floorDivide, TimeSpan } from './time-span.ts'

const DAY = 86_400_000_000n

export interface Fields {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  microsecond: number
}

/** A fixed offset from UTC. UTC itself is a zone of its own: it has a name. */
export interface Zone {
  offset: TimeSpan
  isUtc: boolean
}

export const UTC: Zone = { offset: new TimeSpan(0n), isUtc: true }

export function zoneOf(offset: TimeSpan): Zone {
  return offset.micros === 0n ? UTC : { offset, isUtc: false }
}

/** A date and time with its offset, Python's aware `datetime`. */
export class DateTime extends PyObject {
  readonly pyType = 'datetime.datetime'
  readonly fields: Readonly<Fields>
  readonly zone: Zone

  /** @throws PythonValueError with Python's text for fields out of range */
  constructor(fields: Fields, zone: Zone) {
    super()
    check(fields)
    this.fields = fields
    this.zone = zone
  }

  /** @param micros of the clock, counted from the first of January of year 1 */
  static fromClock(micros: bigint, zone: Zone): DateTime {
    const days = floorDivide(micros, DAY)
    if (days < 0n || days >= BigInt(MAX_ORDINAL)) throw new PythonOverflowError('date value out of range')
    const rest = Number(micros - days * DAY)
    const seconds = Math.floor(rest / 1_000_000)
    const clock = {
      hour: Math.floor(seconds / 3600),
      minute: Math.floor(seconds / 60) % 60,
      second: seconds % 60,
      microsecond: rest % 1_000_000,
    }
    return new DateTime({ ...dateOf(Number(days) + 1), ...clock }, zone)
  }

  /** @param micros since 1970 UTC */
  static fromInstant(micros: bigint, zone: Zone): DateTime {
    return DateTime.fromClock(micros + BigInt(EPOCH_ORDINAL - 1) * DAY + zone.offset.micros, zone)
  }

  get ordinal(): number {
    return ordinalOf(this.fields.year, this.fields.month, this.fields.day)
  }

  /** Monday is 0. */
  get weekday(): number {
    return weekdayOf(this.ordinal)
  }

  /** Microseconds of the clock from the first of January of year 1. */
  get clock(): bigint {
    const { hour, minute, second, microsecond } = this.fields
    return BigInt(this.ordinal - 1) * DAY + BigInt(((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond)
  }

  /** Microseconds since 1970 UTC. @throws PythonValueError for an offset of a day or more */
  get instant(): bigint {
    return this.clock - BigInt(EPOCH_ORDINAL - 1) * DAY - this.offset.micros
  }

  get offset(): TimeSpan {
    const { offset } = this.zone
    if (offset.micros >= DAY || offset.micros <= -DAY) {
      throw new PythonValueError(
        'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).',
      )
    }
    return offset
  }

  plus(micros: bigint): DateTime {
    return DateTime.fromClock(this.clock + micros, this.zone)
  }

  override pyEquals(other: unknown): boolean {
    return other instanceof DateTime && other.instant === this.instant
  }

  hashText(): string {
    return `\0D${this.instant}`
  }

  override pyStr(): string {
    return isoFormat(this.fields) + offsetText(this.offset, ':')
  }

  pyRepr(): string {
    const { year, month, day, hour, minute, second, microsecond } = this.fields
    const numbers = [year, month, day, hour, minute]
    if (second !== 0 || microsecond !== 0) numbers.push(second)
    if (microsecond !== 0) numbers.push(microsecond)
    const seconds = floorDivide(this.zone.offset.micros, 1_000_000n)
    const zone = this.zone.isUtc ? 'tzutc()' : `tzoffset(None, ${seconds})`
    return `datetime.datetime(${numbers.join(', ')}, tzinfo=${zone})`
  }
}

/** `+02:00`, with seconds and microseconds where there are any. */
export function offsetText(offset: TimeSpan, separator: string): string {
  const { micros } = offset
  const size = micros < 0n ? -micros : micros
  const seconds = Number(size / 1_000_000n)
  const rest = Number(size % 1_000_000n)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (seconds % 60 !== 0 || rest !== 0) parts.push(seconds % 60)
  const clock = parts.map((value) => pad(value, 2)).join(separator)
  return `${micros < 0n ? '-' : '+'}${clock}${rest === 0 ? '' : `.${pad(rest, 6)}`}`
}

export function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function isoFormat({ year, month, day, hour, minute, second, microsecond }: Fields): string {
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  const fraction = microsecond === 0 ? '' : `.${pad(microsecond, 6)}`
  return `${date} ${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${fraction}`
}

function check({ year, month, day, hour, minute, second, microsecond }: Fields): void {
  if (year < 1 || year > 9999) throw new PythonValueError(`year ${year} is out of range`)
  if (month < 1 || month > 12) throw new PythonValueError('month must be in 1..12')
  if (day < 1 || day > daysInMonth(year, month)) throw new PythonValueError('day is out of range for month')
  if (hour < 0 || hour > 23) throw new PythonValueError('hour must be in 0..23')
  if (minute < 0 || minute > 59) throw new PythonValueError('minute must be in 0..59')
  if (second < 0 || second > 59) throw new PythonValueError('second must be in 0..59')
  if (microsecond < 0 || microsecond > 999_999) throw new PythonValueError('microsecond must be in 0..999999')
}
