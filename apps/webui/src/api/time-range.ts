/** When something happened: within the last hour, day …, or between two instants. */
export interface TimeRange {
  /** Name of a relative range; moves with the clock. */
  readonly last: string
  /** After and before; ISO 8601 with Z. */
  readonly timestamp_gt: string
  readonly timestamp_lt: string
}

/** Seconds by the name that stands in the address. */
export const RELATIVE_RANGES: Readonly<Record<string, number>> = {
  '15m': 900,
  '1h': 3600,
  '24h': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
}

/**
 * The lower bound, empty when there is none.
 * The API refuses fractions of other lengths than 3 to 6 and zones other than UTC.
 */
export function rangeStart({ last, timestamp_gt }: TimeRange, nowMs: number): string {
  return last === '' ? timestamp_gt : new Date(nowMs - (RELATIVE_RANGES[last] ?? 0) * 1000).toISOString()
}
