import { randomBytes, randomFillSync } from 'node:crypto'
import type { Ids } from '../../ports/ids.ts'

const COUNTER_END = 2 ** 24
const POOL_BYTES = 4_096
const TOKEN_BYTES = 16

/**
 * Ids in the shape of an ObjectId: 4 bytes of seconds, 5 random bytes of this process, a 3-byte counter. They ascend:
 * the seconds never go back, and when the counter runs over within a second, the seconds go on by one.
 */
export function systemIds(now: () => number = Date.now): Ids {
  const processPart = randomBytes(5).toString('hex')
  // NOTE: begins in the lower half, so that the first second of a process has millions of ids.
  let counter = randomBytes(3).readUIntBE(0, 3) >>> 1
  let seconds = 0
  let prefix = ''
  const random = randomPool()
  return {
    next: () => {
      const current = Math.floor(now() / 1_000)
      const isOver = ++counter === COUNTER_END
      if (isOver) counter = 0
      if (current > seconds || isOver) {
        seconds = Math.max(current, seconds + 1)
        prefix = seconds.toString(16).padStart(8, '0') + processPart
      }
      return prefix + counter.toString(16).padStart(6, '0')
    },
    token: () => random(TOKEN_BYTES).toString('hex'),
    bytes: (length) => new Uint8Array(random(length)),
  }
}

/** Random bytes fetched from the system in larger portions: a token then costs little. */
function randomPool(): (length: number) => Buffer {
  const pool = Buffer.alloc(POOL_BYTES)
  let used = POOL_BYTES
  return (length) => {
    if (length > POOL_BYTES) return randomBytes(length)
    if (used + length > POOL_BYTES) {
      randomFillSync(pool)
      used = 0
    }
    const taken = Buffer.from(pool.subarray(used, used + length))
    pool.fill(0, used, used + length)
    used += length
    return taken
  }
}
