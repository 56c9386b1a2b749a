import { floatValue, isFloat, isInt, PythonError, PythonOverflowError, round, str, toInt } from '@st2/python-values'
import type { PlatformFunction } from './function-table.ts'

/** @source st2: st2common/st2common/expressions/functions/time.py */
export const TIME_FUNCTIONS: readonly PlatformFunction[] = [
  {
    name: 'to_human_time_from_seconds',
    pythonName: 'to_human_time_from_seconds',
    parameters: ['seconds'],
    help: 'A length of time in seconds as people write it: 1h3m5s.',
    run: ([seconds]) => humanTime(seconds),
  },
]

/** NOTE: days are counted within their month, as upstream does: 40 days give 9d. */
function humanTime(value: unknown): string {
  if (!isInt(value) && !isFloat(value) && typeof value !== 'boolean') throw new PythonError('AssertionError', '')
  const exact = isFloat(value) ? floatValue(value) : Number(value)
  if (exact === 0) return '0s'
  if (exact < 1) return `${str(value)}μs`
  const parts = partsOf(isFloat(value) ? toInt(round(value, 0)) : toInt(value))
  const first = parts.findIndex(({ count }) => count !== 0)
  return first === -1
    ? '0s'
    : parts
        .slice(first)
        .map(({ count, unit }) => `${count}${unit}`)
        .join('')
}

const SECONDS_PER_DAY = 86_400n
const MAX_DAYS = 999_999_999n
/** Days from the first of January of the year 1 to the last of December of the year 9999. */
const LAST_DAY = 3_652_058n

function partsOf(seconds: number | bigint): { count: number; unit: string }[] {
  const whole = BigInt(seconds)
  const days = whole / SECONDS_PER_DAY
  if (days > 2n ** 31n - 1n) throw new PythonOverflowError('Python int too large to convert to C int')
  if (days > MAX_DAYS) throw new PythonOverflowError(`days=${days}; must have magnitude <= ${MAX_DAYS}`)
  if (days > LAST_DAY) throw new PythonOverflowError('date value out of range')
  const date = new Date(0)
  date.setUTCFullYear(1, 0, 1 + Number(days))
  const rest = Number(whole % SECONDS_PER_DAY)
  return [
    { count: date.getUTCFullYear() - 1, unit: 'y' },
    { count: date.getUTCDate() - 1, unit: 'd' },
    { count: Math.floor(rest / 3600), unit: 'h' },
    { count: Math.floor((rest % 3600) / 60), unit: 'm' },
    { count: rest % 60, unit: 's' },
  ]
}
