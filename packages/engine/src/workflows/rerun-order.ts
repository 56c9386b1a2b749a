import type { ExecutionDocument } from '@st2/model'

/** What is to be run again of an earlier execution. */
export interface RerunOrder {
  /** Its id. */
  readonly ref: string
  /** Names; a dotted path names a task below the task that it begins with. */
  readonly tasks: readonly string[]
  /** Of those, whose items all run again. */
  readonly reset: readonly string[]
}

/** What an execution asks to be run again; null: it is a run of its own. */
export function rerunOf(execution: ExecutionDocument): RerunOrder | null {
  const rerun = execution.context['re-run']
  if (typeof rerun !== 'object' || rerun === null) return null
  const list = (name: string): string[] => {
    const value: unknown = Reflect.get(rerun, name)
    return Array.isArray(value) ? value.map(String) : []
  }
  const tasks = list('tasks')
  return tasks.length === 0 ? null : { ref: String(Reflect.get(rerun, 'ref')), tasks, reset: list('reset') }
}
