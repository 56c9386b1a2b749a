/** Dates and times. @source yaql: yaql/standard_library/date_time.py */
import {
  binary,
  floatValue,
  isFloat,
  isInt,
  makeFloat,
  type Ordering,
  type PyFloat,
  type PyInt,
  PythonError,
  PythonOverflowError,
  PythonValueError,
  PythonZeroDivisionError,
} from '@st2/python-values'
import { dateOf, EPOCH_ORDINAL } from '../dates/calendar.ts'
import { DateTime, type Fields, UTC, zoneOf } from '../dates/date-time.ts'
import { parseDate } from '../dates/free-parser.ts'
import { formatDate } from '../dates/strftime.ts'
import { readDate } from '../dates/strptime.ts'
import { TimeSpan, ZERO_SPAN } from '../dates/time-span.ts'
import type { Evaluation } from '../evaluation.ts'
import { declare, type FunctionDeclaration, optional, required } from '../resolution/declaration.ts'
import { any, dateTime, int, nullable, number, strictInt, text, timeSpan } from '../resolution/types.ts'

type Number_ = PyInt | number | PyFloat
type Int = PyInt | boolean

const dt = required('dt', dateTime)
const ts = required('ts', timeSpan)
const dates = [required('dt1', dateTime), required('dt2', dateTime)] as const
const spans = [required('ts1', timeSpan), required('ts2', timeSpan)] as const
const offset = optional('offset', timeSpan, ZERO_SPAN)

const ORDERINGS: readonly (readonly [Ordering, (left: bigint, right: bigint) => boolean])[] = [
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>', (left, right) => left > right],
  ['>=', (left, right) => left >= right],
]

const MAX_INT32 = 2n ** 31n - 1n
const SECOND = 1_000_000
/** Reading a date is slow beside other functions. */
const STEPS_OF_READING = 20
/** Where the calendar begins and ends, in seconds from 1970. */
const YEAR_1 = -62_135_596_800
const YEAR_10000 = 253_402_300_800
const SECONDS_OF_A_DAY = 86_400
/** Years beyond it do not fit into C's struct of a date. */
const MAX_C_YEAR = 2_147_483_647

