import { formatClock, formatDay, type Zone } from '../../../ui/time.ts'
import type { Bar } from './activity-model.ts'

const DAY_MS = 86_400_000

/** When a bar is: `Thu, 26 Nov 2026, 10:00–10:30`, or its day, or its days. */
export function barTitle({ fromMs, toMs }: Pick<Bar, 'fromMs' | 'toMs'>, zone: Zone): string {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]
  const day = formatDay(from, zone)
  if (toMs - fromMs < DAY_MS) return `${day}, ${minuteOf(from, zone)}–${minuteOf(to, zone)}`
  const lastDay = formatDay(new Date(toMs - 1).toISOString(), zone)
  // Days are counted in UTC: elsewhere a bar begins and ends in the middle of one.
  return lastDay === day ? day : `${day}, ${minuteOf(from, zone)} – ${lastDay}, ${minuteOf(to, zone)}`
}

function minuteOf(iso: string, zone: Zone): string {
  return formatClock(iso, zone).slice(0, 5)
}
