import { type ExecutionDocument, InvalidError } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { rerunExecution } from '../executions/rerun-execution.ts'
import type { RequestDeps } from '../executions/request-execution.ts'

export interface RerunTasks {
  /** Names; a dotted path names a task below the task that it begins with. */
  readonly tasks: readonly string[]
  /** Of those, whose items all run again. */
  readonly reset?: readonly string[]
  /** ms */
  readonly delay?: number | null
}

/** Runs tasks of an ended workflow again, in the same workflow, as a new execution. @throws InvalidError, NotFoundError */
export function rerunTasks(
  deps: RequestDeps,
  principal: Principal,
  id: string,
  { tasks, reset = [], delay = null }: RerunTasks,
): Promise<ExecutionDocument> {
  const wrong = tasks.find((path) => path.split('.').includes(''))
  if (wrong !== undefined) throw new InvalidError(`"${wrong}" names no task.`)
  return rerunExecution(deps, principal, id, { tasks: [...tasks], reset: [...reset], delay })
}
