import type { IncomingHttpHeaders } from 'node:http'
import type { ByteRange } from '@st2/engine'

/** Which part of a body is asked for. `whole` also where a range cannot be read, or is asked of an older version. RFC 9110, section 14 */
export type WantedRange = ByteRange | 'whole' | 'unsatisfiable'

export function wantedRange(headers: IncomingHttpHeaders, etag: string, size: number): WantedRange {
  const { range } = headers
  const ifRange = headers['if-range']
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return 'whole'
  // NOTE: several ranges are answered with the whole, as a server may.
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim())
  if (match === null) return 'whole'
  const [, first = '', last = ''] = match
  if (first === '') return last === '' ? 'whole' : lastBytes(Number(last), size)
  const start = Number(first)
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  if (last !== '' && Number(last) < start) return 'whole'
  return start < size ? { start, end } : 'unsatisfiable'
}

/** Whether the client has this version already. */
export function hasVersion(headers: IncomingHttpHeaders, etag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known?.some((tag) => tag === etag || tag === '*') === true
}

function lastBytes(count: number, size: number): WantedRange {
  if (count === 0 || size === 0) return 'unsatisfiable'
  return { start: Math.max(0, size - count), end: size }
}
