import { parseWrittenDate } from '@st2/expressions'
import { InvalidError } from '@st2/model'
import { PythonValueError, repr } from '@st2/python-values'
import { CRON_TIMER, DATE_TIMER, INTERVAL_TIMER } from '../internal-trigger-types.ts'
import { CRON_FIELDS } from './cron-limits.ts'
import { type CronFields, CronSchedule } from './cron-schedule.ts'
import { timeZoneOf } from './time-zone.ts'

/** When a timer fires. All times are ms since epoch. */
export interface Schedule {
  readonly kind: 'interval' | 'date' | 'cron'
  /** The first fire of a timer that begins now; null: none is left. */
  first(now: number): number | null
  /** The fire after one of its fires. */
  after(previous: number): number | null
  /** The first fire at or after a moment, of the row of fires that `one` belongs to. */
  resume(one: number, moment: number): number | null
}

export interface ScheduleContext {
  /** ms since epoch; what a date leaves out is taken from its day. */
  readonly now: number
  /** Of timers that name none. */
  readonly localZone: string
}

/**
 * The schedule that a timer's parameters mean.
 *
 * @param type ref of one of the three timer types
 * @throws InvalidError naming the field and the reason, with upstream's text where there is one
 * @source services.md 3.2
 */
export function scheduleOf(
  type: string,
  parameters: Readonly<Record<string, unknown>>,
  context: ScheduleContext,
): Schedule {
  const zone = timeZoneOf(optionalText(parameters, 'timezone') || context.localZone)
  if (type === INTERVAL_TIMER) return intervalSchedule(parameters)
  if (type === DATE_TIMER) return dateSchedule(parameters, zone, context)
  if (type !== CRON_TIMER) throw new InvalidError(`"${type}" is no type of timer`)
  const cron = new CronSchedule(cronFields(parameters), zone)
  return {
    kind: 'cron',
    first: (now) => cron.from(now),
    after: (previous) => cron.after(previous),
    resume: (_one, moment) => cron.from(moment),
  }
}

const UNIT_MS: Readonly<Record<string, number>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
}
const LATEST = Date.UTC(9999, 11, 31)

function intervalSchedule(parameters: Readonly<Record<string, unknown>>): Schedule {
  const { unit, delta } = parameters
  const unitMs = typeof unit === 'string' ? UNIT_MS[unit] : undefined
  if (unitMs === undefined)
    throw new InvalidError(`unit: ${repr(unit ?? null)} is not one of ${repr(Object.keys(UNIT_MS))}`)
  if (typeof delta !== 'number' || !Number.isInteger(delta)) {
    throw new InvalidError(`delta: ${repr(delta ?? null)} is not of type 'integer'`)
  }
  // NOTE: upstream hangs in these.
  if (delta < 0) throw new InvalidError(`delta: ${delta} is less than the minimum of 0`)
  // NOTE: 0 means one second, as upstream has it.
  const length = delta === 0 ? 1000 : delta * unitMs
  if (length > LATEST) throw new InvalidError(`delta: ${delta} ${String(unit)} ends after the year 9999`)
  const orNone = (at: number): number | null => (at > LATEST ? null : at)
  return {
    kind: 'interval',
    first: (now) => orNone(now + length),
    after: (previous) => orNone(previous + length),
    resume: (one, moment) => orNone(one + Math.max(0, Math.ceil((moment - one) / length)) * length),
  }
}

function dateSchedule(
  parameters: Readonly<Record<string, unknown>>,
  zone: ReturnType<typeof timeZoneOf>,
  context: ScheduleContext,
): Schedule {
  const local = timeZoneOf(context.localZone)
  const today = Math.floor((context.now + local.offsetAt(context.now)) / 86_400_000) * 86_400_000
  const { clockMs, offsetMs } = writtenDate(optionalText(parameters, 'date') ?? '', today)
  const at = clockMs - (offsetMs ?? zone.offsetOfWall(clockMs))
  return {
    kind: 'date',
    first: (now) => (at < now ? null : at),
    after: () => null,
    resume: (one, moment) => (one < moment ? null : one),
  }
}

function writtenDate(text: string, today: number): ReturnType<typeof parseWrittenDate> {
  try {
    return parseWrittenDate(text, today)
  } catch (cause) {
    if (cause instanceof PythonValueError) throw new InvalidError(`date: ${cause.message}`, { cause })
    throw cause
  }
}

function cronFields(parameters: Readonly<Record<string, unknown>>): CronFields {
  const given: Record<string, string | number> = {}
  for (const name of CRON_FIELDS) {
    const value = parameters[name] ?? null
    if (value === null) continue
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new InvalidError(`${name}: ${repr(value)} is not of type 'string', 'integer'`)
    }
    given[name] = value
  }
  return given
}

function optionalText(parameters: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = parameters[name] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw new InvalidError(`${name}: ${repr(value)} is not of type 'string'`)
}
