/** Places in a text count code points, as Python does. */
import { chargeText } from '../values/meter.ts'

const SURROGATE = /[\ud800-\udfff]/

export function lengthOf(text: string): number {
  chargeText(text.length)
  return SURROGATE.test(text) ? Array.from(text).length : text.length
}

/** Python's `text[start:end]`, negative places counted from the end. */
export function slice(text: string, start: number, end: number): string {
  chargeText(text.length)
  return SURROGATE.test(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end)
}

/** Python's `find` and `rfind`: the place of a text between two places, -1 when it is not there. */
export function find(
  text: string,
  wanted: string,
  { start, end = Number.MAX_SAFE_INTEGER, last = false }: { start: number; end?: number; last?: boolean },
): number {
  chargeText(text.length << 1)
  const points = SURROGATE.test(text) ? Array.from(text) : null
  const length = points === null ? text.length : points.length
  const from = clamp(start, length)
  const to = Math.min(clamp(end, length), length)
  if (from > to || from > length) return -1
  const part = points === null ? text.slice(from, to) : points.slice(from, to).join('')
  const found = last ? part.lastIndexOf(wanted) : part.indexOf(wanted)
  if (found < 0) return -1
  return from + (points === null ? found : Array.from(part.slice(0, found)).length)
}

function clamp(place: number, length: number): number {
  return place < 0 ? Math.max(0, place + length) : place
}
