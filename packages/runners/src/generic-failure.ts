import type { RunOutcome } from '@st2/engine/runner'
import { St2Error } from '@st2/model'

/**
 * The outcome of a run that ended in an exception.
 *
 * A refusal names its reason; where in this program it was found is of no use to the user and stays out of the result.
 * @source packs-and-runners.md 4.0, step 4 of the dispatch
 */
export function genericFailure(error: unknown): RunOutcome {
  if (error instanceof St2Error) {
    return { status: 'failed', result: { error: error.message, traceback: `${error.name}: ${error.message}` } }
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const traceback = (stack ?? message).split('\n').slice(0, MAX_TRACE_LINES).join('\n')
  return { status: 'failed', result: { error: message, traceback } }
}

/** The message and 20 frames. */
const MAX_TRACE_LINES = 21