export const DATE_FUNCTIONS: readonly FunctionDeclaration[] = [
  declare(
    'datetime',
    'function',
    [
      required('year', int),
      required('month', int),
      required('day', int),
      optional('hour', int, 0),
      optional('minute', int, 0),
      optional('second', int, 0),
      optional('microsecond', int, 0),
      offset,
    ],
    'A date and time out of its parts.',
    (_scope, year, month, day, hour, minute, second, microsecond, span) =>
      new DateTime(
        {
          year: toField(year),
          month: toField(month),
          day: toField(day),
          hour: toField(hour),
          minute: toField(minute),
          second: toField(second),
          microsecond: toField(microsecond),
        },
        zoneOf(span),
      ),
  ),
  declare(
    'datetime',
    'function',
    [required('timestamp', number), offset],
    'The date and time so many seconds after 1970.',
    (_s, seconds, span) => fromTimestamp(seconds, span),
  ),
  declare(
    'datetime',
    'function',
    [required('string', text), optional('format', nullable(text), null)],
    'A date and time out of a text, freely written or in the given format.',
    (scope, string, format) => {
      scope.evaluation.budget.spend(STEPS_OF_READING)
      return format === null || format === ''
        ? parseDate(string, () => today(scope.evaluation))
        : readDate(string, format, scope.evaluation)
    },
  ),
  declare(
    'timespan',
    'function',
    [
      optional('days', int, 0),
      optional('hours', int, 0),
      optional('minutes', int, 0),
      optional('seconds', strictInt, 0),
      optional('milliseconds', strictInt, 0),
      optional('microseconds', strictInt, 0),
    ],
    'A length of time.',
    (_scope, ...parts) =>
      new TimeSpan(parts.reduce<bigint>((sum, part, at) => sum + BigInt(part) * (UNITS[at] ?? 1n), 0n)),
  ),
  declare(
    'now',
    'function',
    [optional('offset', nullable(timeSpan), ZERO_SPAN)],
    'The present.',
    ({ evaluation }, span) =>
      DateTime.fromInstant(BigInt(Math.round(evaluation.now())), span === null ? localZone(evaluation) : zoneOf(span)),
  ),
  declare(
    'localtz',
    'function',
    [],
    'The offset of the local time zone.',
    ({ evaluation }) => localZone(evaluation).offset,
  ),
  declare('utctz', 'function', [], 'The offset of UTC: none.', () => ZERO_SPAN),
  declare('#operator_+', 'function', [dt, ts], 'Later.', (_scope, moment, span) => moment.plus(span.micros)),
  declare('#operator_+', 'function', [ts, dt], 'Later.', (_scope, span, moment) => moment.plus(span.micros)),
  declare('#operator_-', 'function', [dt, ts], 'Earlier.', (_scope, moment, span) => moment.plus(-span.micros)),
  declare(
    '#operator_-',
    'function',
    dates,
    'The time between.',
    (_scope, left, right) => new TimeSpan(left.instant - right.instant),
  ),
  declare(
    '#operator_+',
    'function',
    spans,
    'Both together.',
    (_scope, left, right) => new TimeSpan(left.micros + right.micros),
  ),
  declare(
    '#operator_-',
    'function',
    spans,
    'The difference.',
    (_scope, left, right) => new TimeSpan(left.micros - right.micros),
  ),
  ...ORDERINGS.flatMap(([sign, verdict]) => [
    declare(`#operator_${sign}`, 'function', dates, 'Compares moments.', (_scope, left, right) =>
      verdict(left.instant, right.instant),
    ),
    declare(`#operator_${sign}`, 'function', spans, 'Compares lengths of time.', (_scope, left, right) =>
      verdict(left.micros, right.micros),
    ),
  ]),
  declare('#operator_*', 'function', [ts, required('n', number)], 'So many times.', (_scope, span, factor) =>
    multiplied(span, factor),
  ),
  declare('#operator_*', 'function', [required('n', number), ts], 'So many times.', (_scope, factor, span) =>
    multiplied(span, factor),
  ),
  declare('#operator_/', 'function', spans, 'How many times it contains the other.', (_scope, left, right) => {
    if (right.micros === 0n) throw new PythonZeroDivisionError('float division by zero')
    return makeFloat(Number(left.micros) / Number(right.micros))
  }),
  declare('#operator_/', 'function', [ts, required('n', number)], 'A part of it.', (_scope, span, divisor) =>
    TimeSpan.fromFloat(floatOf(binary('/', span.micros, divisor))),
  ),
  declare('#unary_operator_-', 'function', [ts], 'The negative.', (_scope, span) => new TimeSpan(-span.micros)),
  declare('#unary_operator_+', 'function', [ts], 'The length of time.', (_scope, span) => span),
  ...dateProperties(),
  ...spanProperties(),
  declare(
    'replace',
    'method',
    [
      dt,
      optional('year', nullable(int), null),
      optional('month', nullable(int), null),
      optional('day', nullable(int), null),
      optional('hour', nullable(int), null),
      optional('minute', nullable(int), null),
      optional('second', nullable(int), null),
      optional('microsecond', nullable(int), null),
      optional('offset', nullable(timeSpan), null),
    ],
    'With other parts.',
    (_scope, moment, year, month, day, hour, minute, second, microsecond, span) => {
      const { fields } = moment
      const part = (value: Int | null, name: keyof Fields): number => (value === null ? fields[name] : toField(value))
      return new DateTime(
        {
          year: part(year, 'year'),
          month: part(month, 'month'),
          day: part(day, 'day'),
          hour: part(hour, 'hour'),
          minute: part(minute, 'minute'),
          second: part(second, 'second'),
          microsecond: part(microsecond, 'microsecond'),
        },
        span === null ? moment.zone : zoneOf(span),
      )
    },
  ),
  declare(
    'format',
    'method',
    [dt, required('format', text)],
    'As text, by the directives of strftime.',
    (scope, moment, format) => {
      scope.evaluation.budget.spend(format.length >> 3)
      const result = formatDate(moment, format)
      scope.evaluation.budget.requireLength(result.length)
      return result
    },
  ),
  declare(
    'isDatetime',
    'function',
    [required('value', any)],
    'Whether the value is a date and time.',
    (_scope, value) => value instanceof DateTime,
  ),
  declare(
    'isTimespan',
    'function',
    [required('value', any)],
    'Whether the value is a length of time.',
    (_scope, value) => value instanceof TimeSpan,
  ),
]

/** Microseconds of days, hours, minutes, seconds, milliseconds, microseconds. */
const UNITS = [86_400_000_000n, 3_600_000_000n, 60_000_000n, 1_000_000n, 1000n, 1n]

