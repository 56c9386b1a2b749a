import type { Execution } from '@st2/model'

/** What an execution repeats. @source st2: the context of its execution, `re-run` */
export interface RerunOrigin {
  /** Id of the execution before. */
  readonly of: string
  /** Tasks that were asked for again; none: all of it. */
  readonly tasks: readonly string[]
}

/** null for one that repeats nothing. */
export function rerunOriginOf({ context }: Pick<Execution, 'context'>): RerunOrigin | null {
  const rerun = context?.['re-run']
  if (typeof rerun !== 'object' || rerun === null || !('ref' in rerun)) return null
  if (typeof rerun.ref !== 'string' || rerun.ref === '') return null
  return { of: rerun.ref, tasks: 'tasks' in rerun && Array.isArray(rerun.tasks) ? rerun.tasks.map(String) : [] }
}
