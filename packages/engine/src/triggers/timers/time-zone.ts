import { InvalidError } from '@st2/model'

/** Offsets of a time zone, from the tables that come with the runtime. */
export interface TimeZone {
  readonly name: string
  /** ms to add to UTC for the wall clock. @param instant ms since epoch */
  offsetAt(instant: number): number
  /**
   * The offset that a time on the wall has. A time that the clock skips has the offset from before; of a time that
   * comes twice it is standard time, as upstream's library decides when nobody says which.
   *
   * @param wall ms as if the wall clock showed UTC
   */
  offsetOfWall(wall: number): number
}

/** Zones kept; when there are more, they are read anew. */
const MAX_ZONES = 1000
/** Years kept of one zone. */
const MAX_YEARS = 500
/** Zones whose standard time is the one in summer: of a time that comes twice, the first is standard time. */
const STANDARD_IN_SUMMER: readonly string[] = [
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/El_Aaiun',
  'Africa/Windhoek',
]
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

const zones = new Map<string, TimeZone>()

/** @throws InvalidError when nobody knows the zone */
export function timeZoneOf(name: string): TimeZone {
  const known = zones.get(name)
  if (known !== undefined) return known
  const zone = new RuntimeZone(name)
  if (zones.size >= MAX_ZONES) zones.clear()
  zones.set(name, zone)
  return zone
}

interface Transition {
  readonly at: number
  readonly offset: number
}

class RuntimeZone implements TimeZone {
  readonly name: string
  readonly #format: Intl.DateTimeFormat
  readonly #isStandardFirst: boolean
  readonly #years = new Map<number, readonly Transition[]>()

  constructor(name: string) {
    this.name = name
    try {
      this.#format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      })
    } catch (cause) {
      throw new InvalidError(`timezone: unknown time zone "${name}"`, { cause })
    }
    this.#isStandardFirst = STANDARD_IN_SUMMER.includes(this.#format.resolvedOptions().timeZone)
  }

  offsetAt(instant: number): number {
    const { known, year } = inKnownYears(instant)
    const transitions = this.#transitionsOf(year)
    let offset = 0
    for (const transition of transitions) {
      if (transition.at > known) break
      offset = transition.offset
    }
    return offset
  }

  offsetOfWall(wall: number): number {
    const before = this.offsetAt(wall - DAY_MS)
    const after = this.offsetAt(wall + DAY_MS)
    const fitting = [...new Set([before, this.offsetAt(wall), after])].filter(
      (offset) => this.offsetAt(wall - offset) === offset,
    )
    const [only, other] = fitting
    if (only === undefined) return this.offsetOfWall(wall - 6 * HOUR_MS)
    if (other === undefined) return only
    // The smaller offset is the later of the two times.
    return this.#isStandardFirst ? Math.max(...fitting) : Math.min(...fitting)
  }

  /** The first is the offset that the year begins with. */
  #transitionsOf(year: number): readonly Transition[] {
    const known = this.#years.get(year)
    if (known !== undefined) return known
    if (this.#years.size >= MAX_YEARS) this.#years.clear()
    const transitions = this.#readYear(year)
    this.#years.set(year, transitions)
    return transitions
  }

  #readYear(year: number): Transition[] {
    const begin = Date.UTC(year, 0, 1)
    const end = Date.UTC(year + 1, 0, 1)
    let at = begin
    let offset = this.#read(begin)
    const transitions: Transition[] = [{ at, offset }]
    // No zone changes back within so few days.
    for (let next = at; next < end; at = next) {
      next = Math.min(at + 14 * DAY_MS, end)
      const nextOffset = this.#read(next)
      if (nextOffset !== offset) transitions.push({ at: this.#changeBetween(at, next, offset), offset: nextOffset })
      offset = nextOffset
    }
    return transitions
  }

  #changeBetween(from: number, to: number, offset: number): number {
    let [last, first] = [from, to]
    while (first - last > 1000) {
      const middle = Math.floor((last + first) / 2000) * 1000
      if (this.#read(middle) === offset) last = middle
      else first = middle
    }
    return first
  }

  #read(instant: number): number {
    const parts = new Map(this.#format.formatToParts(instant).map(({ type, value }) => [type, value]))
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type))
    const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year')
    const wall = new Date(0)
    wall.setUTCFullYear(year, part('month') - 1, part('day'))
    return wall.setUTCHours(part('hour'), part('minute'), part('second'), 0) - Math.floor(instant / 1000) * 1000
  }
}

/** Years whose offsets are read; a later year has those of one of the last 28 that has the same calendar. */
const LAST_YEAR = 2099

function inKnownYears(instant: number): { known: number; year: number } {
  const year = new Date(instant).getUTCFullYear()
  if (year <= LAST_YEAR) return { known: instant, year }
  const begin = Date.UTC(year, 0, 1)
  const length = Date.UTC(year + 1, 0, 1) - begin
  for (let like = LAST_YEAR; like > LAST_YEAR - 28; like--) {
    const likeBegin = Date.UTC(like, 0, 1)
    const isLike = new Date(likeBegin).getUTCDay() === new Date(begin).getUTCDay()
    if (isLike && Date.UTC(like + 1, 0, 1) - likeBegin === length)
      return { known: instant - begin + likeBegin, year: like }
  }
  return { known: instant, year }
}
