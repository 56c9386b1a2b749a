import {
  type ExecutionDocument,
  type ExecutionRequestVerb,
  InvalidError,
  isWorkflowRunner,
  judgeRequest,
} from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { type CancelDeps, unknownExecution } from './cancel-execution.ts'

/**
 * Asks a workflow to start nothing more; what runs goes on to its end, then it is `paused`. Asked for again nothing changes.
 *
 * @throws InvalidError upstream's texts
 * @source orquesta.md 24
 */
export function pauseExecution(deps: CancelDeps, principal: Principal, id: string): Promise<ExecutionDocument> {
  return ask(deps, id, 'pause', (current) => ({
    status: 'pausing',
    context: { ...current.context, paused_by: principal.user },
  }))
}

/** Lets a paused workflow go on, and those below it. @throws InvalidError upstream's texts */
export function resumeExecution(deps: CancelDeps, principal: Principal, id: string): Promise<ExecutionDocument> {
  return ask(deps, id, 'resume', (current) => ({
    status: 'resuming',
    context: { ...current.context, resumed_by: principal.user },
  }))
}

async function ask(
  { executions }: CancelDeps,
  id: string,
  verb: Exclude<ExecutionRequestVerb, 'cancel'>,
  change: (current: ExecutionDocument) => Partial<ExecutionDocument>,
): Promise<ExecutionDocument> {
  const changed = await executions.change(id, (current) => {
    if (!isWorkflowRunner(current.runner_name)) throw unsupported(verb, current)
    const verdict = judgeRequest(verb, current.status)
    if (verdict === 'refuse') throw refused(verb, current)
    return verdict === 'settled' ? null : change(current)
  })
  if (changed === null) throw unknownExecution(id)
  return changed
}

function unsupported(verb: string, { liveaction_id, runner_name }: ExecutionDocument): InvalidError {
  return new InvalidError(
    `Unable to ${verb} liveaction "${liveaction_id}" because it is not supported by the "${runner_name}" runner.`,
  )
}

function refused(verb: 'pause' | 'resume', { liveaction_id, status }: ExecutionDocument): InvalidError {
  const why = verb === 'pause' ? 'not in a running state.' : `in "${status}" state and not in "paused" state.`
  return new InvalidError(`Unable to ${verb} liveaction "${liveaction_id}" because it is ${why}`)
}
