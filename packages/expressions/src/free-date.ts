import { DateTime, UTC } from './yaql/dates/date-time.ts'
import { parseDate } from './yaql/dates/free-parser.ts'

/**
 * The moment a text names, read by the rules of Python's `dateutil`: UTC where it names no offset; parts that are missing
 * are today's.
 *
 * @param now ms since epoch, UTC
 * @returns ms since epoch, with microseconds as its fraction
 * @throws PythonValueError in dateutil's words for a text that is no date
 */
export function parseFreeDate(text: string, now: number): number {
  const moment = parseDate(text, () => DateTime.fromInstant(BigInt(Math.trunc(now)) * 1000n, UTC))
  return Number(moment.instant) / 1000
}
