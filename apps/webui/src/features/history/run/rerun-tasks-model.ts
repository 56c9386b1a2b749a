import type { RunModel, TaskRun } from '../../../widgets/run/run-model.ts'

/** A task that can be chosen to be run again. */
export interface RerunChoice {
  readonly task: TaskRun
  /** Why it cannot be chosen. */
  readonly refusal: string | null
  /** It has items that failed; the others need not run again. */
  readonly hasItems: boolean
  readonly isBad: boolean
}

const BAD: ReadonlySet<string> = new Set(['failed', 'timeout', 'abandoned', 'canceled'])

/** All tasks that have run, those that went wrong first. @source orquesta.md 16 */
export function rerunChoices({ tasks }: RunModel): RerunChoice[] {
  return [...tasks.values()]
    .map((task) => {
      const hasItems = (task.visits.at(-1)?.attempts.at(-1)?.itemsCount ?? null) !== null
      const isBad = BAD.has(task.status)
      const refusal =
        hasItems && !isBad ? 'All of its items succeeded: the workflow engine has nothing left to run again.' : null
      return { task, hasItems, isBad, refusal }
    })
    .sort((a, b) => Number(b.isBad) - Number(a.isBad))
}

/** What is chosen at first: the task that was asked for, else everything that went wrong. */
export function firstChosen(choices: readonly RerunChoice[], asked: string): ReadonlySet<string> {
  const open = choices.filter(({ refusal }) => refusal === null)
  const named = open.filter(({ task }) => task.name === asked)
  return new Set((named.length > 0 ? named : open.filter(({ isBad }) => isBad)).map(({ task }) => task.name))
}
