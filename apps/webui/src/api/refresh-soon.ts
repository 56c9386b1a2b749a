import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query'

/** ms until it is asked for again after a change; more changes meanwhile cost nothing. */
const PAUSE_MS = 400
/** However long an answer takes, so many times as long nobody asks again: what is large is long to tell. */
const REST = 3

/** By what is being asked for again: whether more has changed since. */
const turns = new Map<string, { again: boolean }>()

/**
 * Something changed that the stream tells nothing of: it is asked for again when somebody looks at it, once for many changes.
 *
 * @param firstPauseMs ms until then, when nobody is asking yet
 */
export function refreshSoon(client: QueryClient, queryKey: QueryKey, firstPauseMs = PAUSE_MS): void {
  if (client.getQueryCache().find({ queryKey, exact: true })?.isActive() !== true) return
  const known = turns.get(hashKey(queryKey))
  if (known !== undefined) known.again = true
  else void refreshWhileChanging(client, queryKey, firstPauseMs)
}

async function refreshWhileChanging(client: QueryClient, queryKey: QueryKey, firstPauseMs: number): Promise<void> {
  const turn = { again: true }
  turns.set(hashKey(queryKey), turn)
  let pauseMs = firstPauseMs
  while (turn.again) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    // What is on its way already may have been told before the change: its answer is not the last word.
    turn.again = client.isFetching({ queryKey, exact: true }) > 0
    const started = Date.now()
    await client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false })
    pauseMs = Math.max(PAUSE_MS, REST * (Date.now() - started))
  }
  turns.delete(hashKey(queryKey))
}
