import {
  canMove,
  type ExecutionDocument,
  EXECUTION_STATUSES,
  type ExecutionStatus,
  InvalidError,
  isCompleted,
  isExecutionStatus,
} from '@st2/model'
import { repr } from '@st2/python-values'
import type { Principal } from '../access/principal.ts'
import { type CancelDeps, unknownExecution } from './cancel-execution.ts'
import { cancelOnRequest } from './cancel-on-request.ts'
import type { Outcomes } from './outcomes.ts'
import { pauseExecution, resumeExecution } from './pause-execution.ts'

export interface UpdateDeps extends CancelDeps {
  readonly outcomes: Outcomes
}

export interface ExecutionUpdate {
  readonly status?: string | undefined
  readonly result?: Record<string, unknown> | undefined
}

/**
 * Sets a status from outside, as far as the table of moves allows it.
 * @throws InvalidError upstream's texts; unlike upstream an illegal move is refused and a missing status is no 500
 * @source rest-api.md 10.5
 */
export async function updateExecution(
  deps: UpdateDeps,
  principal: Principal,
  id: string,
  update: ExecutionUpdate,
): Promise<ExecutionDocument> {
  const current = await deps.executions.get(id)
  if (current === null) throw unknownExecution(id)
  if (update.status !== undefined && !isExecutionStatus(update.status)) {
    throw new InvalidError(`${repr(update.status)} is not one of ${repr([...EXECUTION_STATUSES])}`)
  }
  if (isCompleted(current.status)) throw new InvalidError('Execution is already in completed state.')
  if (update.status === undefined) throw new InvalidError("'status' is a required property")
  const status = update.status
  if (status === 'canceling' || status === 'canceled') return cancelOnRequest(deps, principal, id)
  const verb = PAUSE_VERBS[status]
  if (verb !== undefined) return pauseOrResume(deps, principal, id, verb)
  return setStatus(deps, current, status, update.result)
}

const PAUSE_VERBS: Partial<Record<ExecutionStatus, 'pause' | 'resume'>> = {
  pausing: 'pause',
  paused: 'pause',
  resuming: 'resume',
}

async function pauseOrResume(
  deps: CancelDeps,
  principal: Principal,
  id: string,
  verb: 'pause' | 'resume',
): Promise<ExecutionDocument> {
  try {
    return await (verb === 'pause' ? pauseExecution : resumeExecution)(deps, principal, id)
  } catch (cause) {
    if (!(cause instanceof InvalidError)) throw cause
    throw new InvalidError(`Failed updating execution. ${cause.message}`, { cause })
  }
}

async function setStatus(
  deps: UpdateDeps,
  execution: ExecutionDocument,
  status: ExecutionStatus,
  result: Record<string, unknown> | undefined,
): Promise<ExecutionDocument> {
  const hasResult = result !== undefined && Object.keys(result).length > 0
  const outcome = hasResult ? await deps.outcomes.keep(execution, { status, result }) : { status, kept: {} }
  const changed = await deps.executions.change(execution.id, (current) => {
    if (current.status === status) return null
    if (!canMove(current.status, status)) {
      throw new InvalidError(`Failed updating execution. "${current.status}" cannot become "${status}".`)
    }
    return { ...outcome.kept, status: outcome.status }
  })
  if (changed === null) throw unknownExecution(execution.id)
  return changed
}
