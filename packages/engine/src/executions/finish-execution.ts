import { type ExecutionDocument, isCompleted } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { RunOutcome } from '../ports/runner.ts'
import type { ExecutionStore } from './execution-store.ts'
import type { Outcomes } from './outcomes.ts'

export interface FinishDeps {
  readonly executions: ExecutionStore
  readonly outcomes: Outcomes
  readonly clock: Clock
}

/**
 * Writes the end of a run: the result first, then the status that names it. A run that no longer owns its execution
 * (it was taken over, or it ended meanwhile) changes nothing. A run that was asked to stop ends `canceled` and keeps
 * the word about who asked.
 */
export async function finishExecution(deps: FinishDeps, run: ExecutionDocument, outcome: RunOutcome): Promise<void> {
  const { status, kept } = await deps.outcomes.keep(run, outcome)
  await deps.executions.change(
    run.id,
    (current) => {
      if (isCompleted(current.status) || current.claimed_by !== run.claimed_by) return null
      if (current.status === 'canceling') return { status: 'canceled' }
      if (status === 'pending') return { ...kept, ...waitsForPeople(deps) }
      return { ...kept, status }
    },
    run,
  )
}

/** Nobody works on it any more; that it is due asks for people to be told. */
function waitsForPeople({ clock }: FinishDeps): Partial<ExecutionDocument> {
  return { status: 'pending', claimed_by: undefined, due_at: clock.now() }
}
