import { type Execution, isCompleted } from '@st2/model'
import { hasWorkflowRecord } from '../../../api/workflow-runs.ts'

/** Why tasks of this run cannot be run again; undefined when they can. @source orquesta.md 25 */
export function runAgainReason(execution: Pick<Execution, 'status' | 'context'>): string | undefined {
  if (!isCompleted(execution.status))
    return `Tasks are run again when the workflow has ended; it is ${execution.status}.`
  return hasWorkflowRecord(execution)
    ? undefined
    : 'No task has run: the workflow was refused, or ended, before it began.'
}
