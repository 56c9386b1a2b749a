import { InvalidError } from '@st2/model'
import { CRON_LIMITS, type CronFieldName } from './cron-limits.ts'
import { daysInMonth, type WallTime, weekdayOf } from './calendar.ts'

/** What a field has at a moment. */
export interface FieldMoment {
  readonly wall: WallTime
  readonly value: number
  readonly minimum: number
  readonly maximum: number
}

/** One alternative of a field: the next value that fits, the present one included; null when there is none. */
export interface CronExpression {
  next(moment: FieldMoment): number | null
}

/**
 * Reads one alternative of a field.
 *
 * @throws InvalidError with upstream's text
 * @source APScheduler 3: apscheduler/triggers/cron/expressions.py, by its documentation and behaviour
 */
export function cronExpression(field: CronFieldName, text: string): CronExpression {
  for (const reader of READERS) {
    if (reader.fields !== undefined && !reader.fields.includes(field)) continue
    const match = reader.pattern.exec(text)
    if (match !== null) return reader.read(match.groups ?? {}, field, text)
  }
  throw new InvalidError(`Unrecognized expression "${text}" for field "${field}"`)
}

type Groups = Readonly<Record<string, string | undefined>>

interface Reader {
  /** Absent: all fields. */
  readonly fields?: readonly CronFieldName[]
  readonly pattern: RegExp
  read(groups: Groups, field: CronFieldName, text: string): CronExpression
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const POSITIONS = ['1st', '2nd', '3rd', '4th', '5th', 'last']
const LAST_POSITION = 5

/** In the order in which they are tried. NOTE: patterns without an end take what follows in silence, as upstream's do. */
const READERS: readonly Reader[] = [
  { pattern: /^\*(?:\/(?<step>\d+))?$/, read: ({ step }, field, text) => every(field, text, integer(step)) },
  {
    pattern: /^(?<first>\d+)(?:-(?<last>\d+))?(?:\/(?<step>\d+))?$/,
    read: ({ first, last, step }, field, text) => numbers(field, text, Number(first), integer(last), integer(step)),
  },
  {
    fields: ['month'],
    pattern: /^(?<first>[a-z]+)(?:-(?<last>[a-z]+))?/i,
    read: ({ first, last }, field, text) => {
      const [begin, end] = [monthNumber(first), last === undefined ? null : monthNumber(last)]
      return numbers(field, text, begin, end, null)
    },
  },
  {
    fields: ['day_of_week'],
    pattern: /^(?<first>[a-z]+)(?:-(?<last>[a-z]+))?/i,
    read: ({ first, last }, field, text) => {
      const [begin, end] = [weekdayNumber(first), last === undefined ? null : weekdayNumber(last)]
      return numbers(field, text, begin, end, null)
    },
  },
  {
    fields: ['day'],
    pattern: /^(?<position>1st|2nd|3rd|4th|5th|last) +(?<weekday>\w+)/i,
    read: ({ position = '', weekday }) =>
      weekdayInMonth(POSITIONS.indexOf(position.toLowerCase()), weekdayNumber(weekday)),
  },
  { fields: ['day'], pattern: /^last/i, read: () => ({ next: ({ wall }) => daysInMonth(wall.year, wall.month) }) },
]

function every(field: CronFieldName, text: string, step: number | null): CronExpression {
  refuseStep(field, text, step)
  return {
    next({ value, minimum, maximum }) {
      const next = withStep(Math.max(value, minimum), minimum, step)
      return next <= maximum ? next : null
    },
  }
}

function numbers(
  field: CronFieldName,
  text: string,
  first: number,
  end: number | null,
  step: number | null,
): CronExpression {
  if (step === 0) throw noStep()
  const last = end === null && step === null ? first : end
  if (last !== null && first > last) {
    throw new InvalidError('The minimum value in a range must not be higher than the maximum')
  }
  refuseStep(field, text, step)
  const limits = CRON_LIMITS[field]
  if (first < limits.minimum) {
    throw invalid(text, `the first value (${first}) is lower than the minimum value (${limits.minimum})`)
  }
  if (last !== null && last > limits.maximum) {
    throw invalid(text, `the last value (${last}) is higher than the maximum value (${limits.maximum})`)
  }
  // NOTE: an end of 0 counts as no end here, as upstream has it.
  refuseLongStep(text, step, (last || limits.maximum) - first)
  return {
    next({ value, minimum, maximum }) {
      const from = Math.max(minimum, first)
      const to = last === null ? maximum : Math.min(maximum, last)
      const next = withStep(Math.max(from, value), from, step)
      return next <= to ? next : null
    },
  }
}

function weekdayInMonth(position: number, weekday: number): CronExpression {
  return {
    next({ wall }) {
      const { year, month, day } = wall
      const last = daysInMonth(year, month)
      const first = ((weekday - weekdayOf(year, month, 1) + 7) % 7) + 1
      const target = position === LAST_POSITION ? first + Math.floor((last - first) / 7) * 7 : first + position * 7
      return target <= last && target >= day ? target : null
    },
  }
}

function withStep(value: number, from: number, step: number | null): number {
  if (step === null) return value
  const over = (value - from) % step
  return over === 0 ? value : value + step - over
}

function refuseStep(field: CronFieldName, text: string, step: number | null): void {
  if (step === 0) throw noStep()
  const { minimum, maximum } = CRON_LIMITS[field]
  refuseLongStep(text, step, maximum - minimum)
}

function refuseLongStep(text: string, step: number | null, range: number): void {
  if (step === null || step <= range) return
  throw invalid(text, `the step value (${step}) is higher than the total range of the expression (${range})`)
}

function noStep(): InvalidError {
  return new InvalidError('Increment must be higher than 0')
}

function invalid(text: string, reason: string): InvalidError {
  return new InvalidError(`Error validating expression '${text}': ${reason}`)
}

function monthNumber(name = ''): number {
  const index = MONTHS.indexOf(name.toLowerCase())
  if (index < 0) throw new InvalidError(`Invalid month name "${name}"`)
  return index + 1
}

function weekdayNumber(name = ''): number {
  const index = WEEKDAYS.indexOf(name.toLowerCase())
  if (index < 0) throw new InvalidError(`Invalid weekday name "${name}"`)
  return index
}

function integer(text: string | undefined): number | null {
  return text === undefined ? null : Number(text)
}
