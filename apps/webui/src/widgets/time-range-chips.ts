import { describeRange, type TimeRange } from '../api/time-range.ts'
import type { FilterChip } from '../ui/FilterChips.tsx'
import { formatInstant, type Zone } from '../ui/time.ts'

/** The parts of a range that are in force, in words. */
export function timeRangeChips(
  { last, timestamp_gt, timestamp_lt }: TimeRange,
  zone: Zone,
): FilterChip<keyof TimeRange>[] {
  return [
    ...(last === '' ? [] : [{ name: 'last' as const, text: describeRange(last) }]),
    ...(timestamp_gt === ''
      ? []
      : [{ name: 'timestamp_gt' as const, text: `from ${formatInstant(timestamp_gt, zone)}` }]),
    ...(timestamp_lt === ''
      ? []
      : [{ name: 'timestamp_lt' as const, text: `to ${formatInstant(timestamp_lt, zone)}` }]),
  ]
}
