import { createHash } from 'node:crypto'

const TOP_FIVE_BITS = 27

/**
 * Where a sensor stands among 2^32 places: the decimal digits of the MD5 of its ref, from last to first, each rotated in.
 *
 * @source services.md 4
 */
export function sensorHash(ref: string): number {
  const digits = BigInt(`0x${createHash('md5').update(ref).digest('hex')}`).toString()
  let hash = 0
  for (let at = digits.length - 1; at >= 0; at--) {
    const high = hash >>> TOP_FIVE_BITS
    hash = ((hash << 5) ^ high ^ Number(digits[at])) >>> 0
  }
  return hash
}
