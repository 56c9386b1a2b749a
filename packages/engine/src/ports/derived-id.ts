import { createHash } from 'node:crypto'

/**
 * The id of what happens because of something else: the same cause has the same id, so that storing it twice meets the
 * first. Shaped like the other ids, 24 hex digits that begin with the seconds.
 *
 * @param ms since epoch, of the cause: it must not differ from try to try
 */
export function derivedId(ms: number, ...cause: readonly (string | number)[]): string {
  const seconds = Math.max(0, Math.floor(ms / 1000)) % 2 ** 32
  const digest = createHash('sha256').update(JSON.stringify(cause)).digest('hex')
  return seconds.toString(16).padStart(8, '0') + digest.slice(0, 16)
}
