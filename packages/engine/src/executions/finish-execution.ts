import { type ExecutionDocument, isCompleted } from '@st2/model'
import type { RunOutcome } from '../ports/runner.ts'
import type { ExecutionStore } from './execution-store.ts'
import type { ResultStore } from './result-store.ts'

export interface FinishDeps {
  readonly executions: ExecutionStore
  readonly results: ResultStore
}

/**
 * Writes the end of a run: the result first, then the status that names it. A run that no longer owns its execution
 * (it was taken over, or it ended meanwhile) changes nothing. A run that was asked to stop ends `canceled` and keeps
 * the word about who asked.
 */
export async function finishExecution(deps: FinishDeps, run: ExecutionDocument, outcome: RunOutcome): Promise<void> {
  const result = await deps.results.keep(outcome.result)
  await deps.executions.change(
    run.id,
    (current) => {
      if (isCompleted(current.status) || current.claimed_by !== run.claimed_by) return null
      if (current.status === 'canceling') return { status: 'canceled' }
      return { ...result, status: outcome.status }
    },
    run,
  )
}
