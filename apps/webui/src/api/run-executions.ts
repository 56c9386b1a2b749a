import type { Execution } from '@st2/model'
import { newerOf, type ExecutionEvent } from './execution-events.ts'

/** Executions that one execution asked for, as far as they are known. */
export interface RunExecutions {
  /** By id, oldest first. */
  readonly byId: ReadonlyMap<string, Execution>
  /** How many there are on the server. */
  readonly total: number
  /** False while pages are still coming. */
  readonly isComplete: boolean
  /** Asked for when the execution had ended: nothing changes any more. */
  readonly isFinal: boolean
}

/** Executions of one run that are held at most; of larger ones the rest is reached in pages. */
export const MAX_RUN = 10_000

export const NO_EXECUTIONS: RunExecutions = { byId: new Map(), total: 0, isComplete: false, isFinal: false }

/**
 * What is known after events, all at once. Events of other executions change nothing, and the same object comes back when
 * none was of this run. Pure.
 */
export function applyToRun(run: RunExecutions, parent: string, events: readonly ExecutionEvent[]): RunExecutions {
  const own = events.filter(({ execution }) => execution.parent === parent || run.byId.has(execution.id))
  if (own.length === 0) return run
  const byId = new Map(run.byId)
  let { total } = run
  for (const { kind, execution } of own) {
    const known = byId.get(execution.id)
    if (kind === 'delete') {
      if (byId.delete(execution.id)) total -= 1
    } else if (known !== undefined) byId.set(execution.id, newerOf(known, slim(execution)))
    else {
      // Pages that are still coming bring it along, and their total counts it.
      if (kind === 'create' || !run.isComplete) total += 1
      if (byId.size < MAX_RUN) byId.set(execution.id, slim(execution))
    }
  }
  return { ...run, byId, total: Math.max(total, byId.size) }
}

/** Fields of an execution that a run is drawn from. */
export const RUN_ATTRIBUTES = [
  'id',
  'parent',
  'status',
  'start_timestamp',
  'end_timestamp',
  'action.ref',
  'action.runner_type',
  'context.orquesta',
  'context.chain.name',
  'log',
  'task_execution',
  'workflow_execution',
] as const

/** Thousands are held: neither parameters nor results, which are asked for when somebody looks. */
export function slim({ parameters: _parameters, result: _result, ...execution }: Execution): Execution {
  return execution
}
