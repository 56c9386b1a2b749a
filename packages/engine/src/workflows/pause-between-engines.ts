import { type ExecutionDocument, type ExecutionStatus, InvalidError, ORQUESTA_RUNNERS } from '@st2/model'
import { onBehalfOf } from '../access/principal.ts'
import type { CancelDeps } from '../executions/cancel-execution.ts'
import { eachExecution } from '../executions/each-execution.ts'
import { pauseExecution, resumeExecution } from '../executions/pause-execution.ts'

/** Who pauses workflows when the last engine stops, and resumes them when the next starts: what people paused stays paused. */
export const START_STOP_SEQUENCE = 'workflow_engine_start_stop_seq'

/** Asks every workflow that runs to pause. @returns how many @source orquesta.md 26 */
export async function pauseRunning(deps: CancelDeps): Promise<number> {
  let count = 0
  for await (const { id } of workflowsIn(deps, ['running'])) {
    count += await asked(() => pauseExecution(deps, onBehalfOf(START_STOP_SEQUENCE), id))
  }
  return count
}

/**
 * Lets go on what was paused because there was no engine.
 *
 * @returns how many are to be paused for that reason and are not yet: something of theirs still runs
 */
export async function resumePaused(deps: CancelDeps): Promise<number> {
  let pausing = 0
  for await (const { id, status, context } of workflowsIn(deps, ['paused', 'pausing'])) {
    if (context['paused_by'] !== START_STOP_SEQUENCE) continue
    if (status === 'pausing') pausing++
    else await asked(() => resumeExecution(deps, onBehalfOf(START_STOP_SEQUENCE), id))
  }
  return pausing
}

function workflowsIn(
  { executions }: CancelDeps,
  statuses: readonly ExecutionStatus[],
): AsyncIterable<ExecutionDocument> {
  return eachExecution(executions, [
    { field: 'status', op: 'in', value: statuses },
    { field: 'runner', op: 'in', value: ORQUESTA_RUNNERS },
  ])
}

async function asked(ask: () => Promise<unknown>): Promise<0 | 1> {
  try {
    await ask()
    return 1
  } catch (error) {
    // It has changed meanwhile.
    if (error instanceof InvalidError) return 0
    throw error
  }
}
