import { type Execution, isCompleted } from '@st2/model'

/** Why tasks of this run cannot be run again; undefined when they can. @source orquesta.md 25 */
export function runAgainReason({ status }: Pick<Execution, 'status'>): string | undefined {
  return isCompleted(status) ? undefined : `Tasks are run again when the workflow has ended; it is ${status}.`
}