function dateProperties(): FunctionDeclaration[] {
  const properties: [name: string, help: string, (moment: DateTime) => unknown][] = [
    ['year', 'The year.', ({ fields }) => fields.year],
    ['month', 'The month, 1 to 12.', ({ fields }) => fields.month],
    ['day', 'The day of the month.', ({ fields }) => fields.day],
    ['hour', 'The hour.', ({ fields }) => fields.hour],
    ['minute', 'The minute.', ({ fields }) => fields.minute],
    ['second', 'The second.', ({ fields }) => fields.second],
    ['microsecond', 'The microsecond.', ({ fields }) => fields.microsecond],
    ['weekday', 'The day of the week, Monday is 0.', ({ weekday }) => weekday],
    ['offset', 'The offset from UTC.', (moment) => moment.offset],
    ['date', 'The start of the day.', dayStart],
    ['time', 'The time since the start of the day.', (moment) => new TimeSpan(moment.clock - dayStart(moment).clock)],
    // NOTE: the clock moves, the offset stays; `timestamp` builds on it and so counts the offset twice
    ['utc', 'With the clock of UTC.', utc],
    ['timestamp', 'Seconds since 1970.', (moment) => makeFloat(Number(utc(moment).instant) / SECOND)],
  ]
  return properties.map(([name, help, read]) =>
    declare(`#property#${name}`, 'function', [required('obj', dateTime)], help, (_scope, moment) => read(moment)),
  )
}

function utc(moment: DateTime): DateTime {
  return moment.plus(-moment.offset.micros)
}

function dayStart({ fields, zone }: DateTime): DateTime {
  return new DateTime({ ...fields, hour: 0, minute: 0, second: 0, microsecond: 0 }, zone)
}

function spanProperties(): FunctionDeclaration[] {
  const names = ['days', 'hours', 'minutes', 'seconds', 'milliseconds']
  const fractional = names.map((name, at) =>
    declare(`#property#${name}`, 'function', [required('obj', timeSpan)], `All of it in ${name}.`, (_scope, span) =>
      makeFloat(Number(span.micros) / Number(UNITS[at])),
    ),
  )
  const help = 'All of it in microseconds.'
  const micros = declare('#property#microseconds', 'function', [required('obj', timeSpan)], help, (_scope, span) =>
    binary('+', span.micros, 0),
  )
  return [...fractional, micros]
}

function toField(value: Int): number {
  const exact = BigInt(value)
  if (exact > MAX_INT32) throw new PythonOverflowError(intText(exact, 'greater than maximum'))
  if (exact < -MAX_INT32 - 1n) throw new PythonOverflowError(intText(exact, 'less than minimum'))
  return Number(exact)
}

function intText(value: bigint, problem: string): string {
  const isLong = value >= 2n ** 63n || value < -(2n ** 63n)
  return isLong ? 'Python int too large to convert to C long' : `signed integer is ${problem}`
}

function fromTimestamp(seconds: Number_, span: TimeSpan): DateTime {
  const value = floatOf(seconds)
  if (Number.isNaN(value)) throw new PythonValueError('Invalid value NaN (not a number)')
  if (Math.abs(value) >= 2 ** 63) throw new PythonOverflowError('timestamp out of range for platform time_t')
  const whole = Math.floor(value)
  const micros = roundHalfEven((value - whole) * SECOND)
  const total = BigInt(whole) * BigInt(SECOND) + BigInt(micros)
  const shown = Number(total / BigInt(SECOND))
  const { year } = dateOf(Math.floor(shown / SECONDS_OF_A_DAY) + EPOCH_ORDINAL)
  if (Math.abs(year) > MAX_C_YEAR) throw new PythonError('OSError', '[Errno 75] Value too large for defined data type')
  if (shown >= YEAR_10000 || shown < YEAR_1) throw new PythonValueError(`year ${year} is out of range`)
  return DateTime.fromInstant(total, zoneOf(span))
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}

function multiplied(span: TimeSpan, factor: Number_): TimeSpan {
  if (isInt(factor)) return new TimeSpan(span.micros * BigInt(factor))
  return TimeSpan.fromFloat(floatOf(binary('*', span.micros, factor)))
}

function floatOf(value: unknown): number {
  return isFloat(value) ? floatValue(value) : Number(value)
}

function localZone({ localOffset }: Evaluation): ReturnType<typeof zoneOf> {
  return zoneOf(new TimeSpan(BigInt(localOffset) * 1_000_000n))
}

/** What parts that a text leaves out are taken from: today at midnight. */
function today(evaluation: Evaluation): DateTime {
  const present = DateTime.fromInstant(BigInt(Math.round(evaluation.now())), localZone(evaluation))
  return new DateTime({ ...present.fields, hour: 0, minute: 0, second: 0, microsecond: 0 }, UTC)
}
