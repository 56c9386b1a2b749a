/** When something happened: within the last hour, day …, or between two instants. */
export interface TimeRange {
  /** Name of a relative range; moves with the clock. */
  readonly last: string
  /** After and before; ISO 8601 with Z. */
  readonly timestamp_gt: string
  readonly timestamp_lt: string
}

/** What is offered, by the name that stands in the address; an address may name any other number of minutes, hours or days. */
export const RELATIVE_RANGES = ['15m', '1h', '6h', '24h', '7d', '30d'] as const

const UNITS: Readonly<Record<string, { readonly seconds: number; readonly word: string }>> = {
  m: { seconds: 60, word: 'minute' },
  h: { seconds: 3600, word: 'hour' },
  d: { seconds: 86_400, word: 'day' },
}

/** `45m`, `1h`, `30d`. */
export function isRelativeRange(name: string): boolean {
  return parse(name) !== null
}

/** Instants as the API takes them. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3,6})?Z$/

/** The part of an address that says when; what is no time is left out. */
export function rangeIn(text: (key: string) => string): TimeRange {
  const last = text('last')
  return {
    last: isRelativeRange(last) ? last : '',
    timestamp_gt: instantOf(text('timestamp_gt')),
    timestamp_lt: instantOf(text('timestamp_lt')),
  }
}

function instantOf(text: string): string {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text)) ? text : ''
}

/** `last 15 minutes`, `last hour`. */
export function describeRange(name: string): string {
  const range = parse(name)
  if (range === null) return name
  return range.count === 1 ? `last ${range.word}` : `last ${range.count} ${range.word}s`
}

/**
 * The lower bound, empty when there is none.
 * The API refuses fractions of other lengths than 3 to 6 and zones other than UTC.
 */
export function rangeStart({ last, timestamp_gt }: TimeRange, nowMs: number): string {
  const range = parse(last)
  return range === null ? timestamp_gt : new Date(nowMs - range.count * range.seconds * 1000).toISOString()
}

function parse(name: string) {
  const [, count = '', unit = ''] = /^([1-9]\d{0,3})([mhd])$/.exec(name) ?? []
  const known = UNITS[unit]
  return known === undefined ? null : { count: Number(count), ...known }
}
