import { setTimeout as delay } from 'node:timers/promises'

/** ms between two looks. */
const INTERVAL_MS = 20

/**
 * Asks again and again until the condition answers something.
 *
 * @param what names what is awaited, for the message when it does not come
 * @returns what the condition answered
 */
export async function until<T>(
  what: string,
  condition: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  deadlineMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + deadlineMs
  for (;;) {
    const answer = await condition()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline) throw new Error(`not within ${deadlineMs} ms: ${what}`)
    await delay(INTERVAL_MS)
  }
}
